package suiload.grpcweb;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Decodes Base64 group by group: a text body is a concatenation of padded pieces, which none of the JDK's decoders
 * reads past the first padding (facts: sui-grpc.md section 1.4). Line breaks and spaces are skipped, both alphabets read.
 */
final class Base64Stream extends InputStream {
    private static final int PADDING = -2;
    private static final int SPACE = -3;
    private static final int INVALID = -1;
    private static final byte[] VALUES = values();

    private final InputStream in;
    private final byte[] group = new byte[3];
    private int position;
    private int available;

    Base64Stream(InputStream in) {
        this.in = in;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) INVALID);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < 64; i++) values[alphabet.charAt(i)] = (byte) i;
        values['-'] = 62;
        values['_'] = 63;
        values['='] = PADDING;
        for (char space : " \t\r\n".toCharArray()) values[space] = SPACE;
        return values;
    }

    /** @throws GrpcException DATA_LOSS on anything but Base64 of whole groups */
    static byte[] decode(byte[] text) {
        try {
            return new Base64Stream(new java.io.ByteArrayInputStream(text)).readAllBytes();
        } catch (IOException e) {
            throw new GrpcException(GrpcStatus.DATA_LOSS, e.getMessage());
        }
    }

    @Override
    public int read() throws IOException {
        if (position == available && !fill()) return -1;
        return group[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = 0;
        // After the first group only what is there already: a stream must hand on a message when it has arrived.
        while (count < length && (position < available || count == 0 || in.available() >= 4) && (position < available || fill())) {
            target[offset + count++] = group[position++];
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    private boolean fill() throws IOException {
        int bits = 0;
        int characters = 0;
        int padding = 0;
        while (characters < 4) {
            int next = in.read();
            if (next < 0) {
                if (characters == 0) return false;
                throw new EOFException("Base64 ends inside a group");
            }
            int value = VALUES[next];
            if (value == SPACE) continue;
            boolean valid = value == PADDING || value != INVALID && padding == 0;
            if (!valid) throw new IOException("not Base64: byte 0x" + Integer.toHexString(next));
            if (value == PADDING) padding++;
            bits = bits << 6 | Math.max(value, 0);
            characters++;
        }
        if (padding > 2) throw new IOException("not Base64: a group of padding");
        for (int i = 0; i < 3; i++) group[i] = (byte) (bits >>> 8 * (2 - i));
        position = 0;
        available = 3 - padding;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
