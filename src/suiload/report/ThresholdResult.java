package suiload.report;

import java.util.OptionalDouble;

/**
 * What a threshold said.
 *
 * @param expression as the user wrote it: {@code p(95)<4000}
 * @param observed the figure it was compared with; empty when the metric has no sample
 * @param reason why it is void, or that there was nothing to judge; else empty text
 */
public record ThresholdResult(String metric, String expression, Outcome outcome, OptionalDouble observed, String reason) {
    /** A latency threshold is {@code VOID} when so many requests failed that the latencies of the rest mean nothing. */
    public enum Outcome { HELD, FAILED, VOID }

    public boolean held() {
        return outcome == Outcome.HELD;
    }
}
