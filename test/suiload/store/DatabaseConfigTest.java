package suiload.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every usual way of writing down where a database is; a password is never shown. */
class DatabaseConfigTest {
    @Test
    void urlsOfBothStylesAreRead() {
        check("jdbc:postgresql://db.example:6000/load", "ann", "p@ss+w/d", "postgres://ann:p%40ss+w%2Fd@db.example:6000/load");
        check("jdbc:postgresql://db.example:5432/load?sslmode=require", "ann", "pw",
                "jdbc:postgresql://db.example/load?user=ann&sslmode=require&password=pw");
        check("jdbc:postgresql://db.example:5432/load", "ann", "", "postgresql://ann@db.example/load");
    }

    @Test
    void theRestIsRefusedWithoutShowingThePassword() {
        for (String bad : List.of("mysql://a:hunter2@h/d", "postgres://a:hunter2@h", "postgres://a:hunter2@/d", "postgres://a:hunter2 @h/d",
                "hunter2", "jdbc:postgresql://h/d?password=hunter2")) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> DatabaseConfig.parse(bad), bad);
            assertFalse(refusal.getMessage().contains("hunter2"), refusal.getMessage());
        }
        assertFalse(DatabaseConfig.parse("postgres://a:hunter2@h/d").toString().contains("hunter2"));
    }

    private static void check(String url, String user, String password, String text) {
        DatabaseConfig config = DatabaseConfig.parse(text);
        assertEquals(List.of(url, user, password), List.of(config.url(), config.user(), config.password()));
    }
}
