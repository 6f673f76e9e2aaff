package suiload.report;

import java.util.Locale;

/** {@code junit.xml}: each threshold a test case, so that any CI shows what did not hold. */
public final class JunitXml {
    private JunitXml() {}

    public static String text(RunResult result) {
        long failed = result.thresholds().stream().filter(threshold -> threshold.outcome() == ThresholdResult.Outcome.FAILED).count();
        long voided = result.thresholds().stream().filter(threshold -> threshold.outcome() == ThresholdResult.Outcome.VOID).count();
        boolean broken = unusable(result.verdict());
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(String.format(Locale.ROOT,
                "<testsuite name=\"suiload thresholds\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"0\" time=\"%.3f\" timestamp=\"%s\">%n",
                result.thresholds().size() + 1, failed, voided + (broken ? 1 : 0), result.run().took().toMillis() / 1000.0,
                escape(result.run().started().toString())));
        result.thresholds().forEach(threshold -> threshold(xml, threshold));
        testCase(xml, "run", "verdict", broken ? problem("error", result.verdict().kind().name(), result.verdict().reason()) : "");
        return xml.append("</testsuite>\n").toString();
    }

    /** A run that judged nothing: the thresholds alone would not show it. */
    private static boolean unusable(Verdict verdict) {
        return switch (verdict.kind()) {
            case HELD, THRESHOLD_FAILED -> false;
            case UNFIT, UNREACHABLE, BAD_SETTINGS, INTERRUPTED -> true;
        };
    }

    private static void threshold(StringBuilder xml, ThresholdResult threshold) {
        String was = threshold.observed().isPresent() ? "was " + Figures.plain(threshold.observed().getAsDouble()) : "";
        String message = threshold.reason().isEmpty() ? was : was.isEmpty() ? threshold.reason() : was + ": " + threshold.reason();
        testCase(xml, threshold.metric(), threshold.expression(), switch (threshold.outcome()) {
            case HELD -> "";
            case FAILED -> problem("failure", "threshold", message);
            case VOID -> problem("error", "void", message);
        });
    }

    private static void testCase(StringBuilder xml, String className, String name, String content) {
        xml.append("  <testcase classname=\"").append(escape(className)).append("\" name=\"").append(escape(name));
        xml.append(content.isEmpty() ? "\"/>\n" : "\">" + content + "</testcase>\n");
    }

    private static String problem(String element, String type, String message) {
        return "<" + element + " type=\"" + escape(type) + "\" message=\"" + escape(message) + "\"/>";
    }

    /** XML 1.0 has no place for control characters, not even escaped. */
    private static String escape(String text) {
        return Html.escape(text.replaceAll("[\\p{Cntrl}\\x{fffe}\\x{ffff}]", " "));
    }
}
