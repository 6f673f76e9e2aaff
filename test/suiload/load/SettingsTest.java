package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: settings are read as k6 would, and a bad one is refused in one line that names it, its value and what is valid. */
class SettingsTest {
    @Test
    void defaultsAreThoseOfTheDesign() {
        LoadSettings settings = LoadSettings.read(Map.of());
        assertEquals(new UserMix(250, 1000, 2, 8), settings.mix());
        assertEquals(125, settings.mix().channels());
        assertEquals(Duration.ofSeconds(30), settings.patience().timeout());
        assertEquals(Duration.ofSeconds(80), settings.plan().active().length());
        assertEquals("http://localhost:4321", settings.service().url().toString());
        assertFalse(settings.service().sharedConnections());
        assertEquals(Threshold.STANDARD, settings.thresholds());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ACTIVE=abc | ACTIVE_USERS_TOTAL=abc | a whole number from 1 to 100000",
        "PASSIVE=-1 | PASSIVE_USERS_TOTAL=-1 | a whole number from 0 to 100000",
        "DURATION=-5s | DURATION=-5s | a time such as",
        "DURATION=0s | DURATION=0s | at least 1000ms",
        "DURATION=10 | DURATION=10 | a time such as",
        "STAGES=20s:100,oops | STAGES=20s:100,oops | stages such as",
        "STAGES=20s:101 | STAGES=20s:101 | stages such as",
        "STAGES=9999999h:100 | STAGES=9999999h:100 | stages such as",
        "DURATION=5124096h | DURATION=5124096h | at most 744h",
        "PROVISIONING_API_URL=http://localhost:0 | PROVISIONING_API_URL=http://localhost:0 | an address such as",
        "WEATHER=sunny | WEATHER=sunny | calm, testnet, public",
        "OUT=/etc/hosts | OUT=/etc/hosts | a folder",
        "OUT=/etc/hosts/out | OUT=/etc/hosts/out | a folder that can be written to",
        "RATE=200 | RATE=200 | a rate such as",
        "CONNECTIONS=both | CONNECTIONS=both | per-user or shared",
        "CONNECTIONS_MAX=0 | CONNECTIONS_MAX=0 | a whole number from 1 to 20000",
        "AUTOSTART=maybe | AUTOSTART=maybe | true or false",
        "PROVISIONING_API_URL=ftp://x | PROVISIONING_API_URL=ftp://x | an address such as",
        "PROVISIONING_API_URL=http://u:p@x | PROVISIONING_API_URL=http://u:p@x | an address such as",
        "PORT=70000 | PORT=70000 | a whole number from 1 to 65535",
        "RETRY_MAX_ATTEMPTS=0 | RETRY_MAX_ATTEMPTS=0 | a whole number from 1 to 20",
        "ACTIVE_USERS_THINK_TIME_SEC_MIN=x | ACTIVE_USERS_THINK_TIME_SEC_MIN=x | seconds from 0",
        "THRESHOLDS=http_req_duration:p(101)<5 | THRESHOLDS= | thresholds such as",
        "SEED=-1 | SEED=-1 | a whole number from 0"})
    void aBadValueIsNamedWithWhatWouldBeValid(String given, String named, String valid) {
        List<String> complaints = complaints(given);
        assertEquals(1, complaints.size(), complaints.toString());
        assertTrue(complaints.getFirst().contains(named) && complaints.getFirst().contains(valid), complaints.getFirst());
        assertEquals(1, complaints.getFirst().lines().count());
    }

    @Test
    void allBadValuesAreSaidAtOnce() {
        assertEquals(2, complaints("ACTIVE=abc", "DURATION=x").size());
    }

    @Test
    void aMixThatCannotBeBuiltSaysWhichNumberToChangeToWhat() {
        String complaint = complaints("ACTIVE=1", "PASSIVE=100").getFirst();
        assertTrue(complaint.contains("raise ACTIVE_USERS_TOTAL to 13") && complaint.contains("lower PASSIVE_USERS_TOTAL to 8"), complaint);
        assertEquals(List.of(), complaints("ACTIVE=13", "PASSIVE=100"));
        assertEquals(List.of(), complaints("ACTIVE=1", "PASSIVE=8"));
        String members = complaints("PASSIVE_USERS_PER_CHANNEL=9").getFirst();
        assertTrue(members.contains("lower PASSIVE_USERS_PER_CHANNEL to 8"), members);
    }

    @Test
    void everyUserIsDealtExactlyOnce() {
        for (UserMix mix : List.of(new UserMix(250, 1000, 2, 8), new UserMix(7, 11, 2, 3), new UserMix(5, 0, 1, 1),
                new UserMix(13, 100, 2, 8))) {
            List<UserMix.Shape> shapes = mix.shapes();
            assertEquals(mix.active(), shapes.stream().mapToInt(UserMix.Shape::active).sum());
            assertEquals(mix.passive(), shapes.stream().mapToInt(UserMix.Shape::passive).sum());
            assertTrue(shapes.stream().allMatch(shape -> shape.active() >= 1 && shape.active() <= mix.activePerChannel()
                    && shape.passive() <= mix.passivePerChannel()), shapes.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"90s,90000", "5m,300000", "1h30m,5400000", "1.5s,1500", "500ms,500", "1m0.5s,60500"})
    void durationsAreReadAsK6Does(String text, long millis) {
        assertEquals(Optional.of(Duration.ofMillis(millis)), TimeText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-5s", "+5s", "5 s", "5s ", "s", "1d", "1h30", "1..5s", "99999999999s", "5124096h", "744h1ms"})
    void whatIsNoDurationIsNotRead(String text) {
        assertEquals(Optional.empty(), TimeText.parse(text));
    }

    @Test
    void stagesAreStraightLines() {
        Profile profile = Profile.parse("20s:100,1m:100,10s:0").orElseThrow();
        assertEquals(0, profile.at(0));
        assertEquals(0.5, profile.at(Duration.ofSeconds(10).toNanos()), 1e-9);
        assertEquals(1, profile.at(Duration.ofSeconds(50).toNanos()), 1e-9);
        assertEquals(0.5, profile.at(Duration.ofSeconds(85).toNanos()), 1e-9);
        assertEquals(0, profile.at(Duration.ofSeconds(90).toNanos()));
        assertEquals(Duration.ofSeconds(20), profile.warmUp());
        assertEquals(0, Profile.passiveRamp(Duration.ofMinutes(1)).at(Duration.ofSeconds(10).toNanos()));
        assertEquals(0.5, Profile.passiveRamp(Duration.ofMinutes(1)).at(Duration.ofSeconds(15).toNanos()), 1e-9);
    }

    @Test
    void ownThresholdsReplaceAMetricsStandardOnes() {
        List<Threshold> thresholds = LoadSettings.read(Map.of("THRESHOLDS",
                "http_req_duration:p(95)<4000;http_req_duration:max<=9000;iterations:count>10"))
                .thresholds();
        assertEquals(2, thresholds.stream().filter(t -> t.metric().equals("http_req_duration")).count());
        assertEquals(1, thresholds.stream().filter(t -> t.metric().equals("iterations")).count());
        assertEquals(Threshold.STANDARD.size() + 2, thresholds.size());
    }

    @Test
    void aThresholdOnNoMetricOrNoFigureOfItIsRefused() {
        assertTrue(complaints("THRESHOLDS=nonsense:count==0").getFirst().contains("no metric"));
        assertTrue(complaints("THRESHOLDS=http_reqs:p(95)<5").getFirst().contains("count, rate"));
    }

    @Test
    void secretsAreNeverShown() {
        LoadSettings settings = LoadSettings.read(Map.of("ADMIN_TOKEN", "canary-token", "ADMIN_SUI_ADDRESS", "0x1", "ADMIN_SECRET_KEY",
                "canary-key"));
        assertFalse((settings + LoadVariables.shown(settings, 1).toString()).contains("canary"));
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsRefusedUnshown() {
        String complaint = complaints("ADMIN_TOKEN=canary\ntoken").getFirst();
        assertTrue(complaint.contains("ADMIN_TOKEN") && complaint.contains("printable ASCII"), complaint);
        assertFalse(complaint.contains("canary"));
    }

    private static List<String> complaints(String... given) {
        Map<String, String> environment = new java.util.HashMap<>();
        for (String pair : given) environment.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        try {
            LoadSettings.read(environment);
            return List.of();
        } catch (BadSettings bad) {
            return bad.complaints();
        }
    }

    @Test
    void refusingIsAnException() {
        assertThrows(BadSettings.class, () -> LoadSettings.read(Map.of("ACTIVE", "abc")));
    }
}
