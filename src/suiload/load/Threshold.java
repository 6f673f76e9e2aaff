package suiload.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit on one figure of a metric, in k6's words: {@code http_req_duration p(95)<5000}.
 *
 * @param expression as written
 * @param figure {@code avg}, {@code min}, {@code med}, {@code max}, {@code p(N)}, {@code count}, {@code rate} or {@code value}
 */
record Threshold(String metric, String expression, String figure, String comparison, double limit) {
    static final String VALID = "thresholds such as http_req_duration:p(95)<4000;http_req_failed:rate<0.01";

    private static final String FIGURE = "avg|min|med|max|count|rate|value|p\\(\\s*\\d{1,3}(?:\\.\\d{1,6})?\\s*\\)";
    private static final Pattern EXPRESSION =
            Pattern.compile("\\s*(" + FIGURE + ")\\s*(<=|>=|===|==|!=|<|>)\\s*(-?\\d+(?:\\.\\d+)?)\\s*");
    private static final int THRESHOLDS_MAX = 200;

    /** Those of a run for which nobody asked for others. */
    static final List<Threshold> STANDARD = List.of(
            of("http_req_failed", "rate<0.01"),
            of("http_req_duration", "p(95)<5000"),
            of("createChannel_latency", "p(95)<5000"),
            of("sendMessage_latency", "p(95)<4000"),
            of("fetchChannelMessagesByTableId_latency", "p(95)<1000"),
            of("messages_lost", "count==0"),
            of("messages_duplicated", "count==0"));

    static Threshold of(String metric, String expression) {
        return parseOne(metric, expression).orElseThrow(() -> new IllegalArgumentException(metric + ":" + expression));
    }

    /** The standard ones, where {@code text} replaces all of a metric that it names. Empty when it cannot be read. */
    static Optional<List<Threshold>> parse(String text) {
        Map<String, List<Threshold>> byMetric = new LinkedHashMap<>();
        STANDARD.forEach(threshold -> byMetric.computeIfAbsent(threshold.metric, m -> new ArrayList<>()).add(threshold));
        Map<String, List<Threshold>> own = new LinkedHashMap<>();
        for (String part : text.split(";")) {
            if (part.isBlank()) continue;
            Optional<Threshold> threshold = parsePart(part.strip());
            if (threshold.isEmpty()) return Optional.empty();
            own.computeIfAbsent(threshold.get().metric, m -> new ArrayList<>()).add(threshold.get());
        }
        byMetric.putAll(own);
        List<Threshold> all = byMetric.values().stream().flatMap(List::stream).toList();
        return all.size() > THRESHOLDS_MAX ? Optional.empty() : Optional.of(all);
    }

    private static Optional<Threshold> parsePart(String part) {
        int colon = part.indexOf(':');
        return colon < 1 ? Optional.empty() : parseOne(part.substring(0, colon).strip(), part.substring(colon + 1));
    }

    private static Optional<Threshold> parseOne(String metric, String expression) {
        Matcher matcher = EXPRESSION.matcher(expression);
        if (!matcher.matches()) return Optional.empty();
        Threshold threshold = new Threshold(metric, expression.strip(), matcher.group(1).replace(" ", ""), matcher.group(2),
                Double.parseDouble(matcher.group(3)));
        return threshold.percent().orElse(0) > 100 ? Optional.empty() : Optional.of(threshold);
    }

    /** The N of {@code p(N)}, or 50 for {@code med}. */
    OptionalDouble percent() {
        if (figure.equals("med")) return OptionalDouble.of(50);
        if (!figure.startsWith("p(")) return OptionalDouble.empty();
        return OptionalDouble.of(Double.parseDouble(figure.substring(2, figure.length() - 1)));
    }

    boolean holds(double observed) {
        return switch (comparison) {
            case "<" -> observed < limit;
            case "<=" -> observed <= limit;
            case ">" -> observed > limit;
            case ">=" -> observed >= limit;
            case "!=" -> observed != limit;
            default -> observed == limit;
        };
    }
}
