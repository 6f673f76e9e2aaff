package suiload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stop is heard by everybody, also by those who came after it was asked for. */
class ShutdownScriptTest {
    private final ShutdownScript script = new ShutdownScript();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatStartedLastIsStoppedFirst() throws InterruptedException {
        script.add("database", Duration.ofSeconds(20), () -> done.add("database"));
        script.add("http", Duration.ofSeconds(20), () -> done.add("http"));
        script.announceBy(() -> done.add("not ready"));
        script.run();
        script.run();
        assertEquals(List.of("not ready", "http", "database"), done);
    }

    /** A signal in the middle of a start: what starts afterwards must not say that it is ready. */
    @Test
    void aStopAskedForEarlierIsAnnouncedAtOnce() {
        script.announce();
        script.announceBy(() -> done.add("not ready"));
        assertEquals(List.of("not ready"), done);
    }
}
