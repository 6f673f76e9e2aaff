package suiload.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fixed rate of arrivals: {@code 200/s}, {@code 30/m}. */
record Rate(double perSecond) {
    static final String VALID = "a rate such as 200/s or 30/m, up to 100000/s";

    private static final double PER_SECOND_MAX = 100_000;
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)/(s|m|h)");

    static Optional<Rate> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        double perSecond = Double.parseDouble(matcher.group(1)) / switch (matcher.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            default -> 3600;
        };
        return perSecond > 0 && perSecond <= PER_SECOND_MAX ? Optional.of(new Rate(perSecond)) : Optional.empty();
    }
}
