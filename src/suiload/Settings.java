package suiload;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.store.DatabaseConfig;
import suiload.sui.NodeConfig;

/**
 * The service's settings: the environment first, then {@code conf/suiload.env}, then the default. A value that is out of
 * bounds, or a name in the file that does not exist, refuses to start.
 */
public final class Settings {
    /** What is wrong, one complaint a line, each naming variable and valid values. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(List<String> complaints) {
            super(String.join("\n", complaints));
        }
    }

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    /**
     * @param file {@code NAME=value} lines; {@code #} begins a comment; it need not exist
     * @throws Refused naming every value that is not valid
     */
    public static Settings load(Map<String, String> environment, Path file) throws IOException {
        List<String> complaints = new ArrayList<>();
        Map<String, String> fromFile = readFile(file, complaints);
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = environment.getOrDefault(setting.name(), fromFile.getOrDefault(setting.name(), setting.standard)).strip();
            if (!setting.kind.accepts(value)) {
                complaints.add(named(setting, value) + " is not valid: " + setting.kind.valid() + " expected");
            }
            values.put(setting, value);
        }
        var settings = new Settings(values);
        if (complaints.isEmpty()) settings.checkTogether(complaints);
        if (!complaints.isEmpty()) throw new Refused(complaints);
        return settings;
    }

    public String text(Setting setting) {
        return values.get(setting);
    }

    /** Empty text is an absent value. */
    public Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isEmpty());
    }

    public int integer(Setting setting) {
        return Math.toIntExact(Long.parseLong(text(setting)));
    }

    public long number(Setting setting) {
        return Long.parseLong(text(setting));
    }

    public boolean flag(Setting setting) {
        return List.of("true", "1").contains(text(setting));
    }

    public Duration time(Setting setting) {
        return Setting.time(text(setting));
    }

    public boolean embeddedNetwork() {
        return text(Setting.NETWORK).equals("embedded");
    }

    /** Where nodes answer; empty on the embedded network, whose port is known only once it runs. */
    public List<URI> fullNodes() {
        String given = text(Setting.FULLNODE_URL);
        String urls = given.isEmpty() ? publicNode() : given;
        return Arrays.stream(urls.split(",")).map(String::strip).filter(url -> !url.isEmpty()).map(URI::create).toList();
    }

    /** All values in order, secrets as {@code (set)}: to be printed and served. */
    public Map<String, String> effective() {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((setting, value) -> shown.put(setting.name(), setting.secret && !value.isEmpty() ? "(set)" : value));
        if (optional(Setting.FULLNODE_URL).isPresent()) {
            shown.put(Setting.FULLNODE_URL.name(), fullNodes().stream().map(Settings::shown).collect(Collectors.joining(",")));
        }
        return shown;
    }

    /** A node's address without user, path and query: providers put their keys there. */
    static String shown(URI node) {
        boolean all = node.getRawUserInfo() == null && node.getRawQuery() == null && node.getRawPath().length() <= 1;
        if (all) return node.toString();
        return node.getScheme() + "://" + node.getHost() + (node.getPort() < 0 ? "" : ":" + node.getPort()) + "/…";
    }

    private String publicNode() {
        return switch (text(Setting.NETWORK)) {
            case "testnet", "mainnet", "devnet" -> "https://fullnode." + text(Setting.NETWORK) + ".sui.io:443";
            case "localnet" -> "http://127.0.0.1:9000";
            default -> "";
        };
    }

    /** What no value shows alone. */
    private void checkTogether(List<String> complaints) {
        boolean loopback = List.of("127.0.0.1", "localhost", "::1", "[::1]").contains(text(Setting.HOST));
        if (!loopback && optional(Setting.ADMIN_TOKEN).isEmpty()) {
            complaints.add("HOST=" + text(Setting.HOST) + " is not loopback: set ADMIN_TOKEN too, so that not everyone on the network may write");
        }
        if (text(Setting.NETWORK).equals("mainnet") && !flag(Setting.ALLOW_MAINNET)) {
            complaints.add("NETWORK=mainnet spends real SUI: set ALLOW_MAINNET=true to mean it");
        }
        if (embeddedNetwork() && optional(Setting.FULLNODE_URL).isPresent()) {
            complaints.add("FULLNODE_URL is set but NETWORK=embedded does not use it: set NETWORK to testnet, mainnet, devnet or localnet");
        }
        if (time(Setting.ADMISSION_WAIT).compareTo(time(Setting.REQUEST_DEADLINE)) >= 0) {
            complaints.add("ADMISSION_WAIT must be shorter than REQUEST_DEADLINE");
        }
        check(complaints, Setting.DATABASE_URL, "jdbc:postgresql://user:password@host:port/name, special characters percent-encoded",
                DatabaseConfig::parse);
        check(complaints, Setting.PACKAGE_ID, "an object id: 0x and 1 to 64 hex digits", Address::parse);
        check(complaints, Setting.FUNDING_SECRET_KEY, "an Ed25519 key: suiprivkey1…", SecretKey::parse);
        check(complaints, Setting.FULLNODE_API_KEY, "printable ASCII",
                key -> new NodeConfig.ApiKey(Setting.FULLNODE_API_KEY_HEADER.standard, key));
        check(complaints, Setting.FULLNODE_API_KEY_HEADER, "the name of an HTTP header", header -> new NodeConfig.ApiKey(header, ""));
        check(complaints, Setting.FULLNODE_URL, "addresses separated by commas, each http:// or https://", urls -> {
            if (!fullNodes().stream().allMatch(uri -> List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null)) {
                throw new IllegalArgumentException();
            }
        });
    }

    /** A node's address may hold a key. */
    private static String named(Setting setting, String value) {
        return setting.secret || setting == Setting.FULLNODE_URL ? setting.toString() : setting + "=" + value;
    }

    private interface Parser {
        void parse(String value);
    }

    private void check(List<String> complaints, Setting setting, String valid, Parser parser) {
        optional(setting).ifPresent(value -> {
            try {
                parser.parse(value);
            } catch (IllegalArgumentException e) {
                complaints.add(named(setting, value) + " is not valid: " + valid + " expected");
            }
        });
    }

    private static Map<String, String> readFile(Path file, List<String> complaints) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        if (!Files.exists(file)) return found;
        List<String> names = Arrays.stream(Setting.values()).map(Setting::name).toList();
        for (String line : Files.readAllLines(file)) {
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) continue;
            int equals = stripped.indexOf('=');
            String name = equals < 0 ? stripped : stripped.substring(0, equals).strip();
            if (equals < 0) complaints.add(file.getFileName() + ": '" + name + "' is not NAME=value");
            else if (!names.contains(name)) complaints.add(file.getFileName() + ": there is no setting " + name);
            else found.put(name, stripped.substring(equals + 1).strip());
        }
        return found;
    }
}
