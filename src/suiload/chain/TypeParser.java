package suiload.chain;

import java.util.ArrayList;
import java.util.List;

/** A recursive-descent reader of type text. */
final class TypeParser {
    private final String text;
    private int position;

    private final int depthMax;

    /** @param depthMax deepest nesting that is read */
    TypeParser(String text, int depthMax) {
        this.text = text;
        this.depthMax = depthMax;
    }

    TypeTag whole() {
        TypeTag tag = type(0);
        skipSpaces();
        if (position != text.length()) throw bad("nothing more expected");
        return tag;
    }

    private TypeTag type(int depth) {
        if (depth > depthMax) throw bad("nested deeper than " + depthMax);
        String word = word();
        for (TypeTag.Primitive primitive : TypeTag.Primitive.values()) if (primitive.text.equals(word)) return primitive;
        if (word.equals("vector")) {
            expect("<");
            TypeTag element = type(depth + 1);
            expect(">");
            return new TypeTag.Vector(element);
        }
        return new TypeTag.Struct(struct(word, depth));
    }

    private StructTag struct(String address, int depth) {
        if (!address.startsWith("0x")) throw bad("a primitive, vector<…> or 0xADDRESS::module::Name expected");
        expect("::");
        String module = identifier();
        expect("::");
        String name = identifier();
        List<TypeTag> arguments = new ArrayList<>();
        skipSpaces();
        if (accept("<")) {
            do arguments.add(type(depth + 1)); while (accept(","));
            expect(">");
        }
        return new StructTag(Address.parse(address), module, name, arguments);
    }

    private String identifier() {
        String word = word();
        if (word.isEmpty() || Character.isDigit(word.charAt(0)) || word.length() > 128) throw bad("an identifier expected");
        return word;
    }

    private String word() {
        skipSpaces();
        int start = position;
        while (position < text.length() && isWord(text.charAt(position))) position++;
        return text.substring(start, position);
    }

    private static boolean isWord(char c) {
        return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private void expect(String token) {
        if (!accept(token)) throw bad("'" + token + "' expected");
    }

    private boolean accept(String token) {
        skipSpaces();
        if (!text.startsWith(token, position)) return false;
        position += token.length();
        return true;
    }

    private void skipSpaces() {
        while (position < text.length() && text.charAt(position) == ' ') position++;
    }

    private IllegalArgumentException bad(String what) {
        return new IllegalArgumentException("not a type, at position " + position + ": " + what);
    }
}
