package suiload.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import suiload.report.Metric;
import suiload.report.RunInfo;
import suiload.report.RunResult;
import suiload.report.ThresholdResult;
import suiload.report.Timeline;
import suiload.report.Verdict;

/** Puts together what a finished run measured. */
final class Results {
    private final Rig rig;
    private final Arrival arrival;
    private final Instant started;
    private final List<String> notes;

    Results(Rig rig, Arrival arrival, Instant started, List<String> notes) {
        this.rig = rig;
        this.arrival = arrival;
        this.started = started;
        this.notes = notes;
    }

    /** @param beforeThresholds what decides whatever the thresholds say; empty when nothing does */
    RunResult result(Timeline timeline, LoadPhase load, Supplier<Optional<Verdict>> beforeThresholds) {
        Duration took = Duration.between(started, Instant.now());
        SequencedMap<String, Metric> metrics = Totals.metrics(rig.measurements(), timeline, load);
        List<ThresholdResult> thresholds = new Judgement(rig.measurements(), metrics).of(rig.settings().thresholds());
        RunInfo run = new RunInfo(rig.runId(), started, took, LoadVariables.shown(rig.settings(), rig.seed()), versions(),
                arrival.network());
        Verdict verdict = beforeThresholds.get().orElseGet(() -> verdict(thresholds));
        return new RunResult(run, metrics, thresholds, timeline, rig.errors().rows(), rig.caller().accounting(), notes(run, metrics),
                verdict);
    }

    private static Verdict verdict(List<ThresholdResult> thresholds) {
        List<String> failed = thresholds.stream().filter(threshold -> !threshold.held())
                .map(threshold -> threshold.metric() + " " + threshold.expression()
                        + (threshold.outcome() == ThresholdResult.Outcome.VOID ? " (void)" : "")).toList();
        return failed.isEmpty() ? new Verdict(Verdict.Kind.HELD, "")
                : new Verdict(Verdict.Kind.THRESHOLD_FAILED, "thresholds failed: " + String.join(", ", failed));
    }

    private List<String> notes(RunInfo run, Map<String, Metric> metrics) {
        List<String> all = new ArrayList<>();
        if (run.networkEmbedded()) {
            all.add("network: embedded (a stand-in on this machine, not Sui; weather " + rig.settings().service().weather()
                    + " where this run started it)");
        } else {
            all.add("network: " + run.network());
        }
        all.addAll(notes);
        Saturation.of(metrics.get(MetricName.HTTP_REQ_BLOCKED.text())).ifPresent(all::add);
        return all;
    }

    private SequencedMap<String, String> versions() {
        SequencedMap<String, String> versions = new LinkedHashMap<>();
        versions.put("service", arrival.version());
        versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        versions.put("cpus", Integer.toString(ProcessFigures.cpus()));
        return versions;
    }
}
