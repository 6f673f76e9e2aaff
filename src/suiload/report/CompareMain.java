package suiload.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import suiload.json.Json;
import suiload.json.JsonException;

/** {@code suiload compare BASE [NOW] [--tolerance=10%]}: two summaries as a Markdown table; fails on a regression. */
public final class CompareMain {
    private CompareMain() {}

    private static final String USAGE = "usage: suiload compare BASE/summary.json [NOW/summary.json] [--tolerance=10%]";
    private static final double DEFAULT_TOLERANCE = 0.10;

    /** What is wrong with the command line or a file, in one line. */
    private static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * @param environment {@code OUT}, where the last run's reports are; {@code out} when unset
     * @return 0, 99 when a figure got worse than the tolerance allows, 97 when one of the runs is void, 104 for a bad command
     *     line or file
     */
    public static int run(String[] arguments, Map<String, String> environment) {
        try {
            List<String> files = new ArrayList<>();
            double tolerance = DEFAULT_TOLERANCE;
            for (String argument : arguments) {
                if (argument.startsWith("--tolerance=")) tolerance = tolerance(argument.substring(12));
                else if (argument.startsWith("-")) throw new Unusable("unknown option " + argument + "\n" + USAGE);
                else files.add(argument);
            }
            if (files.isEmpty() || files.size() > 2) throw new Unusable(USAGE);
            String base = files.getFirst();
            String now = files.size() == 2 ? files.getLast() : lastRun(environment);
            Comparison comparison = Comparison.of(read(base), read(now), tolerance);
            System.out.print("`" + now + "` against `" + base + "`\n\n" + markdown(comparison, tolerance));
            if (!comparison.unusable().isEmpty()) return Verdict.Kind.UNFIT.exitCode();
            return comparison.regressions().isEmpty() ? 0 : Verdict.Kind.THRESHOLD_FAILED.exitCode();
        } catch (Unusable e) {
            System.err.println("suiload compare: " + e.getMessage());
            return Verdict.Kind.BAD_SETTINGS.exitCode();
        } catch (JsonException e) {
            System.err.println("suiload compare: not a summary.json: " + e.field() + " " + e.getMessage());
            return Verdict.Kind.BAD_SETTINGS.exitCode();
        }
    }

    private static String lastRun(Map<String, String> environment) {
        String folder = environment.getOrDefault("OUT", "").strip();
        return Path.of(folder.isEmpty() ? "out" : folder, "summary.json").toString();
    }

    static String markdown(Comparison comparison, double tolerance) {
        var text = new StringBuilder();
        text.append("| metric | figure | base | now | change | |\n|---|---|--:|--:|--:|---|\n");
        for (Comparison.Line line : comparison.lines()) {
            text.append(String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %s |%n", line.metric(), line.figure(), number(line.base()),
                    number(line.now()), percent(line.change()), word(line.judgement())));
        }
        text.append('\n');
        if (!comparison.differingSettings().isEmpty()) {
            text.append("Settings differ, so the runs are not quite alike: ").append(String.join("; ", comparison.differingSettings()))
                    .append("\n\n");
        }
        if (!comparison.missing().isEmpty()) {
            text.append("Without a sample in the later run: ").append(String.join(", ", comparison.missing())).append("\n\n");
        }
        if (!comparison.unusable().isEmpty()) {
            return text.append("Not judged: ").append(String.join("; ", comparison.unusable())).append("\n").toString();
        }
        List<Comparison.Line> worse = comparison.regressions();
        String allowed = "the tolerance of " + number(tolerance * 100) + " %";
        if (worse.isEmpty()) return text.append("No figure is worse than ").append(allowed).append(" allows.\n").toString();
        return text.append("Worse than ").append(allowed).append(" allows: ").append(worse.stream().map(CompareMain::sentence)
                .collect(Collectors.joining("; "))).append("\n").toString();
    }

    private static String sentence(Comparison.Line line) {
        return line.metric() + " " + line.figure() + " " + number(line.base()) + " → " + number(line.now()) + " (" + percent(line.change())
                + ")";
    }

    private static String word(Comparison.Judgement judgement) {
        return switch (judgement) {
            case SAME -> "same";
            case BETTER -> "better";
            case WORSE -> "**worse**";
            case NOT_JUDGED -> "";
        };
    }

    private static String percent(double change) {
        return Double.isInfinite(change) ? "from 0" : String.format(Locale.ROOT, "%+.1f %%", 100 * change);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value)
                : String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.4f" : "%.2f", value);
    }

    private static double tolerance(String text) {
        try {
            double value = text.endsWith("%") ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100 : Double.parseDouble(text);
            if (value >= 0 && value <= 10) return value;
        } catch (NumberFormatException notANumber) {
            throw new Unusable("--tolerance=" + text + " is no share; 10% or 0.1 would be");
        }
        throw new Unusable("--tolerance=" + text + " is not within 0% to 1000%");
    }

    private static Json read(String file) {
        try {
            return Json.parse(Files.readAllBytes(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new Unusable("there is no " + file);
        } catch (IOException e) {
            throw new Unusable("cannot read " + file + ": " + e);
        }
    }
}
