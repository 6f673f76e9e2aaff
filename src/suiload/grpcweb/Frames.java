package suiload.grpcweb;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Frames of a body: whole bodies encoded and decoded at once, streams read frame by frame. */
public final class Frames {
    private final InputStream in;
    private final int maxPayload;

    private Frames(InputStream in, int maxPayload) {
        this.in = in;
        this.maxPayload = maxPayload;
    }

    /**
     * Reads frames as they arrive, across any splitting of the bytes.
     *
     * @param maxPayload largest payload accepted, in bytes
     */
    public static Frames reading(InputStream body, Mode mode, int maxPayload) {
        return new Frames(mode == Mode.TEXT ? new Base64Stream(body) : body, maxPayload);
    }

    /**
     * The next frame; empty where the body ends between two frames.
     *
     * @throws EOFException  when the body ends inside a frame
     * @throws GrpcException DATA_LOSS on a payload over the limit
     */
    public Optional<Frame> next() throws IOException {
        byte[] header = in.readNBytes(Frame.HEADER_LENGTH);
        if (header.length == 0) return Optional.empty();
        if (header.length < Frame.HEADER_LENGTH) throw new EOFException("body ends inside a frame header");
        int length = payloadLength(header, 0, maxPayload);
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) throw new EOFException("body ends inside a frame: " + payload.length + " of " + length + " bytes");
        return Optional.of(new Frame(header[0] & 0xff, payload));
    }

    /** The frames one after another; text mode makes one padded Base64 of them, so the body ends on a whole group. */
    public static byte[] encode(Mode mode, Frame... frames) {
        int length = 0;
        for (Frame frame : frames) length += frame.encodedLength();
        byte[] body = new byte[length];
        int offset = 0;
        for (Frame frame : frames) {
            frame.writeTo(body, offset);
            offset += frame.encodedLength();
        }
        return mode == Mode.TEXT ? Base64.getEncoder().encode(body) : body;
    }

    /**
     * All frames of a whole body.
     *
     * @throws GrpcException DATA_LOSS on bytes that are not a sequence of whole frames
     */
    public static List<Frame> decode(Mode mode, byte[] body) {
        byte[] raw = mode == Mode.TEXT ? Base64Stream.decode(body) : body;
        List<Frame> frames = new ArrayList<>(2);
        for (int offset = 0; offset < raw.length; ) {
            if (raw.length - offset < Frame.HEADER_LENGTH) throw lost("body ends inside a frame header");
            int length = payloadLength(raw, offset, raw.length - offset - Frame.HEADER_LENGTH);
            byte[] payload = new byte[length];
            System.arraycopy(raw, offset + Frame.HEADER_LENGTH, payload, 0, length);
            frames.add(new Frame(raw[offset] & 0xff, payload));
            offset += Frame.HEADER_LENGTH + length;
        }
        return frames;
    }

    private static int payloadLength(byte[] bytes, int offset, int max) {
        long length = 0;
        for (int i = 1; i <= 4; i++) length = length << 8 | bytes[offset + i] & 0xff;
        if (length > max) throw lost("frame of " + length + " bytes where at most " + max + " can be");
        return (int) length;
    }

    private static GrpcException lost(String what) {
        return new GrpcException(GrpcStatus.DATA_LOSS, what);
    }
}
