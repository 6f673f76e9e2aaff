package suiload.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run made slower on purpose is found out by name; the same run again is not. */
class CompareTest {
    @TempDir
    Path folder;
    private String base;

    private record Ending(int code, String out, String err) {}

    @BeforeEach
    void writeBase() throws IOException {
        base = write("base.json", SampleRun.good());
    }

    @Test
    void aSlowerRunIsARegressionThatNamesTheMetric() throws IOException {
        Ending ending = compare(base, write("now.json", SampleRun.slower(1.5)));
        assertEquals(99, ending.code);
        assertTrue(ending.out.contains("| sendMessage_latency | p(95) |"), ending.out);
        assertTrue(ending.out.lines().anyMatch(line -> line.startsWith("Worse than")
                && line.contains("sendMessage_latency med 1350 → 2025 (+50.0 %)")),
                ending.out);
        assertTrue(ending.out.contains("\n| metric | figure |"));
    }

    @Test
    void theSameRunAndAFasterOneAreNone() throws IOException {
        assertEquals(0, compare(base, base).code);
        Ending faster = compare(base, write("now.json", SampleRun.slower(0.5)));
        assertEquals(0, faster.code);
        assertTrue(faster.out.contains("better"));
    }

    @Test
    void aMetricThatIsGoneIsSaid() throws IOException {
        String former = Files.readString(Path.of(base)).replace("\"sendMessage_latency\"", "\"former_latency\"");
        Ending ending = compare(Files.writeString(folder.resolve("former.json"), former).toString(), base);
        assertTrue(ending.out.contains("Without a sample in the later run: former_latency\n"), ending.out);
    }

    /** No figure of a run whose driver was unfit counts: neither against it nor for it. */
    @Test
    void aVoidRunIsNotJudged() throws IOException {
        String summary = Files.readString(Path.of(write("slow.json", SampleRun.slower(1.5))));
        String unfit = Files.writeString(folder.resolve("unfit.json"), summary.replace("\"threshold_failed\"", "\"unfit\"")).toString();
        for (String[] files : new String[][] {{base, unfit}, {unfit, base}}) {
            Ending ending = compare(files);
            assertEquals(97, ending.code, ending.out);
            assertTrue(ending.out.contains("Not judged: ") && ending.out.contains(" run is void"), ending.out);
        }
    }

    /** When most failed, the latencies are those of the survivors; what is left to judge are the failures. */
    @Test
    void voidLatenciesAreNotJudged() throws IOException {
        String summary = Files.readString(Path.of(write("slow.json", SampleRun.slower(1.5))));
        String failed = Files.writeString(folder.resolve("failed.json"), summary.replaceFirst("\"outcome\" *: *\"held\"", "\"outcome\":\"failed\"")).toString();
        Ending ending = compare(base, failed);
        assertNotEquals(summary, Files.readString(Path.of(failed)));
        assertFalse(ending.out.contains("sendMessage_latency med 1350"), ending.out);
    }

    @Test
    void theToleranceDecides() throws IOException {
        String now = write("now.json", SampleRun.slower(1.5));
        assertEquals(0, compare(base, now, "--tolerance=60%").code);
        assertEquals(99, compare(base, now, "--tolerance=0.4").code);
    }

    /** Three milliseconds that become five are a scheduler's whim, whatever the per cent say. */
    @Test
    void slightDifferencesAreNotJudged() throws IOException {
        Ending ending = compare(base, write("now.json", SampleRun.slower(1.5)));
        assertFalse(ending.out.substring(ending.out.indexOf("Worse than")).contains("fetchChannelMessagesByTableId_latency med"),
                ending.out);
    }

    /** A node call in ten thousand polls where there was none is an infinite growth, and nothing. */
    @Test
    void aFewNodeCallsMoreAreNotJudged() throws IOException {
        String summary = Files.readString(Path.of(base));
        String none = Files.writeString(folder.resolve("none.json"), withPolls(summary, "0")).toString();
        assertEquals(0, compare(none, Files.writeString(folder.resolve("few.json"), withPolls(summary, "0.03")).toString()).code);
        Ending many = compare(none, Files.writeString(folder.resolve("many.json"), withPolls(summary, "5")).toString());
        assertEquals(99, many.code);
        assertTrue(many.out.contains("node_calls_per_1000_polls value 0 → 5 (from 0)"), many.out);
    }

    private static String withPolls(String summary, String value) {
        return summary.replaceFirst("(?s)(\"node_calls_per_1000_polls\".*?\"value\" ?: ?)0.31", "$1" + value);
    }

    @Test
    void whatCannotBeComparedIsSaidInOneLine() throws IOException {
        String broken = Files.writeString(folder.resolve("broken.json"), "{").toString();
        String other = Files.writeString(folder.resolve("other.json"), "{}").toString();
        for (String[] arguments : new String[][] {{}, {base, "nowhere.json"}, {base, broken}, {base, other},
                {base, base, "--tolerance=much"},
                {base, base, "--tolerance=-1%"}, {base, base, "--fast"}}) {
            Ending ending = compare(arguments);
            assertEquals(104, ending.code, String.join(" ", arguments));
            assertTrue(ending.err.startsWith("suiload compare: ") && ending.out.isEmpty(), ending.err);
        }
    }

    private String write(String name, RunResult result) throws IOException {
        return Files.writeString(folder.resolve(name), SummaryJson.text(result)).toString();
    }

    @Test
    void theLastRunIsWhereItsReportsWent() {
        Ending ending = compare(Map.of("OUT", folder.toString()), base);
        assertEquals(104, ending.code);
        assertTrue(ending.err.contains("there is no " + folder.resolve("summary.json")), ending.err);
        Ending two = compare(Map.of("OUT", " "), base, base);
        assertTrue(two.out.startsWith("`" + base + "` against `" + base + "`\n"), two.out);
    }

    private static Ending compare(String... arguments) {
        return compare(Map.of(), arguments);
    }

    private static Ending compare(Map<String, String> environment, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var capturedOut = new ByteArrayOutputStream();
        var capturedErr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(capturedOut, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(capturedErr, true, StandardCharsets.UTF_8));
            int code = CompareMain.run(arguments, environment);
            return new Ending(code, capturedOut.toString(StandardCharsets.UTF_8), capturedErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
