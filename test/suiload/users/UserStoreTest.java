package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.store.Database;
import suiload.store.TestDatabase;

/** Lists, totals and batches agree with each other, whatever is inserted, marked or set free. */
class UserStoreTest {
    private Database database;
    private UserStore store;

    @BeforeEach
    void open() {
        database = TestDatabase.open();
        store = new UserStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void listsAreNewestFirstAndFiltered() {
        insert(Variant.ACTIVE, 1, 3);
        insert(Variant.PASSIVE, 4, 5);
        assertEquals(List.of(5L, 4L, 3L, 2L, 1L), list(UserFilter.ALL, all()));
        assertEquals(List.of(3L, 2L, 1L), list(filter(Variant.ACTIVE), all()));
        fund(List.of(address(2)));
        assertEquals(List.of(2L), list(new UserFilter(Optional.of(Variant.ACTIVE), Optional.of(true)), all()));
        assertEquals(List.of(5L, 4L, 3L, 1L), list(new UserFilter(Optional.empty(), Optional.of(false)), all()));
        assertEquals(4, store.count(new UserFilter(Optional.empty(), Optional.of(false))));
        assertEquals(5, store.count(UserFilter.ALL));
        assertEquals(1, store.count(new UserFilter(Optional.of(Variant.ACTIVE), Optional.of(true))));
    }

    @Test
    void pagesByKeySeeEveryUserOnceThoughNewOnesArrive() {
        insert(Variant.ACTIVE, 1, 10);
        List<Long> seen = new ArrayList<>(list(UserFilter.ALL, new UserStore.Window(OptionalLong.empty(), 0, 4)));
        insert(Variant.ACTIVE, 11, 20);
        while (seen.size() < 10) {
            OptionalLong place = store.id(address(seen.getLast()));
            seen.addAll(list(UserFilter.ALL, new UserStore.Window(place, 0, 4)));
        }
        assertEquals(List.of(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L), seen);
    }

    @Test
    void aUserInABatchIsNobodyElses() {
        insert(Variant.ACTIVE, 1, 4);
        insert(Variant.PASSIVE, 5, 6);
        UUID batch = UUID.randomUUID();
        reserve(batch, List.of(address(1), address(2)));
        assertTrue(store.batchOpen());
        assertEquals(List.of(address(3), address(4)), store.unfunded(0, 10).stream().map(UserStore.Place::address).toList());
        assertThrows(BatchConflict.class, () -> reserve(UUID.randomUUID(), List.of(address(2), address(3))));
        assertEquals(2, store.unfunded(0, 10).size(), "a refused batch binds nobody");

        database.transaction(session -> {
            store.markFunded(session, batch);
            return null;
        });
        assertFalse(store.batchOpen());
        assertEquals(2, store.count(new UserFilter(Optional.of(Variant.ACTIVE), Optional.of(true))));
        assertThrows(BatchConflict.class, () -> reserve(UUID.randomUUID(), List.of(address(1))), "funded already");
        assertThrows(BatchConflict.class, () -> reserve(UUID.randomUUID(), List.of(address(5))), "passive");
    }

    @Test
    void aBatchThatFailedSetsItsUsersFree() {
        insert(Variant.ACTIVE, 1, 2);
        UUID batch = UUID.randomUUID();
        reserve(batch, List.of(address(1)));
        database.transaction(session -> {
            store.release(session, batch);
            store.markFunded(session, batch);
            return null;
        });
        assertEquals(2, store.unfunded(0, 10).size());
        assertEquals(0, store.count(new UserFilter(Optional.empty(), Optional.of(true))));
    }

    private void insert(Variant variant, long from, long to) {
        List<User> users = new ArrayList<>();
        for (long i = from; i <= to; i++) users.add(new User(address(i), variant, false, new byte[] {1}));
        database.transaction(session -> {
            store.insert(session, users, variant);
            return null;
        });
    }

    private void reserve(UUID batch, List<Address> users) {
        database.transaction(session -> {
            store.reserve(session, batch, users);
            return null;
        });
    }

    private void fund(List<Address> users) {
        UUID batch = UUID.randomUUID();
        reserve(batch, users);
        database.transaction(session -> {
            store.markFunded(session, batch);
            return null;
        });
    }

    private List<Long> list(UserFilter filter, UserStore.Window window) {
        return store.list(filter, window).users().stream().map(user -> user.address().w3()).toList();
    }

    private static UserStore.Window all() {
        return new UserStore.Window(OptionalLong.empty(), 0, 100);
    }

    private static UserFilter filter(Variant variant) {
        return new UserFilter(Optional.of(variant), Optional.empty());
    }

    private static Address address(long n) {
        return Address.ofShort(n);
    }
}
