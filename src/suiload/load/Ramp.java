package suiload.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import suiload.report.Accounting;
import suiload.report.Figures;
import suiload.report.Metric;
import suiload.report.RunResult;
import suiload.report.Verdict;

/** More users step by step until something breaks: the largest load that held, and what broke first. */
final class Ramp {
    private static final List<UserMix> FIRST = List.of(new UserMix(50, 200, 2, 8), new UserMix(100, 400, 2, 8),
            new UserMix(250, 1000, 2, 8));
    private static final double GROWTH = 1.5;
    private static final int STEPS_MAX = 20;

    private final LoadSettings settings;
    private final Progress progress;
    private final Step step;
    private final List<String> table = new ArrayList<>();
    private Optional<UserMix> held = Optional.empty();

    /** Makes one run. */
    interface Step {
        RunResult run(LoadSettings settings) throws IOException;
    }

    Ramp(LoadSettings settings, Progress progress, Step step) {
        this.settings = settings;
        this.progress = progress;
        this.step = step;
    }

    /** @return the exit code: that of the step that broke when not even the first one held, else 0 */
    int run() throws IOException {
        if (settings.plan().rate().isPresent()) {
            throw new CannotRun(Verdict.Kind.BAD_SETTINGS, "RATE fixes what a ramp is to raise: leave it out");
        }
        UserMix mix = FIRST.getFirst();
        Verdict broke = new Verdict(Verdict.Kind.HELD, "nothing: " + STEPS_MAX + " steps held");
        for (int i = 0; i < STEPS_MAX; i++) {
            Verdict verdict = verdict(settings.withMix(mix).withFolder(settings.output().folder().resolve("ramp-" + mix.users())));
            if (verdict.kind() != Verdict.Kind.HELD) {
                broke = verdict;
                break;
            }
            held = Optional.of(mix);
            mix = i + 1 < FIRST.size() ? FIRST.get(i + 1) : grown(mix);
        }
        return concluded(broke);
    }

    private int concluded(Verdict broke) {
        progress.line("");
        table.forEach(progress::line);
        progress.line("largest load that held: " + held.map(Ramp::words).orElse("none"));
        progress.line("what broke first: " + broke.reason());
        if (broke.kind() == Verdict.Kind.INTERRUPTED || held.isEmpty()) return broke.kind().exitCode();
        return Verdict.Kind.HELD.exitCode();
    }

    private Verdict verdict(LoadSettings next) throws IOException {
        Optional<String> unfit = Fitness.beforehand(next);
        if (unfit.isPresent()) return new Verdict(Verdict.Kind.UNFIT, unfit.get());
        try {
            RunResult result = step.run(next);
            Verdict verdict = verdict(result);
            table.add(row(next.mix(), result, verdict));
            return verdict;
        } catch (CannotRun refused) {
            return new Verdict(refused.kind(), refused.getMessage());
        }
    }

    /** A load that was served only later than planned did not hold, though every request that was sent did. */
    private static Verdict verdict(RunResult result) {
        if (result.verdict().kind() != Verdict.Kind.HELD) return result.verdict();
        return Saturation.of(result.metrics().get(MetricName.HTTP_REQ_BLOCKED.text()))
                .map(why -> new Verdict(Verdict.Kind.THRESHOLD_FAILED, why)).orElse(result.verdict());
    }

    private static UserMix grown(UserMix mix) {
        return new UserMix((int) Math.round(mix.active() * GROWTH), (int) Math.round(mix.passive() * GROWTH), mix.activePerChannel(),
                mix.passivePerChannel());
    }

    private static String words(UserMix mix) {
        return mix.active() + " active and " + mix.passive() + " passive users";
    }

    private static String row(UserMix mix, RunResult result, Verdict verdict) {
        Accounting requests = result.accounting();
        return String.format(Locale.ROOT, "  %-36s %8d requests  %6d failed  send p95 %-9s poll p95 %-9s %s", words(mix),
                requests.started(), requests.failed(),
                p95(result, MetricName.SEND_MESSAGE_LATENCY), p95(result, MetricName.TABLE_MESSAGES_LATENCY),
                verdict.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static String p95(RunResult result, MetricName name) {
        return result.metrics().get(name.text()) instanceof Metric.Trend trend ? Figures.milliseconds(trend.percentile(95)) : "–";
    }
}
