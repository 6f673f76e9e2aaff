package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import suiload.chain.Address;
import suiload.crypto.Envelope;
import suiload.crypto.MasterKey;
import suiload.crypto.SecretKey;
import suiload.store.Database;
import suiload.store.TestDatabase;

/** Every user's key goes under the new master key and stays the same key, also when the rotation is cut off in the middle. */
class KeyRotationTest {
    private final SecureRandom random = new SecureRandom();
    private final Map<Address, SecretKey> users = new HashMap<>();

    @TempDir
    private Path folder;
    private Database database;
    private UserStore store;
    private MasterKeyFile keys;

    @BeforeEach
    void open() {
        database = TestDatabase.open();
        store = new UserStore(database);
        keys = MasterKeyFile.open(folder.resolve("master.key"), random);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRunningServiceReadsAndSealsThroughARotation() {
        var serving = new Sealing(keys, random);
        add(serving, 1200);
        assertEquals(new KeyRotation.Result(false, 1200, 2), rotation().run());
        add(serving, 1);
        checkAll(serving, 2);
        assertEquals(new KeyRotation.Result(false, 1201, 3), rotation().run());
        assertEquals(2, rotation().dropOld());
        checkAll(serving, 3);
    }

    @Test
    void oneThatWasCutOffIsFinishedFirst() {
        var serving = new Sealing(keys, random);
        add(serving, 700);
        List<MasterKey> both = new ArrayList<>(keys.all());
        both.add(MasterKey.generate(2, random));
        keys.write(both);
        List<UserStore.SealedRow> some = store.sealedRows(0, 300);
        store.replaceSealed(some.stream()
                .map(row -> new UserStore.SealedRow(row.id(), row.address(), serving.reseal(row.sealed(), row.address()))).toList());

        assertEquals(new KeyRotation.Result(true, 400, 2), rotation().run());
        checkAll(serving, 2);
    }

    @Test
    void anEnvelopeInAnotherRowIsRefused() {
        var serving = new Sealing(keys, random);
        add(serving, 2);
        List<UserStore.SealedRow> rows = store.sealedRows(0, 2);
        store.replaceSealed(List.of(new UserStore.SealedRow(rows.get(0).id(), rows.get(0).address(), rows.get(1).sealed())));
        var refusal = org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class,
                () -> new UserVault(store, serving).secret(rows.get(0).address()));
        assertTrue(refusal.getMessage().contains("does not belong here"), refusal.getMessage());
    }

    private KeyRotation rotation() {
        return new KeyRotation(store, MasterKeyFile.open(folder.resolve("master.key"), random), random);
    }

    private void add(Sealing sealing, int count) {
        List<User> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SecretKey key = SecretKey.generate(random);
            Address address = Address.ofPublicKey(key.publicKey());
            users.put(address, key);
            added.add(new User(address, Variant.PASSIVE, false, sealing.seal(key, address)));
        }
        database.transaction(session -> {
            store.insert(session, added, Variant.PASSIVE);
            return null;
        });
    }

    private void checkAll(Sealing sealing, int masterKey) {
        List<UserStore.SealedRow> rows = store.sealedRows(0, 5000);
        assertEquals(users.size(), rows.size());
        for (UserStore.SealedRow row : rows) {
            assertEquals(masterKey, Envelope.keyId(row.sealed()));
            assertEquals(users.get(row.address()), sealing.open(row.sealed(), row.address()));
        }
    }
}
