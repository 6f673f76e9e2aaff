package suiload.load;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.LinkedHashMap;

/** The driver's variables: their names, defaults and bounds in one place. */
final class LoadVariables {
    static final String ACTIVE = "ACTIVE_USERS_TOTAL";
    static final String PASSIVE = "PASSIVE_USERS_TOTAL";
    static final String STEADY = "DURATION";
    static final String THINK_MIN = "ACTIVE_USERS_THINK_TIME_SEC_MIN";
    static final String THINK_MAX = "ACTIVE_USERS_THINK_TIME_SEC_MAX";
    static final String POLL = "PASSIVE_USERS_POLLING_INTERVAL";
    static final String ACTIVE_PER = "ACTIVE_USERS_PER_CHANNEL";
    static final String PASSIVE_PER = "PASSIVE_USERS_PER_CHANNEL";
    static final String URL = "PROVISIONING_API_URL";
    static final String ADMIN_ADDRESS = "ADMIN_SUI_ADDRESS";
    static final String ADMIN_KEY = "ADMIN_SECRET_KEY";

    /** The names that {@code make} takes, accepted here as well. */
    private static final Map<String, String> SHORT = Map.of("ACTIVE", ACTIVE, "PASSIVE", PASSIVE);
    private static final String WEATHERS = "calm, testnet, public, congested, storm, or another that conf/weather has a file for,";
    private static final int USERS_MAX = 100_000;
    private static final double PAUSE_MAX_SECONDS = 86_400;

    private final Variables variables;

    private LoadVariables(Variables variables) {
        this.variables = variables;
    }

    static LoadSettings read(Map<String, String> environment) {
        LoadVariables reader = new LoadVariables(new Variables(withLongNames(environment)));
        LoadSettings settings = reader.settings();
        if (reader.variables.complaints().isEmpty()) reader.checkTogether(settings);
        if (!reader.variables.complaints().isEmpty()) throw new BadSettings(reader.variables.complaints());
        return settings;
    }

    /** A short name given wins: who types {@code ACTIVE=50} means it. */
    private static Map<String, String> withLongNames(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        SHORT.forEach((shortName, name) -> {
            String value = environment.getOrDefault(shortName, "");
            if (!value.isBlank()) all.put(name, value);
        });
        return all;
    }

    private LoadSettings settings() {
        return new LoadSettings(mix(), pace(), plan(), service(), funding(), patience(), thresholds(),
                variables.wholeIfSet("SEED", 0, Long.MAX_VALUE), output());
    }

    private UserMix mix() {
        return new UserMix(number(ACTIVE, 250, 1, USERS_MAX), number(PASSIVE, 1000, 0, USERS_MAX),
                number(ACTIVE_PER, 2, 1, UserMix.MEMBERS_MAX), number(PASSIVE_PER, 8, 1, UserMix.MEMBERS_MAX - 1));
    }

    private LoadSettings.Pace pace() {
        return new LoadSettings.Pace(variables.seconds(THINK_MIN, 4, 0, PAUSE_MAX_SECONDS),
                variables.seconds(THINK_MAX, 10, 0, PAUSE_MAX_SECONDS),
                variables.seconds(POLL, 2, 0.001, PAUSE_MAX_SECONDS));
    }

    private LoadSettings.Plan plan() {
        Optional<Profile> stages = variables.parsed("STAGES", Optional.empty(), Profile.VALID, value -> Profile.parse(value)
                .map(Optional::of));
        Optional<Rate> rate = variables.parsed("RATE", Optional.empty(), Rate.VALID, value -> Rate.parse(value).map(Optional::of));
        return new LoadSettings.Plan(variables.time(STEADY, "1m", Duration.ofSeconds(1)), stages, rate);
    }

    private LoadSettings.Service service() {
        return new LoadSettings.Service(url(variables),
                variables.secret("ADMIN_TOKEN", "printable ASCII", token -> token.matches("\\p{Print}+")),
                variables.flag("AUTOSTART", true), variables.parsed("WEATHER", "testnet", WEATHERS, LoadVariables::weather),
                variables.parsed("CONNECTIONS", false, "per-user or shared", value -> switch (value) {
                    case "per-user" -> Optional.of(false);
                    case "shared" -> Optional.of(true);
                    default -> Optional.empty();
                }), number("CONNECTIONS_MAX", 1_000, 1, 20_000));
    }

    /** Where the service is, for every command that asks it. */
    static URI url(Variables variables) {
        long port = variables.whole("PORT", 4321, 1, 65_535);
        return variables.url(URL, "http://localhost:" + port);
    }

    private static Optional<String> weather(String name) {
        Path folder = Path.of(System.getProperty("suiload.home", "."), "conf", "weather");
        return name.matches("[\\w-]+") && Files.exists(folder.resolve(name + ".properties")) ? Optional.of(name) : Optional.empty();
    }

    private LoadSettings.Funding funding() {
        return new LoadSettings.Funding(variables.text(ADMIN_ADDRESS), variables.text(ADMIN_KEY),
                variables.whole("ADMIN_AMOUNT_PER_USER", 2_000_000_000L, 1, Long.MAX_VALUE));
    }

