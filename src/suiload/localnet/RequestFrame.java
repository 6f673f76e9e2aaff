package suiload.localnet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.util.List;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Mode;

/** The one message that a request body holds. */
final class RequestFrame {
    private RequestFrame() {}

    /** @throws GrpcException when the body is anything but one uncompressed message frame */
    static byte[] message(Mode mode, byte[] body) {
        List<Frame> frames;
        try {
            frames = Frames.decode(mode, body);
        } catch (GrpcException malformed) {
            throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "malformed body: " + malformed.getMessage());
        }
        if (frames.size() != 1) throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "one message expected, not " + frames.size());
        Frame frame = frames.getFirst();
        if (frame.isCompressed()) throw new GrpcException(GrpcStatus.UNIMPLEMENTED, "compression is not supported");
        if (frame.isTrailers()) throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "a message expected, not trailers");
        return frame.payload();
    }

    static <Q> Q parse(Parser<Q> parser, byte[] message) {
        try {
            return parser.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "malformed message: " + e.getMessage());
        }
    }
}
