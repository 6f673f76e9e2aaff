package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import suiload.crypto.MasterKey;
import suiload.store.CannotStart;
import suiload.store.Database;
import suiload.store.TestDatabase;

/** The file that opens everything else: made once, for its owner's eyes only, and never guessed at. */
class MasterKeyFileTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;
    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("master.key");
    }

    @Test
    void theFirstRunMakesIt() throws IOException {
        MasterKey made = MasterKeyFile.open(path, RANDOM).newest();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals(1, made.id());
        assertEquals(made.hex(), MasterKeyFile.open(path, RANDOM).newest().hex(), "the second run reads it");
    }

    /** A new key under the same number would open nothing, and seal new users so that the old file opens them never. */
    @Test
    void itIsNotMadeAnewForUsersThatAreSealedAlready() {
        Database database = TestDatabase.open();
        var store = new UserStore(database);
        MasterKeyFile.open(path, store, RANDOM);
        database.update("INSERT INTO users (address, variant, sealed_secret) VALUES (?, 'active', ?)", new byte[32], new byte[1]);
        MasterKeyFile.open(path, store, RANDOM);
        var refusal = assertThrows(CannotStart.class, () -> MasterKeyFile.open(folder.resolve("gone"), store, RANDOM));
        assertTrue(refusal.getMessage().contains("put that file back"), refusal.getMessage());
        assertFalse(Files.exists(folder.resolve("gone")));
    }

    @Test
    void onlyModes600And400AreAccepted() throws IOException {
        MasterKeyFile.open(path, RANDOM);
        for (String mode : List.of("rw-r-----", "rw----r--", "rwx------", "rw--w----", "r---w----", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            var refusal = assertThrows(CannotStart.class, () -> MasterKeyFile.open(path, RANDOM), mode);
            assertTrue(refusal.getMessage().contains(mode) && refusal.getMessage().contains("chmod 600"), refusal.getMessage());
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
        assertEquals(1, MasterKeyFile.open(path, RANDOM).newest().id());
    }

    @Test
    void theHighestNumberSealsAndAllOpen() {
        MasterKeyFile file = MasterKeyFile.open(path, RANDOM);
        MasterKey old = file.newest();
        MasterKey fresh = MasterKey.generate(2, RANDOM);
        MasterKeyFile.open(path, RANDOM).write(List.of(old, fresh));
        assertEquals(2, file.newest().id(), "a running service sees the change");
        assertEquals(old.hex(), file.key(1).hex());
        assertThrows(IllegalStateException.class, () -> file.key(3));
    }

    @Test
    void aDamagedFileIsRefusedWithoutShowingIt() throws IOException {
        MasterKeyFile.open(path, RANDOM);
        String good = Files.readString(path);
        String key = good.lines().filter(line -> line.startsWith("1 ")).findFirst().orElseThrow();
        for (String bad : List.of("", good + key, good.replace("1 ", "one "), good.replace(key, key.substring(0, 40)), key + "0")) {
            Files.writeString(path, bad);
            var refusal = assertThrows(CannotStart.class, () -> MasterKeyFile.open(path, RANDOM), bad);
            assertFalse(refusal.getMessage().contains(key.substring(2, 30)), refusal.getMessage());
        }
    }
}
