package suiload.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end summary in k6's manner: one line a metric, thresholds ticked or crossed, then errors and the verdict. */
public final class ConsoleSummary {
    private static final int NAME_WIDTH = 44;
    private static final int ERRORS_MAX = 12;
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final RunResult result;
    private final boolean colour;

    private ConsoleSummary(RunResult result, boolean colour) {
        this.result = result;
        this.colour = colour;
    }

    /** @param colour whether to use terminal colours; signs and words carry the meaning without them */
    public static String text(RunResult result, boolean colour) {
        ConsoleSummary summary = new ConsoleSummary(result, colour);
        List<String> lines = new ArrayList<>();
        lines.add("");
        result.notes().forEach(note -> lines.add("     " + note));
        if (!result.notes().isEmpty()) lines.add("");
        result.metrics().forEach((name, metric) -> lines.add(summary.metric(name, metric)));
        lines.add("");
        summary.thresholds(lines);
        summary.errors(lines);
        lines.add(summary.requests());
        lines.add(summary.verdict());
        return String.join("\n", lines) + "\n";
    }

    private String metric(String name, Metric metric) {
        List<ThresholdResult> thresholds = result.thresholds().stream().filter(t -> t.metric().equals(name)).toList();
        String sign = thresholds.isEmpty() ? " " : thresholds.stream().allMatch(ThresholdResult::held) ? good("✓") : bad("✗");
        return "   " + sign + " " + name + ".".repeat(Math.max(3, NAME_WIDTH - name.length())) + ": " + figures(metric);
    }

    private static String figures(Metric metric) {
        return switch (metric) {
            case Metric.Counter counter -> of(counter, counter.count()) + "  " + of(counter, counter.perSecond()) + "/s";
            case Metric.Gauge gauge -> of(gauge, gauge.value()) + "  min=" + of(gauge, gauge.min()) + "  max=" + of(gauge, gauge.max());
            case Metric.Rate rate -> Figures.share(rate.value()) + "  " + rate.passes() + " of " + (rate.passes() + rate.fails());
            case Metric.Trend trend when trend.count() == 0 -> "no sample";
            case Metric.Trend trend -> String.format(Locale.ROOT, "avg=%s min=%s med=%s max=%s p(90)=%s p(95)=%s p(99)=%s",
                    of(trend, trend.avg()),
                    of(trend, trend.min()), of(trend, trend.percentile(50)), of(trend, trend.max()), of(trend, trend.percentile(90)),
                    of(trend, trend.percentile(95)), of(trend, trend.percentile(99)));
        };
    }

    private static String of(Metric metric, double value) {
        return Figures.of(metric.unit(), value);
    }

    private void thresholds(List<String> lines) {
        if (result.thresholds().isEmpty()) return;
        lines.add("     " + bold("thresholds"));
        for (ThresholdResult threshold : result.thresholds()) {
            String sign = switch (threshold.outcome()) {
                case HELD -> good("✓");
                case FAILED -> bad("✗");
                case VOID -> bad("– void");
            };
            lines.add("     " + sign + " " + threshold.metric() + " " + threshold.expression() + observed(threshold)
                    + (threshold.reason().isEmpty() ? "" : "  (" + threshold.reason() + ")"));
        }
        lines.add("");
    }

    private String observed(ThresholdResult threshold) {
        if (threshold.observed().isEmpty()) return "";
        Metric metric = result.metrics().get(threshold.metric());
        double value = threshold.observed().getAsDouble();
        return "  was " + (metric instanceof Metric.Rate ? Figures.share(value)
                : Figures.of(metric == null ? Unit.PLAIN : metric.unit(), value));
    }

    private void errors(List<String> lines) {
        if (result.errors().isEmpty()) return;
        lines.add("     " + bold("failures by layer and cause"));
        for (ErrorRow error : result.errors().stream().limit(ERRORS_MAX).toList()) {
            lines.add(String.format(Locale.ROOT, "     %8d  %-8s %-28s %s", error.count(), error.layer(), error.cause(), error.example()));
            if (!error.hint().isEmpty()) lines.add("                         → " + error.hint());
        }
        int left = result.errors().size() - ERRORS_MAX;
        if (left > 0) lines.add("               and " + left + " more kinds in summary.json");
        lines.add("");
    }

    private String requests() {
        Accounting all = result.accounting();
        return "     requests: " + all.started() + " started = " + all.ok() + " ok + " + all.failed() + " failed + " + all.interrupted()
                + " interrupted" + (all.addsUp() ? "" : bad("  (does not add up: a bug of the driver)"));
    }

    private String verdict() {
        Verdict verdict = result.verdict();
        boolean held = verdict.kind() == Verdict.Kind.HELD;
        String words = held ? "all thresholds held" : verdict.reason();
        return "     " + (held ? good("✓ " + words) : bad("✗ " + words)) + "  (exit code " + verdict.kind().exitCode() + ")";
    }

    private String good(String text) {
        return colour ? GREEN + text + PLAIN : text;
    }

    private String bad(String text) {
        return colour ? RED + text + PLAIN : text;
    }

    private String bold(String text) {
        return colour ? BOLD + text + PLAIN : text;
    }
}
