package suiload.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bech32 (BIP-173, not Bech32m): the text form of a Sui private key. */
final class Bech32 {
    private Bech32() {}

    private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;

    static String encode(String prefix, byte[] payload) {
        List<Integer> words = regroup(toInts(payload), 8, 5, true);
        List<Integer> all = new ArrayList<>(words);
        all.addAll(checksum(prefix, words));
        var text = new StringBuilder(prefix).append('1');
        all.forEach(word -> text.append(CHARSET.charAt(word)));
        return text.toString();
    }

    /** @throws IllegalArgumentException saying what is wrong, never showing the text: it is a secret */
    static byte[] decode(String prefix, String text) {
        if (text.length() > 90) throw new IllegalArgumentException("longer than 90 characters");
        String lower = text.toLowerCase(Locale.ROOT);
        if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("mixes upper and lower case");
        }
        int separator = lower.lastIndexOf('1');
        if (separator < 0 || !lower.substring(0, separator).equals(prefix)) {
            throw new IllegalArgumentException("does not begin with " + prefix + "1");
        }
        List<Integer> words = new ArrayList<>();
        for (char c : lower.substring(separator + 1).toCharArray()) {
            int word = CHARSET.indexOf(c);
            if (word < 0) throw new IllegalArgumentException("has a character outside the Bech32 alphabet");
            words.add(word);
        }
        if (words.size() < CHECKSUM || polymod(prefix, words) != 1) throw new IllegalArgumentException("checksum does not match");
        List<Integer> bytes = regroup(words.subList(0, words.size() - CHECKSUM), 5, 8, false);
        byte[] payload = new byte[bytes.size()];
        for (int i = 0; i < payload.length; i++) payload[i] = (byte) (int) bytes.get(i);
        return payload;
    }

    private static List<Integer> checksum(String prefix, List<Integer> words) {
        List<Integer> padded = new ArrayList<>(words);
        for (int i = 0; i < CHECKSUM; i++) padded.add(0);
        int polymod = polymod(prefix, padded) ^ 1;
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < CHECKSUM; i++) result.add(polymod >>> 5 * (CHECKSUM - 1 - i) & 31);
        return result;
    }

    private static int polymod(String prefix, List<Integer> words) {
        List<Integer> values = new ArrayList<>();
        prefix.chars().forEach(c -> values.add(c >>> 5));
        values.add(0);
        prefix.chars().forEach(c -> values.add(c & 31));
        values.addAll(words);
        int state = 1;
        for (int value : values) {
            int top = state >>> 25;
            state = (state & 0x1ffffff) << 5 ^ value;
            for (int i = 0; i < 5; i++) if ((top >>> i & 1) == 1) state ^= GENERATOR[i];
        }
        return state;
    }

    private static List<Integer> regroup(List<Integer> values, int from, int to, boolean pad) {
        List<Integer> result = new ArrayList<>();
        int accumulator = 0;
        int bits = 0;
        for (int value : values) {
            accumulator = (accumulator << from | value) & 0xfff;
            bits += from;
            while (bits >= to) {
                bits -= to;
                result.add(accumulator >>> bits & (1 << to) - 1);
            }
        }
        int left = accumulator & (1 << bits) - 1;
        if (pad && bits > 0) result.add(left << to - bits & (1 << to) - 1);
        if (!pad && (bits >= from || left != 0)) throw new IllegalArgumentException("has non-zero padding");
        return result;
    }

    private static List<Integer> toInts(byte[] bytes) {
        List<Integer> result = new ArrayList<>();
        for (byte b : bytes) result.add(b & 0xff);
        return result;
    }
}
