package suiload.crypto;

import java.math.BigInteger;

/** Base58 with the Bitcoin alphabet: the text form of Sui digests. Leading zero bytes are leading {@code 1}s. */
public final class Base58 {
    private Base58() {}

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    /** Longer inputs are refused: decoding is quadratic, and a digest has at most 44 characters. */
    private static final int MAX_LENGTH = 128;

    public static String encode(byte[] bytes) {
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) zeros++;
        // Long division by hand: every transaction's digest is printed, and BigInteger makes a dozen objects a character.
        byte[] rest = bytes.clone();
        char[] text = new char[2 * bytes.length];
        int at = text.length;
        for (int from = zeros; from < rest.length; ) {
            int remainder = 0;
            for (int i = from; i < rest.length; i++) {
                int value = remainder << 8 | rest[i] & 0xff;
                rest[i] = (byte) (value / 58);
                remainder = value % 58;
            }
            text[--at] = ALPHABET.charAt(remainder);
            while (from < rest.length && rest[from] == 0) from++;
        }
        return "1".repeat(zeros) + new String(text, at, text.length - at);
    }

    /** @throws IllegalArgumentException on a character outside the alphabet or more than 128 characters */
    public static byte[] decode(String text) {
        if (text.length() > MAX_LENGTH) throw new IllegalArgumentException("Base58 text longer than " + MAX_LENGTH + " characters");
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') zeros++;
        BigInteger value = BigInteger.ZERO;
        for (int i = zeros; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) throw new IllegalArgumentException("not a Base58 character at position " + i);
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] magnitude = value.signum() == 0 ? new byte[0] : value.toByteArray();
        int skip = magnitude.length > 0 && magnitude[0] == 0 ? 1 : 0;
        byte[] result = new byte[zeros + magnitude.length - skip];
        System.arraycopy(magnitude, skip, result, zeros, magnitude.length - skip);
        return result;
    }

}
