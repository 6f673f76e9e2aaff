package suiload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import suiload.json.Json;

/** Goal: dashboard and alerts ask only for metrics that the program has: a renamed one must not silently go dark. */
class MonitoringTest {
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final Pattern NAME = Pattern.compile("suiload_[a-z_0-9]+");

    @Test
    void everyMetricAskedForExists() throws IOException {
        String sources = allSources();
        Set<String> unknown = new TreeSet<>();
        for (String file : new String[] {"grafana.json", "rules.yml"}) {
            Matcher names = NAME.matcher(Files.readString(HOME.resolve("conf/monitoring").resolve(file)));
            while (names.find()) {
                String name = names.group().replaceFirst("_bucket$", "");
                if (!sources.contains("\"" + name + "\"")) {
                    unknown.add(file + ": " + name);
                }
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void theDashboardIsJsonWithAQueryInEveryPanel() throws IOException {
        Json dashboard = Json.parse(Files.readAllBytes(HOME.resolve("conf/monitoring/grafana.json")));
        assertTrue(dashboard.list("panels").size() > 10);
        for (Json panel : dashboard.list("panels")) {
            for (Json target : panel.list("targets")) {
                assertTrue(target.string("expr").contains("$instance"), panel.string("title"));
            }
        }
    }

    private static String allSources() throws IOException {
        try (Stream<Path> files = Files.walk(HOME.resolve("src"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
