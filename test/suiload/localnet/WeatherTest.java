package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import suiload.metrics.Metrics;

/** Goal: weather is what its file says, the same again from the same seed, and counted. Method: many draws, no waiting. */
class WeatherTest {
    static final Path FOLDER = Path.of(System.getProperty("suiload.home"), "conf", "weather");
    private static final int DRAWS = 20_000;

    @Test
    void everyFileIsAWeather() throws IOException {
        try (var files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".properties", "")).sorted().toList();
            assertTrue(names.containsAll(List.of("calm", "congested", "public", "storm", "testnet")), names.toString());
            names.forEach(name -> assertEquals(name, Climate.load(FOLDER, name).name()));
        }
    }

    @Test
    void testnetHasTheRecordedFigures() {
        Climate testnet = Climate.load(FOLDER, "testnet");
        assertMillis(220, testnet.latency().get(CallKind.READ).at(0.5));
        assertMillis(290, testnet.latency().get(CallKind.READ).at(0.95));
        assertMillis(1300, testnet.latency().get(CallKind.EXECUTE).at(0.5));
        assertMillis(2200, testnet.latency().get(CallKind.EXECUTE).at(0.9));
        assertMillis(2800, testnet.latency().get(CallKind.EXECUTE).at(0.95));
        assertTrue(Climate.load(FOLDER, "congested").latency().get(CallKind.EXECUTE).at(0.995).compareTo(Duration.ofSeconds(25)) > 0);
        assertEquals(new Climate.RateRule(100, Duration.ofSeconds(30)), Climate.load(FOLDER, "public").rate().orElseThrow());
    }

    @Test
    void drawnTimesHaveTheStatedQuantiles() {
        Weather weather = weather("testnet", 5, new Metrics());
        long[] nanos = new long[DRAWS];
        for (int i = 0; i < DRAWS; i++) nanos[i] = weather.fate(CallKind.EXECUTE).delay().toNanos();
        Arrays.sort(nanos);
        assertEquals(1300e6, nanos[DRAWS / 2], 60e6);
        assertEquals(2800e6, nanos[DRAWS * 95 / 100], 120e6);
    }

    @Test
    void sameSeedSameFatesWhateverElseIsCalled() {
        Weather one = weather("storm", 7, new Metrics());
        Weather other = weather("storm", 7, new Metrics());
        List<Weather.Fate> first = new ArrayList<>();
        List<Weather.Fate> second = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            first.add(one.fate(CallKind.EXECUTE));
            one.fate(CallKind.READ);
        }
        for (int i = 0; i < 500; i++) second.add(other.fate(CallKind.EXECUTE));
        assertEquals(first, second);
        Weather third = weather("storm", 8, new Metrics());
        assertFalse(first.equals(java.util.stream.IntStream.range(0, 500).mapToObj(i -> third.fate(CallKind.EXECUTE)).toList()));
        one.change(Climate.load(FOLDER, "storm"));
        assertEquals(first.getFirst(), one.fate(CallKind.EXECUTE));
    }

    @Test
    void faultsComeAsOftenAsStatedAndAreCounted() {
        var metrics = new Metrics();
        Weather weather = weather("storm", 3, metrics);
        int stale = 0;
        int faults = 0;
        for (int i = 0; i < DRAWS; i++) {
            Optional<Fault> fault = weather.fate(CallKind.READ).fault();
            if (fault.isPresent()) faults++;
            if (fault.equals(Optional.of(Fault.STALE))) stale++;
        }
        assertEquals(0.05, stale / (double) DRAWS, 0.01);
        assertEquals(faults, weather.counts().values().stream().mapToLong(Long::longValue).sum());
        assertTrue(metrics.prometheus().contains(Weather.FAULTS_METRIC + "{kind=\"stale\"} " + stale), "counted in the metrics");
    }

    @Test
    void calmDoesNothing() {
        Weather weather = weather("calm", 1, new Metrics());
        for (CallKind kind : CallKind.values()) assertEquals(new Weather.Fate(Duration.ZERO, Optional.empty()), weather.fate(kind));
    }

    @Test
    void rateLimitIsPerAddressAndWindow() throws IOException {
        var now = new AtomicLong(1_000_000);
        var weather = new Weather(Climate.load(FOLDER, "public"), 1, now::get, new Metrics());
        InetAddress one = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        for (int i = 0; i < 100; i++) assertTrue(weather.refuse(one).isEmpty());
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertEquals(Optional.of(Duration.ofSeconds(20)), weather.refuse(one));
        assertTrue(weather.refuse(other).isEmpty());
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertTrue(weather.refuse(one).isEmpty());
        assertEquals(1, weather.counts().get("rate-limit"));
    }

    @Test
    void wrongFilesAreRefusedByKey() {
        assertRefused("read.latency", "p50=1s");
        assertRefused("read.latency", "p0=2s p100=1s");
        assertRefused("read.latency", "fast");
        assertRefused("execute.stale", "0.1");
        assertRefused("execute.hang", "1.5");
        assertRefused("gossip.hang", "0.5");
        assertRefused("hang.for", "long");
        assertThrows(IllegalArgumentException.class, () -> Climate.load(FOLDER, "../calm"));
        assertThrows(IllegalArgumentException.class, () -> Climate.load(FOLDER, "tornado"));
        assertThrows(IllegalArgumentException.class, () -> Climate.load(FOLDER, "storm", Map.of("execute.hang", "0.99")));
    }

    private static void assertRefused(String key, String value) {
        var properties = new Properties();
        properties.setProperty(key, value);
        var error = assertThrows(IllegalArgumentException.class, () -> Climate.parse("test", properties), key + "=" + value);
        assertTrue(error.getMessage().contains(key), error.getMessage());
    }

    private static Weather weather(String name, long seed, Metrics metrics) {
        return new Weather(Climate.load(FOLDER, name), seed, System::nanoTime, metrics);
    }

    private static void assertMillis(long expected, Duration actual) {
        assertEquals(expected, actual.toMillis(), 1);
    }
}
