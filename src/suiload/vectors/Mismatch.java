package suiload.vectors;

import java.util.Objects;

/** A case that did not hold; the message says what differs. */
final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** Values are shown up to this many characters: a transaction's hex would bury the rest. */
    private static final int SHOWN = 200;

    Mismatch(String message) {
        super(message);
    }

    /** @throws Mismatch naming {@code what} when the two are not equal */
    static void unlessEqual(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) throw new Mismatch(what + ": expected " + shown(expected) + ", got " + shown(actual));
    }

    static void unless(boolean holds, String message) {
        if (!holds) throw new Mismatch(message);
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…(" + text.length() + " characters)";
    }
}
