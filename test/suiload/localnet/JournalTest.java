package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
            for (byte[] record : records) {
                Journal.Found found = journal.read(place);
                assertArrayEquals(record, found.payload());
                place = found.next();
            }
            assertEquals(place, journal.end());
        }
    }

    @Test
    void aTornTailIsCutOff() throws Exception {
        List<byte[]> records = records(12);
        write(records);
        byte[] whole = Files.readAllBytes(file());
        int lastLength = 8 + records.getLast().length;
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

    @Test
    void aSnapshotBeyondTheEndIsRefused() throws IOException, InterruptedException {
        write(records(2));
        long length = Files.size(file());
        assertEquals(0, contents(length).size());
        assertThrows(LedgerException.class, () -> contents(length + 1));
    }
}
