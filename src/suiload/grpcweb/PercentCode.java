package suiload.grpcweb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The percent-encoding of grpc-message: what is not plain ASCII, as nodes encode it; read leniently. */
final class PercentCode {
    private PercentCode() {}

    private static final String ALSO_ENCODED = "% \"#<>`?{}";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    static String encode(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (c >= 0x20 && c <= 0x7e && ALSO_ENCODED.indexOf(c) < 0) encoded.append(c);
            else encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
        }
        return encoded.toString();
    }

    /** An invalid % sequence stays as text. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) return text;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write(high << 4 | low);
                i += 2;
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
