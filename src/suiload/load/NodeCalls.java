package suiload.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import suiload.report.Exposition;

/** What the run cost the node, from the service's metrics before and after. */
final class NodeCalls {
    static final String CALLS = "suiload_node_calls_total";
    private static final String FAULTS = "suiload_node_faults_injected_total";

    private final Measurements measurements;

    NodeCalls(Measurements measurements) {
        this.measurements = measurements;
    }

    /** All calls and faults of the run, provisioning included. */
    void whole(Exposition before, Exposition after) {
        if (before.equals(Exposition.NONE) || after.equals(Exposition.NONE)) {
            measurements.unknown(MetricName.NODE_CALLS);
            measurements.unknown(MetricName.NODE_FAULTS_INJECTED);
            return;
        }
        Map<MetricName, Long> told = between(before, after);
        if (!told.containsKey(MetricName.NODE_CALLS)) measurements.unknown(MetricName.NODE_CALLS);
        told.forEach(measurements::count);
    }

    /** Calls and faults of a part of the run, as far as the service tells. */
    static Map<MetricName, Long> between(Exposition before, Exposition after) {
        Map<MetricName, Long> counts = new EnumMap<>(MetricName.class);
        grown(CALLS, "", before, after).ifPresent(calls -> counts.put(MetricName.NODE_CALLS, Math.round(calls)));
        grown(FAULTS, "", before, after).ifPresent(faults -> counts.put(MetricName.NODE_FAULTS_INJECTED, Math.round(faults)));
        return counts;
    }

    /**
     * Calls by what they were for, over the part of the run in which users send and poll; the service tells the cause.
     *
     * @param done messages, polls and membership reads of that part that were answered
     */
    void perOperation(Exposition before, Exposition after, Done done) {
        per(MetricName.NODE_CALLS_PER_MESSAGE, sends(before, after), done.messages(), 1);
        per(MetricName.NODE_CALLS_PER_1000_POLLS, grown(CALLS, "cause=\"poll\"", before, after), done.polls(), 1000);
        per(MetricName.NODE_CALLS_PER_MEMBERSHIP_READ, grown(CALLS, "cause=\"membership\"", before, after), done.membershipReads(), 1);
    }

    record Done(long messages, long polls, long membershipReads) {
        static Done of(Measurements measurements) {
            return new Done(measurements.count(MetricName.MESSAGES_SENT), count(measurements, MetricName.TABLE_MESSAGES_ERRORS),
                    count(measurements, MetricName.MEMBERSHIPS_ERRORS) + count(measurements, MetricName.MEMBERSHIPS_WITH_METADATA_ERRORS));
        }

        /** One that the service refused cost the node nothing: it would only make the others look cheaper. */
        private static long count(Measurements measurements, MetricName rate) {
            return measurements.share(rate).fails().sum();
        }

        Done minus(Done earlier) {
            return new Done(messages - earlier.messages, polls - earlier.polls, membershipReads - earlier.membershipReads);
        }
    }

    /** Settling a lost answer and refreshing stale references belong to the sends that needed them. */
    private static OptionalDouble sends(Exposition before, Exposition after) {
        OptionalDouble sends = grown(CALLS, "cause=\"send\"", before, after);
        if (sends.isEmpty()) return sends;
        return OptionalDouble.of(sends.getAsDouble() + grown(CALLS, "cause=\"settle\"", before, after).orElse(0)
                + grown(CALLS, "cause=\"refresh\"", before, after).orElse(0));
    }

    private void per(MetricName name, OptionalDouble calls, long operations, int unit) {
        if (operations == 0) return;
        if (calls.isEmpty()) measurements.unknown(name);
        else measurements.level(name, calls.getAsDouble() * unit / operations);
    }

    /** Nothing is known when the service did not tell what it had before: all of its life is not this run's. */
    private static OptionalDouble grown(String name, String label, Exposition before, Exposition after) {
        if (before.equals(Exposition.NONE)) return OptionalDouble.empty();
        return after.growth(before, name, labels -> labels.contains(label));
    }
}
