package suiload.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import suiload.report.ConsoleSummary;
import suiload.report.Reports;
import suiload.report.RunResult;
import suiload.report.Verdict;

/** The commands {@code load}, {@code smoke}, {@code ramp} and {@code drain}. */
public final class LoadMain {
    private static final Set<String> KINDS = Set.of("load", "smoke", "ramp", "drain");

    /** Without these the client would repeat requests without our seeing it; it reads them before any code of ours could set them. */
    private static final Map<String, String> CLIENT = Map.of("jdk.httpclient.redirects.retrylimit", "1",
            "jdk.httpclient.disableRetryConnect", "true");

    private final Map<String, String> environment;
    private final Progress progress;
    private final StopSignal stop = new StopSignal(Thread.currentThread());

    private LoadMain(Map<String, String> environment) {
        this.environment = environment;
        this.progress = Progress.standard(environment);
    }

    /**
     * @param args {@code smoke}, {@code ramp} or {@code drain} first if that is wanted, then settings as {@code NAME=value}, which win over
     *     the environment
     * @return the exit code: see {@link Verdict.Kind}
     */
    public static int run(String[] args, Map<String, String> environment) {
        String kind = args.length > 0 && KINDS.contains(args[0]) ? args[0] : "load";
        List<String> rest = List.of(args).subList(args.length > 0 && KINDS.contains(args[0]) ? 1 : 0, args.length);
        Optional<String> stray = rest.stream().filter(word -> word.indexOf('=') < 1).findFirst();
        if (stray.isPresent()) {
            System.err.println("suiload " + kind + ": '" + stray.get() + "' is not a setting: NAME=value expected");
            return Verdict.Kind.BAD_SETTINGS.exitCode();
        }
        Map<String, String> all = new HashMap<>(environment);
        rest.forEach(word -> all.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
        LoadMain main = new LoadMain(all);
        int code = 1;
        try {
            code = main.guarded(kind);
            return code;
        } finally {
            // Also after a bug of ours: the JVM's end would wait for this.
            main.stop.finished(code);
        }
    }

    private int guarded(String kind) {
        try {
            LoadSettings settings = LoadSettings.read(environment);
            checkClient();
            stop.install();
            return run(kind, settings);
        } catch (BadSettings bad) {
            bad.complaints().forEach(complaint -> System.err.println("suiload: " + complaint));
            return Verdict.Kind.BAD_SETTINGS.exitCode();
        } catch (CannotRun cannot) {
            System.err.println("suiload: " + cannot.getMessage());
            return cannot.kind().exitCode();
        } catch (InterruptedException | RunStopped stopped) {
            System.err.println("suiload: interrupted" + (kind.equals("drain") ? "" : " before the run began"));
            return Verdict.Kind.INTERRUPTED.exitCode();
        } catch (IOException disk) {
            System.err.println("suiload: reports cannot be written: " + disk.getMessage());
            return 1;
        }
    }

    private static void checkClient() {
        CLIENT.forEach((property, value) -> {
            if (value.equals(System.getProperty(property))) return;
            throw new CannotRun(Verdict.Kind.UNFIT, "the JVM was started without -D" + property + "=" + value + ": see conf/jvm/load.args");
        });
    }

    private int run(String kind, LoadSettings settings) throws InterruptedException, IOException {
        LoadSettings asked = switch (kind) {
            case "smoke" -> Smoke.settings(settings);
            case "drain" -> Drain.settings(settings);
            default -> settings;
        };
        Optional<String> unfit = kind.equals("load") ? Fitness.beforehand(asked) : Optional.empty();
        if (unfit.isPresent()) throw new CannotRun(Verdict.Kind.UNFIT, unfit.get());
        try (Arrival arrival = Arrival.at(asked, progress)) {
            if (kind.equals("drain")) return Drain.run(asked, arrival, progress, CostQuestion::atTerminal);
            return switch (kind) {
                case "ramp" -> new Ramp(asked, progress, step -> agreedLoad(step, arrival)).run();
                case "smoke" -> smoke(asked, arrival);
                default -> agreedLoad(asked, arrival).verdict().kind().exitCode();
            };
        }
    }

    /** Each step of a ramp costs more than the one before: each is asked for. */
    private RunResult agreedLoad(LoadSettings settings, Arrival arrival) throws IOException {
        agree(settings, arrival);
        return load(settings, arrival);
    }

    private void agree(LoadSettings settings, Arrival arrival) {
        CostQuestion.ask(settings.output(), arrival.network(), () -> cost(settings), progress, CostQuestion::atTerminal);
    }

    private static String cost(LoadSettings settings) {
        try (Rig rig = new Rig(settings, "cost-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX), 1)) {
            return CostQuestion.Estimate.of(settings, ActiveUsers.read(rig.setupLines().getFirst())).text();
        } catch (Api.Failed failed) {
            throw CannotRun.unreachable("what it costs cannot be said: " + failed.getMessage());
        }
    }

    private int smoke(LoadSettings settings, Arrival arrival) throws InterruptedException, IOException {
        agree(settings, arrival);
        int wrong = Smoke.routes(arrival, progress);
        int code = load(settings, arrival).verdict().kind().exitCode();
        if (wrong == 0 || code != Verdict.Kind.HELD.exitCode()) return code;
        progress.line("     ✗ " + wrong + " routes did not answer as they should");
        return Verdict.Kind.THRESHOLD_FAILED.exitCode();
    }

    private RunResult load(LoadSettings settings, Arrival arrival) throws IOException {
        try (LiveCharts charts = LiveCharts.open(settings, arrival.network(), progress)) {
            RunResult result = new LoadRun(settings, arrival, progress, stop, charts).run();
            charts.end(result.verdict());
            progress.line(ConsoleSummary.text(result, progress.colour()));
            for (Path file : Reports.write(result, settings.output().folder())) progress.line("     " + file);
            progress.line("     " + settings.output().folder().resolve("histograms.hlog"));
            return result;
        }
    }
}
