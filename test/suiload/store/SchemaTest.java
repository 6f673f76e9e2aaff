package suiload.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import suiload.metrics.Metrics;

/** Schema files are applied in order, once, wholly or not at all, and never change afterwards. */
class SchemaTest {
    @TempDir
    private Path folder;
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(TestDatabase.empty(), new Metrics());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theRealSchemaIsAppliedOnce() {
        int applied = Schema.migrate(database, TestDatabase.SCHEMA);
        assertTrue(applied >= 1);
        assertEquals(0, Schema.migrate(database, TestDatabase.SCHEMA));
    }

    @Test
    void laterFilesAreAppliedToWhatIsThereWithItsData() throws IOException {
        file("001_first.sql", "CREATE TABLE a (x int); INSERT INTO a VALUES (1);");
        assertEquals(1, Schema.migrate(database, folder));
        file("010_third.sql", "ALTER TABLE a ADD z int DEFAULT 3;");
        file("002_second.sql", "ALTER TABLE a ADD y int DEFAULT 2;");
        assertEquals(2, Schema.migrate(database, folder));
        assertEquals("123", database.first("SELECT concat(x, y, z) AS all FROM a", row -> row.string("all")).orElseThrow());
    }

    @Test
    void aBrokenFileLeavesNothingBehind() throws IOException {
        file("001_first.sql", "CREATE TABLE a (x int);");
        file("002_second.sql", "CREATE TABLE b (x int); CREATE TABLE b (x int);");
        assertThrows(DatabaseError.class, () -> Schema.migrate(database, folder));
        assertEquals(0, database.query("SELECT 1 FROM pg_tables WHERE tablename IN ('a', 'b')", row -> 1).size());
    }

    @Test
    void aChangedFileAndANewerDatabaseAreRefused() throws IOException {
        file("001_first.sql", "CREATE TABLE a (x int);");
        Schema.migrate(database, folder);
        file("001_first.sql", "CREATE TABLE a (x bigint);");
        assertTrue(assertThrows(CannotStart.class, () -> Schema.migrate(database, folder)).getMessage().contains("was changed"));
        Files.delete(folder.resolve("001_first.sql"));
        assertTrue(assertThrows(CannotStart.class, () -> Schema.migrate(database, folder)).getMessage().contains("newer program"));
    }

    @Test
    void misnamedFilesAreRefused() throws IOException {
        file("1_first.sql", "SELECT 1;");
        assertThrows(CannotStart.class, () -> Schema.migrate(database, folder));
    }

    @Test
    void aDatabaseThatWillNotHaveUsIsOneClearLineAtOnce() {
        DatabaseConfig ours = TestDatabase.empty();
        var waits = new DatabaseConfig(ours.url() + "_missing", ours.user(), ours.password(), 1, ours.permitWait(), ours.connectWait(),
                ours.statementTimeout());
        try (Database missing = Database.open(waits, new Metrics())) {
            var refusal = assertThrows(CannotStart.class, () -> Schema.migrate(missing, TestDatabase.SCHEMA));
            assertEquals("the server has no database of that name", refusal.getMessage());
        }
        try (Database locked = Database.open(DatabaseConfig.of(ours.url(), ours.user(), "wrong"), new Metrics())) {
            var refusal = assertThrows(CannotStart.class, () -> Schema.migrate(locked, TestDatabase.SCHEMA));
            assertEquals("the database refuses our user or password", refusal.getMessage());
        }
    }

    private void file(String name, String sql) throws IOException {
        Files.writeString(folder.resolve(name), sql);
    }
}
