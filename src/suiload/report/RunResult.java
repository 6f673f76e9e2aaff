package suiload.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * All that a run measured: what every report is made of.
 *
 * @param metrics by name, in the order in which reports list them
 * @param notes sentences worth reading before the figures, such as that the network was embedded
 */
public record RunResult(RunInfo run, SequencedMap<String, Metric> metrics, List<ThresholdResult> thresholds, Timeline timeline,
        List<ErrorRow> errors, Accounting accounting, List<String> notes, Verdict verdict) {
    public RunResult {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
        thresholds = List.copyOf(thresholds);
        errors = List.copyOf(errors);
        notes = List.copyOf(notes);
    }
}
