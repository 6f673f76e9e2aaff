package suiload.metrics;

import java.util.ArrayList;
import java.util.List;

/** Label names and values of one time series, in the order given. */
record Labels(List<String> pairs) implements Comparable<Labels> {
    static Labels of(String... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("a label without a value");
        }
        return new Labels(List.of(pairs));
    }

    Labels with(String name, String value) {
        List<String> more = new ArrayList<>(pairs);
        more.add(name);
        more.add(value);
        return new Labels(List.copyOf(more));
    }

    void line(String name, double value, StringBuilder out) {
        out.append(name);
        if (!pairs.isEmpty()) {
            out.append('{').append(this).append('}');
        }
        out.append(' ').append(Numbers.text(value)).append('\n');
    }

    @Override
    public int compareTo(Labels other) {
        return toString().compareTo(other.toString());
    }

    /** {@code a="1",b="2"}, escaped. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.size(); i += 2) {
            text.append(i == 0 ? "" : ",").append(pairs.get(i)).append("=\"").append(escaped(pairs.get(i + 1))).append('"');
        }
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
