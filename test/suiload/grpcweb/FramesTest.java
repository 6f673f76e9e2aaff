package suiload.grpcweb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.FieldMask;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import suiload.grpcweb.proto.Epoch;
import suiload.grpcweb.proto.GetEpochRequest;
import suiload.grpcweb.proto.GetEpochResponse;
import suiload.grpcweb.proto.GetServiceInfoRequest;
import suiload.grpcweb.proto.Owner;
import suiload.grpcweb.proto.SimulateTransactionRequest;

/** Goal: bytes equal to those of real nodes and clients. Method: the golden bytes of facts/sui-grpc.md section 1.3, split and spoiled. */
class FramesTest {
    private static final int LIMIT = 1 << 20;
    private static final GetEpochRequest EPOCH_REQUEST =
            GetEpochRequest.newBuilder().setReadMask(FieldMask.newBuilder().addPaths("reference_gas_price")).build();
    private static final GetEpochResponse EPOCH_RESPONSE =
            GetEpochResponse.newBuilder().setEpoch(Epoch.newBuilder().setReferenceGasPrice(1000)).build();

    @Test
    void goldenMessages() {
        assertFrame(Frame.message(GetServiceInfoRequest.getDefaultInstance().toByteArray()), "0000000000", "AAAAAAA=");
        assertFrame(Frame.message(EPOCH_REQUEST.toByteArray()), "000000001712150a137265666572656e63655f6761735f7072696365",
                "AAAAABcSFQoTcmVmZXJlbmNlX2dhc19wcmljZQ==");
        assertFrame(Frame.message(EPOCH_RESPONSE.toByteArray()), "00000000050a0340e807", "AAAAAAUKA0DoBw==");
        assertFrame(Frame.trailers(Trailers.OK), "800000000f677270632d7374617475733a300d0a", "gAAAAA9ncnBjLXN0YXR1czowDQo=");
    }

    @Test
    void explicitZerosAreWritten() {
        assertEquals("08031801", hex(Owner.newBuilder().setKind(Owner.OwnerKind.SHARED).setVersion(1).build().toByteArray()));
        var flags = SimulateTransactionRequest.newBuilder()
                .setChecks(SimulateTransactionRequest.TransactionChecks.ENABLED).setDoGasSelection(false).build();
        assertEquals("18002000", hex(flags.toByteArray()));
    }

    @Test
    void decodesWholeBodies() {
        byte[] body = Frames.encode(Mode.BINARY, Frame.message(EPOCH_RESPONSE.toByteArray()), Frame.trailers(Trailers.OK));
        var frames = Frames.decode(Mode.BINARY, body);
        assertEquals(2, frames.size());
        assertArrayEquals(EPOCH_RESPONSE.toByteArray(), frames.getFirst().payload());
        assertEquals(GrpcStatus.OK, frames.getLast().trailers().status());
        assertEquals(2, Frames.decode(Mode.TEXT, Frames.encode(Mode.TEXT, frames.toArray(Frame[]::new))).size());
    }

    @Test
    void readsTextOfSeparatelyPaddedPieces() throws IOException {
        String body = "AAAAAAUKA0DoBw==" + "\n" + "gAAAAA9ncnBjLXN0YXR1czowDQo=";
        assertEquals(2, Frames.decode(Mode.TEXT, body.getBytes(StandardCharsets.US_ASCII)).size());
        var stream = Frames.reading(drip(body.getBytes(StandardCharsets.US_ASCII)), Mode.TEXT, LIMIT);
        assertArrayEquals(EPOCH_RESPONSE.toByteArray(), stream.next().orElseThrow().payload());
        assertTrue(stream.next().orElseThrow().isTrailers());
        assertTrue(stream.next().isEmpty());
    }

    @Test
    void refusesWhatIsNoSequenceOfFrames() {
        for (String hex : new String[] {"00", "00000000", "000000000501", "00ffffffff00", "0080000000"}) {
            byte[] body = HexFormat.of().parseHex(hex);
            assertEquals(GrpcStatus.DATA_LOSS, assertThrows(GrpcException.class, () -> Frames.decode(Mode.BINARY, body)).status(), hex);
        }
        assertThrows(EOFException.class, () -> Frames.reading(drip(HexFormat.of().parseHex("000000000501")), Mode.BINARY, LIMIT).next());
        assertThrows(GrpcException.class, () -> Frames.reading(drip(HexFormat.of().parseHex("007fffffff01")), Mode.BINARY, LIMIT).next());
        for (String text : new String[] {"AAA", "A===", "AA=A", "AAA\u00e9", "===="}) {
            byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
            assertThrows(GrpcException.class, () -> Frames.decode(Mode.TEXT, body), text);
        }
    }

    @Test
    void mutatedBodiesAreReadOrRefused() {
        var random = new Random(11);
        byte[] golden = Frames.encode(Mode.BINARY, Frame.message(EPOCH_RESPONSE.toByteArray()), Frame.trailers(Trailers.OK));
        for (int i = 0; i < 20_000; i++) {
            byte[] body = golden.clone();
            for (int n = random.nextInt(3); n >= 0; n--) body[random.nextInt(body.length)] = (byte) random.nextInt();
            try {
                Mode mode = i % 2 == 0 ? Mode.BINARY : Mode.TEXT;
                Frames.decode(mode, body).stream().filter(Frame::isTrailers).forEach(frame -> frame.trailers().error());
            } catch (GrpcException e) {
                assertEquals(GrpcStatus.DATA_LOSS, e.status());
            }
        }
    }

    private static void assertFrame(Frame frame, String hex, String text) {
        assertEquals(hex, hex(frame.encode()));
        assertEquals(text, new String(Frames.encode(Mode.TEXT, frame), StandardCharsets.US_ASCII));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** A stream that gives at most two bytes a read. */
    private static InputStream drip(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(2, length));
            }
        };
    }
}
