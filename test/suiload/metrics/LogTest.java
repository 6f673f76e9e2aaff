package suiload.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: an event is one line of key=value whatever its values hold, with the request's id. */
class LogTest {
    @Test
    void writesOneLineOfFields() {
        try (LogCapture log = LogCapture.ofThisThread()) {
            Log.info("a.b", "plain", 7, "spaced", "x y", "quoted", "a\"b\\c", "broken", "1\n2\r\u20283\u0007", "empty", "", "none", null);
            assertEquals(
                    List.of("event=a.b plain=7 spaced=\"x y\" quoted=\"a\\\"b\\\\c\" broken=\"1\\n2\\r?3?\" empty=\"\" none=null"), log.messages());
        }
    }

    @Test
    void addsTheRequestId() {
        RequestContext context = new RequestContext("r-1", Deadline.never());
        try (LogCapture log = LogCapture.ofThisThread()) {
            ScopedValue.where(RequestContext.CURRENT, context).run(() -> Log.warn("x", "k", "v"));
            assertEquals(List.of("event=x request_id=r-1 k=v"), log.messages());
        }
    }

    @Test
    void addsTheStackTraceBelow() {
        try (LogCapture log = LogCapture.ofThisThread()) {
            Log.error("x", new IllegalStateException("why"));
            String line = new LogLine().format(log.records().getFirst());
            assertTrue(line.startsWith("time="), line);
            assertTrue(line.contains(" level=SEVERE event=x\njava.lang.IllegalStateException: why\n\tat "), line);
        }
    }

    @Test
    void cutsWhatIsEndless() {
        try (LogCapture log = LogCapture.ofThisThread()) {
            Log.info("x", "k", "v".repeat(100_000));
            assertTrue(log.messages().getFirst().length() < 2100);
        }
    }
}
