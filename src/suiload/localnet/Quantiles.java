package suiload.localnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A distribution of waiting times by some of its quantiles, between which the logarithm of the time is linear. Written as {@code 5ms}
 * (always that) or {@code p0=150ms p50=220ms p95=290ms p100=1s}.
 */
record Quantiles(List<Point> points) {
    /** @param share of calls that wait at most so long, 0…1 */
    record Point(double share, double nanos) {}

    static final Quantiles ZERO = constant(Duration.ZERO);

    Quantiles {
        points = List.copyOf(points);
        if (points.getFirst().share != 0 || points.getLast().share != 1) throw new IllegalArgumentException("p0 and p100 are needed");
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).share <= points.get(i - 1).share) throw new IllegalArgumentException("percentages must ascend");
            if (points.get(i).nanos < points.get(i - 1).nanos) throw new IllegalArgumentException("times must not descend");
        }
    }

    static Quantiles constant(Duration time) {
        return new Quantiles(List.of(new Point(0, time.toNanos()), new Point(1, time.toNanos())));
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static Quantiles parse(String text) {
        if (!text.contains("=")) return constant(time(text));
        List<Point> points = new ArrayList<>();
        for (String part : text.strip().split("\\s+")) {
            int equals = part.indexOf('=');
            if (!part.startsWith("p") || equals < 2) throw new IllegalArgumentException("'" + part + "' is not like p95=290ms");
            points.add(new Point(share(part.substring(1, equals)), time(part.substring(equals + 1)).toNanos()));
        }
        return new Quantiles(points);
    }

    private static double share(String percent) {
        try {
            return Double.parseDouble(percent) / 100;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + percent + "' is not a percentage");
        }
    }

    /** A time such as {@code 250us}, {@code 40ms} or {@code 25s}. */
    static Duration time(String text) {
        var form = java.util.regex.Pattern.compile("(\\d{1,9})(us|ms|s|m)").matcher(text.strip());
        if (!form.matches()) throw new IllegalArgumentException("'" + text + "' is not a time such as 40ms or 25s");
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "us" -> Duration.ofNanos(number * 1000);
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    /** The time that the share {@code uniform} (0…1) of all calls stays within. */
    Duration at(double uniform) {
        int i = 1;
        while (i < points.size() - 1 && points.get(i).share < uniform) i++;
        Point low = points.get(i - 1);
        Point high = points.get(i);
        double part = Math.clamp((uniform - low.share) / (high.share - low.share), 0, 1);
        double floor = Math.max(low.nanos, 1);
        return Duration.ofNanos(Math.round(high.nanos <= floor ? high.nanos : floor * Math.pow(high.nanos / floor, part)));
    }
}
