package suiload.load;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal that knows the few control sequences we use: what is on it in the end. */
final class Screen {
    private static final Pattern PART = Pattern.compile("\u001b\\[(\\??\\d*)([A-Za-z])|[\r\n]|[^\u001b\r\n]+");

    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    private Screen() {}

    /** Rows without trailing blanks and empty last ones. */
    static List<String> of(String written) {
        Screen screen = new Screen();
        Matcher parts = PART.matcher(written);
        while (parts.find()) screen.part(parts);
        List<String> rows = new ArrayList<>(screen.rows.stream().map(line -> line.toString().stripTrailing()).toList());
        while (!rows.isEmpty() && rows.getLast().isEmpty()) rows.removeLast();
        return rows;
    }

    private void part(Matcher part) {
        switch (part.group()) {
            case "\r" -> column = 0;
            case "\n" -> {
                column = 0;
                if (++row == rows.size()) rows.add(new StringBuilder());
            }
            default -> {
                if (part.group(2) == null) write(part.group());
                else control(part.group(1), part.group(2));
            }
        }
    }

    private void write(String text) {
        StringBuilder line = rows.get(row);
        while (line.length() < column) line.append(' ');
        line.replace(column, Math.min(line.length(), column + text.length()), text);
        column += text.length();
    }

    private void control(String number, String command) {
        switch (command) {
            case "A" -> row -= Integer.parseInt(number);
            case "K" -> rows.get(row).setLength(0);
            case "J" -> {
                rows.get(row).setLength(Math.min(column, rows.get(row).length()));
                while (rows.size() > row + 1) rows.removeLast();
            }
            case "h", "l" -> { }
            default -> throw new AssertionError("unknown sequence " + number + command);
        }
    }
}
