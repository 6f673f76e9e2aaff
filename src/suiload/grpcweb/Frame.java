package suiload.grpcweb;

import java.nio.charset.StandardCharsets;

/** One gRPC-Web frame: a message, or the trailers that end a response (facts: sui-grpc.md section 1.3). */
public record Frame(int flags, byte[] payload) {
    static final int HEADER_LENGTH = 5;
    static final int COMPRESSED = 0x01;
    static final int TRAILERS = 0x80;

    public static Frame message(byte[] payload) {
        return new Frame(0, payload);
    }

    public static Frame trailers(Trailers trailers) {
        return new Frame(TRAILERS, trailers.text().getBytes(StandardCharsets.US_ASCII));
    }

    public boolean isTrailers() {
        return (flags & TRAILERS) != 0;
    }

    /** Compression is never asked for, so a compressed frame is an error to both sides. */
    public boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }

    /** @throws GrpcException DATA_LOSS unless this is a trailers frame of ASCII text */
    public Trailers trailers() {
        if (!isTrailers()) throw new GrpcException(GrpcStatus.DATA_LOSS, "not a trailers frame");
        return Trailers.parse(new String(payload, StandardCharsets.ISO_8859_1));
    }

    /** Flags, length, payload. */
    public byte[] encode() {
        byte[] encoded = new byte[HEADER_LENGTH + payload.length];
        writeTo(encoded, 0);
        return encoded;
    }

    int encodedLength() {
        return HEADER_LENGTH + payload.length;
    }

    void writeTo(byte[] target, int offset) {
        target[offset] = (byte) flags;
        for (int i = 0; i < 4; i++) target[offset + 1 + i] = (byte) (payload.length >>> 8 * (3 - i));
        System.arraycopy(payload, 0, target, offset + HEADER_LENGTH, payload.length);
    }
}
