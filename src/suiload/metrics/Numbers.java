package suiload.metrics;

/** Numbers as the Prometheus text format writes them. */
final class Numbers {
    private static final double WHOLE_MAX = 1e15;

    private Numbers() {}

    static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < WHOLE_MAX;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