    private LoadSettings.Patience patience() {
        return new LoadSettings.Patience(variables.time("HTTP_REQUEST_TIMEOUT", "30s", Duration.ofMillis(1)),
                number("RETRY_MAX_ATTEMPTS", 4, 1, 20), variables.time("RETRY_BASE_DELAY", "200ms", Duration.ofMillis(1)),
                variables.time("RETRY_MAX_DELAY", "5s", Duration.ofMillis(1)));
    }

    private List<Threshold> thresholds() {
        List<Threshold> all = variables.parsed("THRESHOLDS", Threshold.STANDARD, Threshold.VALID, Threshold::parse);
        all.stream().map(Threshold::metric).filter(name -> !MetricName.known(name)).distinct()
                .forEach(name -> variables.complain("THRESHOLDS names " + name + ", which is no metric: one of " + MetricName.list()
                        + " expected"));
        all.stream().filter(threshold -> MetricName.known(threshold.metric()) && !MetricName.of(threshold.metric()).has(threshold.figure()))
                .forEach(threshold -> variables.complain("THRESHOLDS asks for " + threshold.figure() + " of " + threshold.metric()
                        + ", which has only " + MetricName.of(threshold.metric()).figures()));
        return all;
    }

    private LoadSettings.Output output() {
        Path folder = variables.parsed("OUT", Path.of("out"), "a folder that can be written to, or the name of one to be made,",
                value -> Optional.of(Path.of(value)).filter(LoadVariables::writable));
        return new LoadSettings.Output(folder, variables.flag("DASHBOARD", false),
                variables.flag("YES", false), variables.flag("ALLOW_MAINNET", false));
    }

    /** Whether it is, or the nearest above it that is there: found out before a run whose reports could not be written. */
    private static boolean writable(Path folder) {
        Path nearest = folder.toAbsolutePath();
        while (Files.notExists(nearest)) nearest = nearest.getParent();
        return Files.isDirectory(nearest) && Files.isWritable(nearest);
    }

    private int number(String name, int standard, int min, int max) {
        return (int) variables.whole(name, standard, min, max);
    }

    /** What no value shows alone. */
    private void checkTogether(LoadSettings settings) {
        settings.mix().infeasible().ifPresent(variables::complain);
        if (settings.pace().thinkMin().compareTo(settings.pace().thinkMax()) > 0) {
            variables.complain(THINK_MIN + " is greater than " + THINK_MAX + ": lower the one or raise the other");
        }
        if (settings.funding().address().isPresent() != settings.funding().secretKey().isPresent()) {
            variables.complain("ADMIN_SUI_ADDRESS and ADMIN_SECRET_KEY belong together: set both or neither");
        }
        if (settings.patience().baseDelay().compareTo(settings.patience().maxDelay()) > 0) {
            variables.complain("RETRY_BASE_DELAY is greater than RETRY_MAX_DELAY: lower the one or raise the other");
        }
    }

    /** The settings as a report shows them: every variable with its effective value, secrets left out. */
    static SequencedMap<String, String> shown(LoadSettings settings, long seed) {
        SequencedMap<String, String> shown = new LinkedHashMap<>();
        shown.put(ACTIVE, Integer.toString(settings.mix().active()));
        shown.put(PASSIVE, Integer.toString(settings.mix().passive()));
        shown.put(STEADY, Words.time(settings.plan().steady()));
        settings.plan().stages().ifPresent(stages -> shown.put("STAGES", Words.stages(stages)));
        settings.plan().rate().ifPresent(rate -> shown.put("RATE", Words.decimal(rate.perSecond()) + "/s"));
        shown.put(THINK_MIN, Words.seconds(settings.pace().thinkMin()));
        shown.put(THINK_MAX, Words.seconds(settings.pace().thinkMax()));
        shown.put(POLL, Words.seconds(settings.pace().pollInterval()));
        shown.put(ACTIVE_PER, Integer.toString(settings.mix().activePerChannel()));
        shown.put(PASSIVE_PER, Integer.toString(settings.mix().passivePerChannel()));
        shown.put(URL, settings.service().url().toString());
        shown.put("CONNECTIONS", settings.service().sharedConnections() ? "shared" : "per-user");
        if (settings.service().sharedConnections()) shown.put("CONNECTIONS_MAX", Integer.toString(settings.service().connectionsMax()));
        shown.put("WEATHER", settings.service().weather());
        shown.put("ADMIN_AMOUNT_PER_USER", Long.toString(settings.funding().mistPerUser()));
        shown.put("HTTP_REQUEST_TIMEOUT", Words.time(settings.patience().timeout()));
        shown.put("RETRY_MAX_ATTEMPTS", Integer.toString(settings.patience().attempts()));
        shown.put("RETRY_BASE_DELAY", Words.time(settings.patience().baseDelay()));
        shown.put("RETRY_MAX_DELAY", Words.time(settings.patience().maxDelay()));
        shown.put("SEED", Long.toString(seed));
        return shown;
    }
}
