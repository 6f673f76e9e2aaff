package suiload;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every variable of the service, its default and what values it may have. {@code conf/suiload.env} says what each is for
 * and why one would change it; a test holds the two together.
 */
public enum Setting {
    HOST("127.0.0.1", Kind.text(255)),
    PORT("4321", Kind.integer(0, 65_535)),
    DATA_DIR("data", Kind.text(4096)),
    ADMIN_TOKEN("", Kind.text(1024), true),
    ALLOW_REMOTE_SECRETS("false", Kind.bool()),
    ACCESS_LOG("false", Kind.bool()),

    MAX_CONCURRENT_REQUESTS("2000", Kind.integer(1, 100_000)),
    ADMISSION_WAIT("2s", Kind.duration(Duration.ZERO, Duration.ofSeconds(20))),
    REQUEST_DEADLINE("25s", Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(5))),
    REQUEST_TIMEOUT("30s", Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(5))),

    DATABASE_URL("", Kind.text(4096), true),
    DATABASE_POOL("16", Kind.integer(2, 200)),

    NETWORK("embedded", Kind.oneOf("embedded", "testnet", "mainnet", "devnet", "localnet")),
    NODE_CLIENT("grpc", Kind.oneOf("grpc", "sui4j")),
    FULLNODE_URL("", Kind.text(4096)),
    FULLNODE_API_KEY("", Kind.text(1024), true),
    FULLNODE_API_KEY_HEADER("x-api-key", Kind.text(128)),
    PACKAGE_ID("", Kind.text(66)),
    FUNDING_SECRET_KEY("", Kind.text(128), true),
    ALLOW_MAINNET("false", Kind.bool()),
    NODE_MAX_IN_FLIGHT("512", Kind.integer(1, 10_000)),
    FEED("true", Kind.bool()),
    READ_CACHE_INTERVAL("1s", Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(5))),
    MESSAGE_CACHE_MIB("64", Kind.integer(1, 65_536)),

    WEATHER("testnet", Kind.text(64)),
    LOCALNET_PORT("0", Kind.integer(0, 65_535)),
    LOCALNET_FAUCET_PORT("0", Kind.integer(0, 65_535)),
    LOCALNET_SEED("1", Kind.integer(0, Long.MAX_VALUE));

    final String standard;
    final Kind kind;
    final boolean secret;

    Setting(String standard, Kind kind) {
        this(standard, kind, false);
    }

    Setting(String standard, Kind kind, boolean secret) {
        this.standard = standard;
        this.kind = kind;
        this.secret = secret;
    }

    /** What a value must look like. Each says it in words, for the message of a refusal. */
    sealed interface Kind {
        /** Whether {@code value} is valid. */
        boolean accepts(String value);

        /** What would be valid. */
        String valid();

        static Kind text(int max) {
            return new Text(max);
        }

        static Kind bool() {
            return oneOf("true", "false", "1", "0");
        }

        static Kind integer(long min, long max) {
            return new Whole(min, max);
        }

        static Kind duration(Duration min, Duration max) {
            return new Time(min, max);
        }

        static Kind oneOf(String... values) {
            return new Choice(List.of(values));
        }
    }

    private record Text(int max) implements Kind {
        @Override
        public boolean accepts(String value) {
            return value.length() <= max && value.chars().noneMatch(Character::isISOControl);
        }

        @Override
        public String valid() {
            return "text of at most " + max + " characters";
        }
    }

    private record Whole(long min, long max) implements Kind {
        @Override
        public boolean accepts(String value) {
            try {
                long number = Long.parseLong(value);
                return number >= min && number <= max;
            } catch (NumberFormatException notANumber) {
                return false;
            }
        }

        @Override
        public String valid() {
            return max == Long.MAX_VALUE ? "a whole number from " + min : "a whole number from " + min + " to " + max;
        }
    }

    private record Time(Duration min, Duration max) implements Kind {
        @Override
        public boolean accepts(String value) {
            Duration duration = parse(value);
            return duration != null && duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0;
        }

        @Override
        public String valid() {
            return "a time such as 200ms, 25s or 5m, from " + show(min) + " to " + show(max);
        }

        private static String show(Duration time) {
            return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
        }

        private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

        static Duration parse(String value) {
            Matcher matcher = FORM.matcher(value.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) return null;
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }

    private record Choice(List<String> values) implements Kind {
        @Override
        public boolean accepts(String value) {
            return values.contains(value);
        }

        @Override
        public String valid() {
            return "one of " + String.join(", ", values);
        }
    }

    static Duration time(String value) {
        return Time.parse(value);
    }
}
