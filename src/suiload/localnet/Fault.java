package suiload.localnet;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What may happen to a call on purpose. {@code conf/weather/calm.properties} describes each for people. */
enum Fault {
    /** Nothing is done and no answer comes; the connection is dropped in the end. */
    HANG("hang"),
    /** The connection is dropped, nothing is done. */
    RESET_BEFORE("reset-before"),
    /** The call is done, the connection dropped without an answer. */
    RESET_AFTER("reset-after"),
    /** The call is done, no answer comes; the connection is dropped in the end. */
    LOST_ANSWER("lost-answer"),
    /** The call is done, the answer says that it timed out before finality. */
    TIMEOUT("timeout"),
    /** HTTP 429, nothing is done. */
    BUSY("429"),
    /** HTTP 503, nothing is done. */
    UNAVAILABLE("503"),
    /** The answer shows the state of a while ago. */
    STALE("stale"),
    /** A stream ends in the middle. */
    CUT("cut"),
    /** HTTP 429 because the client asks too often: a rule, not a chance. */
    RATE_LIMIT("rate-limit");

    private static final Set<Fault> OF_READS = EnumSet.of(HANG, RESET_BEFORE, RESET_AFTER, LOST_ANSWER, BUSY, UNAVAILABLE, STALE);
    private static final Set<Fault> OF_EXECUTES = EnumSet.of(HANG, RESET_BEFORE, RESET_AFTER, LOST_ANSWER, TIMEOUT, BUSY, UNAVAILABLE);
    private static final Set<Fault> OF_SIMULATES = EnumSet.of(HANG, RESET_BEFORE, RESET_AFTER, LOST_ANSWER, BUSY, UNAVAILABLE);
    private static final Set<Fault> OF_STREAMS = EnumSet.of(HANG, RESET_BEFORE, BUSY, UNAVAILABLE, CUT);

    private final String key;

    Fault(String key) {
        this.key = key;
    }

    /** Its name in weather files and metrics. */
    String key() {
        return key;
    }

    static Optional<Fault> named(String key) {
        return Arrays.stream(values()).filter(fault -> fault.key.equals(key)).findFirst();
    }

    /** Whether it may happen to a call of this kind. */
    boolean suits(CallKind kind) {
        return switch (kind) {
            case READ -> OF_READS.contains(this);
            case EXECUTE -> OF_EXECUTES.contains(this);
            case SIMULATE -> OF_SIMULATES.contains(this);
            case STREAM -> OF_STREAMS.contains(this);
        };
    }
}
