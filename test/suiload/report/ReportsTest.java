package suiload.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import suiload.json.Json;

/** The files for other programs: well-formed, and true to the run. */
class ReportsTest {
    @TempDir
    Path folder;

    @Test
    void junitHasACaseForEachThresholdAndOneForTheRun() throws IOException, ParserConfigurationException, SAXException {
        Reports.write(SampleRun.slower(3), folder);
        Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(folder.resolve("junit.xml").toFile());
        assertEquals("4", xml.getDocumentElement().getAttribute("tests"));
        assertEquals(4, xml.getElementsByTagName("testcase").getLength());
        assertEquals(1, xml.getElementsByTagName("failure").getLength());
        assertEquals(1, xml.getElementsByTagName("error").getLength());
        assertEquals("p(95)<4000", xml.getElementsByTagName("failure").item(0).getParentNode().getAttributes().getNamedItem("name")
                .getNodeValue());
    }

    @Test
    void theTimelineHasALinePerRowAndAColumnPerFigure() throws IOException {
        Reports.write(SampleRun.good(), folder);
        List<String> lines = Files.readAllLines(folder.resolve("timeline.csv"));
        Timeline timeline = SampleRun.good().timeline();
        assertEquals(timeline.rows().size() + 1, lines.size());
        assertTrue(lines.getFirst().startsWith("second,users_active,users_passive"));
        for (String line : lines) assertEquals(timeline.columns().size() + 1, line.split(",", -1).length, line);
        assertTrue(lines.get(60).startsWith("60,250,1000,"), lines.get(60));
    }

    /** An error text of somebody else's that was cut in the middle of a character. */
    @Test
    void halfACharacterDoesNotCostTheReports() throws IOException {
        RunResult good = SampleRun.good();
        Reports.write(new RunResult(good.run(), good.metrics(), good.thresholds(), good.timeline(), good.errors(), good.accounting(),
                List.of("half \ud83d"), good.verdict()), folder);
        for (String file : List.of("report.html", "summary.json")) {
            assertTrue(Files.readString(folder.resolve(file)).contains("half ?"), file);
        }
    }

    @Test
    void theSummaryIsWrittenToo() throws IOException {
        List<Path> written = Reports.write(SampleRun.good(), folder.resolve("new"));
        assertEquals(List.of("report.html", "summary.json", "junit.xml", "timeline.csv"), written.stream()
                .map(file -> file.getFileName().toString()).toList());
        Json summary = Json.parse(Files.readAllBytes(written.get(1)));
        assertEquals(37_500, summary.get("metrics").get("http_reqs").integer("count", 0, Long.MAX_VALUE));
    }
}
