package suiload.load;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** Typed reading of the environment. A bad value is noted and its default returned, so that one run shows all complaints. */
final class Variables {
    private final Map<String, String> environment;
    private final List<String> complaints = new ArrayList<>();

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void complain(String complaint) {
        complaints.add(complaint);
    }

    /** Empty when unset or blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** As {@link #text}, for what no complaint may show. */
    Optional<String> secret(String name, String valid, Predicate<String> fine) {
        Optional<String> value = text(name);
        if (value.filter(fine.negate()).isPresent()) complain(name + " is not valid: " + valid + " expected; what it is stays secret");
        return value;
    }

    /** Like the others, for what is not a simple type: {@code parser} gives nothing for a value that is not valid. */
    <T> T parsed(String name, T standard, String valid, Function<String, Optional<T>> parser) {
        Optional<String> value = text(name);
        if (value.isEmpty()) return standard;
        Optional<T> parsed = parser.apply(value.get());
        if (parsed.isEmpty()) complain(name + "=" + shown(value.get()) + " is not valid: " + valid + " expected");
        return parsed.orElse(standard);
    }

    long whole(String name, long standard, long min, long max) {
        return parsed(name, standard, "a whole number from " + min + " to " + max,
                value -> number(value).filter(n -> n.stripTrailingZeros().scale() <= 0 && within(n, min, max)).map(BigDecimal::longValue));
    }

    OptionalLong wholeIfSet(String name, long min, long max) {
        return text(name).isEmpty() ? OptionalLong.empty() : OptionalLong.of(whole(name, min, min, max));
    }

    /** Seconds as a decimal number. */
    Duration seconds(String name, double standard, double min, double max) {
        double seconds = parsed(name, standard, "seconds from " + plain(min) + " to " + plain(max),
                value -> number(value).map(BigDecimal::doubleValue).filter(n -> n >= min && n <= max));
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    Duration time(String name, String standard, Duration min) {
        return parsed(name, TimeText.parse(standard).orElseThrow(), TimeText.VALID + ", at least " + min.toMillis()
                + "ms and at most " + TimeText.MAX.toHours() + "h", value -> TimeText.parse(value).filter(t -> t.compareTo(min) >= 0));
    }

    boolean flag(String name, boolean standard) {
        return parsed(name, standard, "true or false (or 1, 0)", value -> switch (value) {
            case "true", "1", "yes" -> Optional.of(true);
            case "false", "0", "no" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** An {@code http} or {@code https} address without path, query or credentials. */
    URI url(String name, String standard) {
        return parsed(name, URI.create(standard), "an address such as http://localhost:4321", Variables::address);
    }

    private static Optional<URI> address(String value) {
        try {
            URI uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
            boolean fine = uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getUserInfo() == null && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
            return fine ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> number(String value) {
        if (!value.matches("-?\\d{1,20}(\\.\\d{1,9})?")) return Optional.empty();
        return Optional.of(new BigDecimal(value));
    }

    private static boolean within(BigDecimal number, long min, long max) {
        return number.compareTo(BigDecimal.valueOf(min)) >= 0 && number.compareTo(BigDecimal.valueOf(max)) <= 0;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** One line, and not a long one. */
    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}
