package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: exactly what the design names is tried again, with full jitter, never before Retry-After, within the budget (R1, R2). */
class RetryTest {
    private static final RetryPolicy POLICY = new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(5));

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504})
    void theseStatusesAreTriedAgain(int status) {
        assertTrue(POLICY.again(answer(status), 1));
        assertFalse(POLICY.again(answer(status), 4), "at most four attempts");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 403, 404, 405, 413, 422, 500, 501})
    void noOtherStatusIs(int status) {
        assertFalse(POLICY.again(answer(status), 1));
    }

    @Test
    void faultsOfTheSocketAreToldApart() {
        assertFault(SocketFault.CLOSED_BEFORE_ANSWER, true,
                new IOException("HTTP/1.1 header parser received no bytes", new EOFException("EOF reached while reading")));
        assertFault(SocketFault.RESET, true, new IOException("HTTP/1.1 header parser received no bytes",
                new SocketException("Connection reset")));
        assertFault(SocketFault.RESET, true, new IOException("Too many retries", new SocketException("Broken pipe")));
        assertFault(SocketFault.REFUSED, true, new ConnectException("Connection refused"));
        assertFault(SocketFault.CONNECT_TIMED_OUT, true, new HttpConnectTimeoutException("HTTP connect timed out"));
        assertFault(SocketFault.TIMED_OUT, true, new HttpTimeoutException("request timed out"));
        assertFault(SocketFault.CUT_SHORT, false, new IOException("fixed content-length: 100, bytes received: 10"));
        assertFault(SocketFault.CUT_SHORT, false, new IOException("parsing HTTP/1.1 header, receiving [Date:...], parser state [HEADER]",
                new EOFException("EOF reached while reading")));
        assertFault(SocketFault.NO_PORT, false, new ConnectException("Cannot assign requested address"));
        assertFault(SocketFault.NO_DESCRIPTOR, false, new IOException(new SocketException("Too many open files")));
        assertFault(SocketFault.OTHER, false, new IOException("something else"));
    }

    private static void assertFault(SocketFault expected, boolean retried, Throwable thrown) {
        assertEquals(expected, SocketFault.of(thrown));
        assertEquals(retried, POLICY.again(new Outcome.Broken(expected, ""), 1), expected.text());
    }

    @Test
    void interruptionIsNeverTriedAgain() {
        assertFalse(POLICY.again(new Outcome.Interrupted(), 1));
    }

    @Test
    void jitterIsFullAndTheCapRespected() {
        SplittableRandom random = new SplittableRandom(7);
        int draws = 10_000;
        int[] tenths = new int[10];
        long cap = POLICY.cap(3).toNanos();
        assertEquals(Duration.ofMillis(800).toNanos(), cap);
        for (int i = 0; i < draws; i++) {
            long delay = POLICY.delay(answer(503), 3, random).toNanos();
            assertTrue(delay >= 0 && delay <= cap);
            tenths[(int) Math.min(9, delay * 10 / cap)]++;
        }
        for (int count : tenths) assertTrue(Math.abs(count - draws / 10) < 150, "each tenth of the range gets its share: " + count);
        assertEquals(Duration.ofSeconds(5), POLICY.cap(30));
    }

    @Test
    void neverEarlierThanRetryAfterAndNotAtAllWhenThatIsTooLong() {
        Outcome told = answer(503, Map.of("Retry-After", List.of("2")));
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 1000; i++) assertTrue(POLICY.delay(told, 1, random).compareTo(Duration.ofSeconds(2)) >= 0);
        assertFalse(POLICY.again(answer(503, Map.of("Retry-After", List.of("3600"))), 1));
    }

    @Test
    void retriesStayWithinAFifthOfTheRequestsOfTenSeconds() {
        AtomicLong clock = new AtomicLong();
        RetryBudget budget = new RetryBudget(clock::get);
        int granted = 0;
        for (int i = 0; i < 1000; i++) {
            clock.addAndGet(5_000_000);
            budget.request();
            for (int attempt = 0; attempt < 3; attempt++) if (budget.tryRetry()) granted++;
        }
        assertTrue(granted <= 200 && granted >= 190, "of 1000 requests, all failing: " + granted);
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        int late = 0;
        for (int i = 0; i < 10; i++) if (budget.tryRetry()) late++;
        assertEquals(RetryBudget.ALWAYS, late, "what was long ago allows nothing now");
    }

    private static Outcome answer(int status) {
        return answer(status, Map.of());
    }

    private static Outcome answer(int status, Map<String, List<String>> headers) {
        return new Outcome.Answer(status, HttpHeaders.of(headers, (name, value) -> true), new byte[0], 0, 0);
    }
}
