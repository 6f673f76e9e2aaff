package suiload.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What was run, where and with what.
 *
 * @param id made for this run; it stands in every message that the run sent
 * @param took from the first request to the last
 * @param settings by variable name, without secrets
 * @param versions of suiload, the service, Java and the system, by name
 * @param network the chain behind the service as it says itself: {@code embedded}, {@code testnet}, …; {@code unknown} when it does not
 */
public record RunInfo(String id, Instant started, Duration took, SequencedMap<String, String> settings,
        SequencedMap<String, String> versions, String network) {
    public RunInfo {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
        versions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(versions));
    }

    /** Whether the chain was the embedded stand-in: every report says so. */
    public boolean networkEmbedded() {
        return network.equals("embedded");
    }
}
