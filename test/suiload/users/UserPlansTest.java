package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.TestDatabase;

/**
 * No statement about users reads a big table from end to end. Method: fill it, run every statement often enough for the driver and the
 * server to settle on their prepared plans, and see that the server's own count of sequential scans has not moved.
 */
class UserPlansTest {
    private static final int USERS = Integer.getInteger("suiload.test.users", 100_000);
    /** The driver prepares on the server at the 5th run, the server may go over to a generic plan at the 6th of these. */
    private static final int RUNS = 12;
    private static Database database;
    private static UserStore store;

    @BeforeAll
    static void fill() {
        database = Database.open(TestDatabase.config().withConnections(1), new Metrics());
        store = new UserStore(database);
        database.update("INSERT INTO users (address, variant, is_funded, sealed_secret)"
                + " SELECT decode(lpad(to_hex(n), 64, '0'), 'hex'), CASE WHEN n % 5 = 0 THEN 'active' ELSE 'passive' END, n % 10 = 0, '\\x01'"
                + " FROM generate_series(1, ?) AS n", USERS);
        database.update("UPDATE user_counts SET users = c.n FROM (SELECT variant, is_funded, count(*) AS n FROM users GROUP BY 1, 2) AS c"
                + " WHERE user_counts.variant = c.variant AND user_counts.is_funded = c.is_funded");
        database.update("ANALYZE users");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void listsOfEveryFilterGoByIndex() {
        List<Optional<Variant>> variants = List.of(Optional.empty(), Optional.of(Variant.ACTIVE), Optional.of(Variant.PASSIVE));
        List<Optional<Boolean>> funding = List.of(Optional.empty(), Optional.of(true), Optional.of(false));
        for (var variant : variants) {
            for (var funded : funding) {
                var filter = new UserFilter(variant, funded);
                unscanned("first page of " + filter, () -> store.list(filter, new UserStore.Window(OptionalLong.empty(), 0, 51)));
                unscanned("a page of " + filter, () -> store.list(filter, new UserStore.Window(OptionalLong.of(USERS / 2), 0, 51)));
                unscanned("total of " + filter, () -> store.count(filter));
            }
        }
    }

    @Test
    void whatOneUserNeedsGoesByIndex() {
        unscanned("place", () -> store.id(Address.ofShort(77)));
        unscanned("secret", () -> store.sealedSecret(Address.ofShort(77)));
    }

    @Test
    void fundingGoesByIndex() {
        unscanned("unfunded", () -> store.unfunded(0, 50));
        unscanned("funded", () -> store.funded(0, 50));
        unscanned("open batches", store::batchOpen);
        unscanned("batch", () -> {
            UUID batch = UUID.randomUUID();
            List<Address> users = store.unfunded(0, 50).stream().map(UserStore.Place::address).toList();
            database.transaction(session -> {
                store.reserve(session, batch, users);
                store.release(session, batch);
                store.reserve(session, batch, users);
                store.markFunded(session, batch);
                return null;
            });
        });
    }

    @Test
    void resealingGoesByIndex() {
        unscanned("reseal", () -> store.replaceSealed(store.sealedRows(USERS / 2, 500)));
    }

    @Test
    void theMeasureSeesAScan() {
        long before = scans();
        database.query("SELECT count(*) AS n FROM users WHERE sealed_secret = '\\x02'", row -> row.longValue("n"));
        assertEquals(before + 1, scans());
    }

    private static void unscanned(String what, Runnable statement) {
        long before = scans();
        for (int run = 0; run < RUNS; run++) statement.run();
        assertEquals(before, scans(), "sequential scans of users by: " + what);
    }

    /** One connection only, so that it is the one whose figures are flushed. */
    private static long scans() {
        database.first("SELECT pg_stat_force_next_flush()", row -> true);
        return database.first("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'users'", row -> row.longValue("seq_scan")).orElseThrow();
    }
}
