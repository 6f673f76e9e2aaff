package suiload.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a run that rates are of: from the first user's start to the end of the drain. How long provisioning and the last reading
 * take depends on what was there before, so they count in no rate.
 *
 * @param counts what of a counter belongs to this part; counters that are not in here count nothing else
 */
record LoadPhase(double seconds, Map<MetricName, Long> counts) {
    /** Of a run that ended before any user started. */
    static final LoadPhase NONE = new LoadPhase(0, Map.of());

    private static final List<MetricName> TRAFFIC = List.of(MetricName.HTTP_REQS, MetricName.HTTP_REQ_RETRIES, MetricName.HTTP_CONN_OPENED,
            MetricName.CONNECTION_RESETS, MetricName.DATA_SENT, MetricName.DATA_RECEIVED);

    /** The counters that every request moves, as they are now. */
    static Map<MetricName, Long> traffic(Measurements measurements) {
        Map<MetricName, Long> counts = new EnumMap<>(MetricName.class);
        TRAFFIC.forEach(name -> counts.put(name, measurements.count(name)));
        return counts;
    }

    /**
     * @param before the traffic at its begin
     * @param nodeCalls what it cost the node, as far as that is known
     */
    static LoadPhase of(double seconds, Map<MetricName, Long> before, Measurements measurements, Map<MetricName, Long> nodeCalls) {
        Map<MetricName, Long> counts = traffic(measurements);
        counts.replaceAll((name, count) -> count - before.get(name));
        counts.putAll(nodeCalls);
        if (!nodeCalls.containsKey(MetricName.NODE_CALLS)) measurements.unknown(MetricName.NODE_CALLS);
        return new LoadPhase(seconds, counts);
    }

    double perSecond(MetricName name, long whole) {
        return seconds <= 0 ? 0 : counts.getOrDefault(name, whole) / seconds;
    }
}
