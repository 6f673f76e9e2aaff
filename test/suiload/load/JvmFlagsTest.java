package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: the launchers choose the JVM's flags from the same settings as the driver, wherever they stand. */
final class JvmFlagsTest {
    private static final Path FLAGS = Path.of(System.getProperty("suiload.home"), "conf/jvm");

    @Test
    void whatIsBesideTheDriversOwnFlagsFollowsFromItsSettings() throws Exception {
        assertEquals("", beside(Map.of(), "load"));
        assertEquals("", beside(Map.of(), "load", "ACTIVE=500", "PASSIVE=2000"));
        assertEquals("load-shared", beside(Map.of(), "load", "CONNECTIONS=shared"));
        assertEquals("load-shared", beside(Map.of("CONNECTIONS", "shared"), "load"));
        assertEquals("", beside(Map.of("CONNECTIONS", "shared"), "load", "CONNECTIONS=per-user"));
        assertEquals("load-many", beside(Map.of(), "load", "CONNECTIONS=shared", "ACTIVE=500", "PASSIVE=2001"));
        assertEquals("load-many", beside(Map.of("ACTIVE_USERS_TOTAL", "1501"), "load"));
        assertEquals("", beside(Map.of(), "load", "CONNECTIONS=shared", "ACTIVE=a lot"), "for the driver to refuse");
        assertEquals("load-many", beside(Map.of(), "ramp"));
        assertEquals("", beside(Map.of("CONNECTIONS", "shared"), "serve"));
        assertEquals("", beside(Map.of()));
    }

    private static String beside(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-euc", ". " + FLAGS.resolve("beside.sh") + "; beside \"$@\"", "sh"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("ACTIVE", "PASSIVE", "ACTIVE_USERS_TOTAL", "PASSIVE_USERS_TOTAL", "CONNECTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String name = new String(process.getInputStream().readAllBytes()).strip();
        assertEquals(0, process.waitFor(), name);
        assertTrue(name.isEmpty() || Files.exists(FLAGS.resolve(name + ".args")), name);
        return name;
    }
}
