package suiload.grpcweb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: errors survive the way through a header block. Method: the examples of facts/sui-grpc.md section 1.5. */
class TrailersTest {
    private static final String DETAILS = "CAMSG2ludmFsaWQgcmVhZF9tYXNrIHBhdGg6IGZvbxpTChYvZ29vZ2xlLnJwYy5CYWRSZXF1ZXN0EjkKNwo"
            + "JcmVhZF9tYXNrEhtpbnZhbGlkIHJlYWRfbWFzayBwYXRoOiBmb28aDUZJRUxEX0lOVkFMSUQ";

    @Test
    void writesStatusMessageAndDetails() {
        Trailers trailers = Trailers.of(GrpcException.invalid("read_mask", "invalid read_mask path: foo"));
        assertEquals("3", trailers.values().get("grpc-status"));
        assertEquals("invalid%20read_mask%20path:%20foo", trailers.values().get("grpc-message"));
        assertEquals(DETAILS, trailers.values().get("grpc-status-details-bin"));
    }

    @Test
    void comesBackAsTheSameError() {
        var error = new GrpcException(GrpcStatus.NOT_FOUND, "Objekt „0x6“ <nicht>\r\ngefunden 100%");
        GrpcException read = Trailers.parse(Trailers.of(error).text()).error().orElseThrow();
        assertEquals(error.status(), read.status());
        assertEquals(error.getMessage(), read.getMessage());
        assertEquals(1, new Trailers(Map.of("grpc-status", "3", "grpc-status-details-bin", DETAILS)).details().size());
        assertEquals(1, new Trailers(Map.of("grpc-status", "3", "grpc-status-details-bin", DETAILS + "=")).details().size());
    }

    @Test
    void readsLeniently() {
        assertEquals(GrpcStatus.NOT_FOUND, Trailers.parse("Grpc-Status: 5\nnonsense\n").status());
        assertEquals("100% %zz", Trailers.parse("grpc-status:5\r\ngrpc-message:100%%20%zz\r\n").message());
        assertEquals(GrpcStatus.UNKNOWN, Trailers.parse("grpc-status:x\r\n").status());
        assertEquals(GrpcStatus.UNKNOWN, Trailers.parse("grpc-status:99\r\n").status());
        assertTrue(Trailers.parse("").error().isEmpty());
        assertTrue(new Trailers(Map.of("grpc-status", "3", "grpc-status-details-bin", "!!")).details().isEmpty());
    }

    @Test
    void modesByContentType() {
        assertEquals(Mode.TEXT, Mode.of("application/grpc-web-text; charset=utf-8").orElseThrow());
        assertEquals(Mode.BINARY, Mode.of("application/grpc-web").orElseThrow());
        assertTrue(Mode.of("application/grpc").isEmpty());
        assertEquals(Mode.TEXT, Mode.accepted("application/grpc-web-text"));
        assertEquals(Mode.BINARY, Mode.accepted("application/grpc-web-text, */*"));
        assertEquals(GrpcStatus.UNAVAILABLE, GrpcStatus.ofHttp(502));
        assertEquals(GrpcStatus.OK, GrpcStatus.ofHttp(204));
        assertEquals(GrpcStatus.UNKNOWN, GrpcStatus.ofHttp(418));
    }
}
