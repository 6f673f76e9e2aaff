package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import suiload.localnet.LedgerConfig.Durability;

/** Goal: what was durable is found again, and nothing else. Method: files cut off and altered at every kind of place. */
class JournalTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("journal");
    }

    private List<byte[]> contents(long start) {
        List<byte[]> records = new ArrayList<>();
        Journal.open(file(), Durability.PROCESS, start, (place, end, payload) -> records.add(payload)).close();
        return records;
    }

    private void write(List<byte[]> records) throws InterruptedException {
        try (Journal journal = Journal.open(file(), Durability.DISK, 0, (place, end, payload) -> { })) {
            long end = 0;
            for (byte[] record : records) end = journal.append(record);
            journal.awaitDurable(end);
        }
    }

    private static List<byte[]> records(int count) {
        var random = new Random(7);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] record = new byte[1 + random.nextInt(i % 10 == 0 ? 100_000 : 500)];
            random.nextBytes(record);
            records.add(record);
        }
        return records;
    }

    private static void same(List<byte[]> expected, List<byte[]> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i), found.get(i));
    }

    @Test
    void recordsComeBackInOrder() throws InterruptedException {
        List<byte[]> records = records(100);
        write(records);
        same(records, contents(0));
        write(List.of(new byte[] {1}));
        assertEquals(101, contents(0).size());
    }

    @Test
    void aRecordIsReadByItsPlace() throws InterruptedException {
        List<byte[]> records = records(20);
        try (Journal journal = Journal.open(file(), Durability.DISK, 0, (place, end, payload) -> { })) {
            long place = journal.end();
            for (byte[] record : records) journal.append(record);
            try (Journal.Reader reader = journal.reader()) {
                for (byte[] record : records) {
                    Journal.Found found = reader.read(place);
                    assertArrayEquals(record, found.payload());
                    place = found.next();
                }
            }
            assertEquals(place, journal.end());
        }
    }

    @Test
    void aTornTailIsCutOff() throws Exception {
        List<byte[]> records = records(12);
        long[] places = writeOneByOne(records, Durability.DISK);
        byte[] whole = Files.readAllBytes(file());
        int lastLength = Math.toIntExact(whole.length - places[11]);
        for (int missing : List.of(1, 4, lastLength - 8, lastLength - 3, lastLength - 1)) {
            Files.write(file(), Arrays.copyOf(whole, whole.length - missing));
            same(records.subList(0, 11), contents(0));
            assertEquals(whole.length - lastLength, Files.size(file()), "what was torn is gone");
        }
    }

    @Test
    void whatFollowsADamagedRecordIsCutOff() throws Exception {
        List<byte[]> records = records(12);
        write(records);
        byte[] whole = Files.readAllBytes(file());
        whole[whole.length - 1] ^= 1;
        Files.write(file(), whole);
        same(records.subList(0, 11), contents(0));
        // Zeros, as a file system may leave behind a crash.
        Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), (int) Files.size(file()) + 4096));
        same(records.subList(0, 11), contents(0));
        write(List.of(new byte[] {9}));
        assertArrayEquals(new byte[] {9}, contents(0).getLast());
    }

    /** Each written after the disk had confirmed the one before. */
    private long[] writeOneByOne(List<byte[]> records, Durability durability) throws InterruptedException {
        var places = new long[records.size()];
        try (Journal journal = Journal.open(file(), durability, 0, (place, end, payload) -> { })) {
            for (int i = 0; i < places.length; i++) {
                places[i] = journal.end();
                journal.awaitDurable(journal.append(records.get(i)));
            }
        }
        return places;
    }

    private void damage(long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        bytes[Math.toIntExact(at)] ^= 1;
        Files.write(file(), bytes);
    }

    @Test
    void damageBeforeWhatTheDiskHadConfirmedIsRefused() throws Exception {
        List<byte[]> records = records(12);
        long[] places = writeOneByOne(records, Durability.DISK);
        same(records, contents(0));
        byte[] whole = Files.readAllBytes(file());
        for (int part : new int[] {0, 5, 10, 20}) {
            Files.write(file(), whole);
            damage(places[6] + part);
            LedgerException refused = assertThrows(LedgerException.class, () -> contents(0));
            assertTrue(refused.getMessage().contains("damaged at byte " + places[6] + ","), refused.getMessage());
            assertEquals(whole.length, Files.size(file()), "nothing is cut off");
        }
        Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), Math.toIntExact(places[6])));
        same(records.subList(0, 6), contents(0));
    }

    /** What a disk may leave of a last batch whose blocks it wrote in another order. */
    @Test
    void aHoleInTheLastBatchIsATornTail() throws Exception {
        writeOneByOne(records(3), Durability.DISK);
        long end = Files.size(file());
        try (Journal journal = Journal.open(file(), Durability.PROCESS, 0, (place, last, payload) -> { })) {
            for (byte[] record : records(9)) journal.append(record);
        }
        damage(end + 3);
        same(records(3), contents(0));
    }

    @Test
    void eachTailThatIsCutOffIsKept() throws Exception {
        writeOneByOne(records(3), Durability.PROCESS);
        byte[] whole = Files.readAllBytes(file());
        for (int i = 1; i <= 2; i++) {
            Files.write(file(), Arrays.copyOf(whole, whole.length - i));
            same(records(2), contents(0));
        }
        long end = Files.size(file());
        for (int i = 1; i <= 2; i++) {
            assertArrayEquals(Arrays.copyOfRange(whole, (int) end, whole.length - i),
                    Files.readAllBytes(folder.resolve("journal.cut-" + i)));
        }
    }

    @Test
    void aTailThatCannotBeKeptIsNotCutOff() throws Exception {
        writeOneByOne(records(3), Durability.PROCESS);
        byte[] torn = Arrays.copyOf(Files.readAllBytes(file()), Math.toIntExact(Files.size(file()) - 1));
        Files.write(file(), torn);
        // A link to nowhere: no file is there, and none can be made.
        Files.createSymbolicLink(folder.resolve("journal.cut-1"), folder.resolve("nowhere/at all"));
        assertThrows(LedgerException.class, () -> contents(0));
        assertArrayEquals(torn, Files.readAllBytes(file()));
    }

    @Test
    void aSnapshotBeyondTheEndIsRefused() throws IOException, InterruptedException {
        write(records(2));
        long length = Files.size(file());
        assertEquals(0, contents(length).size());
        assertThrows(LedgerException.class, () -> contents(length + 1));
    }
}
