package suiload.vectors;

import java.util.ArrayList;
import java.util.List;

/** Reads a type name such as {@code map<u8,vector<option<string>>>} into its shape. */
final class ShapeParser {
    private static final int MAX_DEPTH = 32;

    private final String text;
    private int position;

    private ShapeParser(String text) {
        this.text = text.replace(" ", "");
    }

    /** @throws Mismatch when the name is no type of the vector files */
    static Shape<?> parse(String name) {
        var parser = new ShapeParser(name);
        Shape<?> shape = parser.type(0);
        if (parser.position != parser.text.length()) throw parser.unknown();
        return shape;
    }

    private Shape<?> type(int depth) {
        if (depth > MAX_DEPTH) throw unknown();
        String word = word();
        return switch (word) {
            case "vector" -> vector(parameters(depth, 1).getFirst());
            case "option" -> Shapes.option(parameters(depth, 1).getFirst());
            case "map" -> {
                List<Shape<?>> both = parameters(depth, 2);
                yield Shapes.map(both.get(0), both.get(1));
            }
            case "tuple" -> Shapes.tuple(parameters(depth, 0));
            case "bytes" -> Shapes.fixedBytes(length());
            default -> Shapes.plain(word).or(() -> ChainShapes.named(word)).orElseThrow(this::unknown);
        };
    }

    private static Shape<?> vector(Shape<?> item) {
        return item == Shapes.U8 ? Shapes.BYTES : Shapes.vector(item);
    }

    /** The shapes between angle brackets; {@code count} of them, or any number when it is 0. */
    private List<Shape<?>> parameters(int depth, int count) {
        List<Shape<?>> shapes = new ArrayList<>();
        expect('<');
        do shapes.add(type(depth + 1)); while (accept(','));
        expect('>');
        if (count != 0 && shapes.size() != count) throw unknown();
        return shapes;
    }

    private int length() {
        expect('[');
        String digits = word();
        expect(']');
        if (!digits.matches("[0-9]{1,6}")) throw unknown();
        return Integer.parseInt(digits);
    }

    private String word() {
        int start = position;
        while (position < text.length() && Character.isLetterOrDigit(text.charAt(position))) position++;
        return text.substring(start, position);
    }

    private void expect(char c) {
        if (!accept(c)) throw unknown();
    }

    private boolean accept(char c) {
        if (position >= text.length() || text.charAt(position) != c) return false;
        position++;
        return true;
    }

    private Mismatch unknown() {
        return new Mismatch("unknown type '" + text + "'");
    }
}
