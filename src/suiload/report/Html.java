package suiload.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import suiload.json.Json;

/** Pieces of pages. Whatever comes from a run is escaped here: an error text of a server is anyone's text. */
final class Html {
    private Html() {}

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z.]+)}}");

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** JSON to stand between script tags, where {@code <} could end the element. */
    static String json(Object value) {
        return Json.text(value).replace("<", "\\u003c");
    }

    static String badge(String kind, String text) {
        return "<span class=\"badge " + kind + "\">" + escape(text) + "</span>";
    }

    static String tile(String figure, String label) {
        return "<div class=\"tile\"><b>" + escape(figure) + "</b><span>" + escape(label) + "</span></div>\n";
    }

    static String note(String text) {
        return "<p class=\"note\">" + escape(text) + "</p>\n";
    }

    /**
     * @param headings those that end in {@code #} stand over numbers
     * @param rows cells that are HTML already
     */
    static String table(List<String> headings, List<List<String>> rows) {
        String head = headings.stream().map(Html::heading).collect(Collectors.joining());
        String body = rows.stream().map(row -> "<tr>" + String.join("", row) + "</tr>\n").collect(Collectors.joining());
        return "<div class=\"scroll\"><table class=\"figures\"><tr>" + head + "</tr>\n" + body + "</table></div>";
    }

    private static String heading(String text) {
        boolean number = text.endsWith("#");
        return (number ? "<th class=\"number\">" : "<th>") + escape(number ? text.substring(0, text.length() - 1) : text) + "</th>";
    }

    static String cell(String text) {
        return "<td>" + escape(text) + "</td>";
    }

    static String name(String text) {
        return "<td class=\"name\">" + escape(text) + "</td>";
    }

    static String number(String text) {
        return "<td class=\"number\">" + escape(text) + "</td>";
    }

    /** Names and values side by side. */
    static String pairs(Map<String, String> values) {
        return table(List.of("name", "value"), values.entrySet().stream()
                .map(entry -> List.of(name(entry.getKey()), cell(entry.getValue()))).toList());
    }

    /**
     * A page out of a template beside this class: each {@code {{name}}} becomes its value, or the file of that name.
     *
     * @throws IllegalStateException when a place has neither
     */
    static String page(String template, Map<String, String> values) {
        return PLACE.matcher(resource(template)).replaceAll(place -> Matcher.quoteReplacement(switch (place.group(1)) {
            case "uplot.js" -> UPlot.script();
            case "uplot.css" -> UPlot.style();
            case "page.css", "charts.js" -> resource(place.group(1));
            default -> {
                String value = values.get(place.group(1));
                if (value == null) throw new IllegalStateException(template + " has a place for '" + place.group(1)
                        + "', which is not given");
                yield value;
            }
        }));
    }

    private static String resource(String name) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("not on the class path: " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
