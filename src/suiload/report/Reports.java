package suiload.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what a finished run leaves in its folder. */
public final class Reports {
    private Reports() {}

    /** @return the files written, in the order in which a person should look at them */
    public static List<Path> write(RunResult result, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        written.add(write(folder.resolve("report.html"), HtmlReport.text(result)));
        written.add(write(folder.resolve("summary.json"), SummaryJson.text(result)));
        written.add(write(folder.resolve("junit.xml"), JunitXml.text(result)));
        written.add(write(folder.resolve("timeline.csv"), csv(result.timeline())));
        return written;
    }

    /** Half a character, as a cut or hostile error text may have, becomes a question mark: {@code writeString} would refuse all. */
    private static Path write(Path file, String text) throws IOException {
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A column for every figure, a row for every interval; empty where a figure was not known. */
    static String csv(Timeline timeline) {
        List<String> columns = timeline.columns();
        StringBuilder text = new StringBuilder("second,").append(columns.stream().map(Reports::quoted).collect(Collectors.joining(",")))
                .append('\n');
        for (Timeline.Row row : timeline.rows()) {
            text.append(Figures.plain(row.second()));
            columns.forEach(column -> text.append(',').append(row.values().containsKey(column) ? Figures.plain(row.values().get(column))
                    : ""));
            text.append('\n');
        }
        return text.toString();
    }

    private static String quoted(String name) {
        return name.matches("[\\w:. -]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
