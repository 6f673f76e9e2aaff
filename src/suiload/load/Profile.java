package suiload.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the share of users (or of the rate) that is wanted changes over time: straight lines between the stages' ends. */
record Profile(List<Stage> stages) {
    static final String VALID = "stages such as 20s:100,1m:100,10s:0 (time:percent)";

    private static final Duration RAMP = Duration.ofSeconds(20);
    private static final Duration PASSIVE_WAIT = Duration.ofSeconds(10);
    private static final int STAGES_MAX = 100;

    /** @param percent 0…100 of the users, reached at the end of the stage */
    record Stage(Duration length, int percent) {}

    Profile {
        stages = List.copyOf(stages);
    }

    /** From none to all in 20 s, then all for {@code steady}. */
    static Profile activeRamp(Duration steady) {
        return new Profile(List.of(new Stage(RAMP, 100), new Stage(steady, 100)));
    }

    /** None for 10 s, so that there is something to read; all after 20 s. */
    static Profile passiveRamp(Duration steady) {
        return new Profile(List.of(new Stage(PASSIVE_WAIT, 0), new Stage(RAMP.minus(PASSIVE_WAIT), 100), new Stage(steady, 100)));
    }

    static Optional<Profile> parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length > STAGES_MAX) return Optional.empty();
        List<Stage> stages = new ArrayList<>();
        for (String part : parts) {
            Optional<Stage> stage = stage(part.strip());
            if (stage.isEmpty()) return Optional.empty();
            stages.add(stage.get());
        }
        Profile profile = new Profile(stages);
        return profile.length().isZero() ? Optional.empty() : Optional.of(profile);
    }

    private static Optional<Stage> stage(String text) {
        String[] sides = text.split(":", -1);
        if (sides.length != 2 || !sides[1].matches("\\d{1,3}") || Integer.parseInt(sides[1]) > 100) return Optional.empty();
        return TimeText.parse(sides[0]).map(length -> new Stage(length, Integer.parseInt(sides[1])));
    }

    Duration length() {
        return stages.stream().map(Stage::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** When the wanted share first reaches its greatest value: what comes before is warm-up. */
    Duration warmUp() {
        int top = stages.stream().mapToInt(Stage::percent).max().orElse(0);
        Duration end = Duration.ZERO;
        for (Stage stage : stages) {
            end = end.plus(stage.length());
            if (stage.percent() == top) return end;
        }
        return end;
    }

    /** The wanted share (0…1) {@code nanos} after the start; 0 before the start and after the end. */
    double at(long nanos) {
        long begin = 0;
        int from = 0;
        for (Stage stage : stages) {
            long length = stage.length().toNanos();
            if (nanos >= begin && nanos < begin + length) {
                return (from + (stage.percent() - from) * ((double) (nanos - begin) / length)) / 100;
            }
            begin += length;
            from = stage.percent();
        }
        return 0;
    }
}
