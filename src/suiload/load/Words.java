package suiload.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.stream.Collectors;

/** Settings written back in the syntax in which they are read. */
final class Words {
    private Words() {}

    static String time(Duration time) {
        if (time.isZero()) return "0s";
        StringBuilder text = new StringBuilder();
        if (time.toHours() > 0) text.append(time.toHours()).append('h');
        if (time.toMinutesPart() > 0) text.append(time.toMinutesPart()).append('m');
        if (time.toSecondsPart() > 0) text.append(time.toSecondsPart()).append('s');
        if (time.toMillisPart() > 0) text.append(time.toMillisPart()).append("ms");
        return text.toString();
    }

    static String seconds(Duration time) {
        return decimal(time.toNanos() / 1e9);
    }

    /** At most three decimals. */
    static String decimal(double number) {
        return BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    static String stages(Profile profile) {
        return profile.stages().stream().map(stage -> time(stage.length()) + ":" + stage.percent()).collect(Collectors.joining(","));
    }
}
