package suiload.grpcweb;

import java.util.Locale;
import java.util.Optional;

/** How frames travel: as they are, or in Base64 for clients that cannot read binary streams (facts: sui-grpc.md section 1.2). */
public enum Mode {
    BINARY("application/grpc-web+proto"),
    TEXT("application/grpc-web-text+proto");

    private final String contentType;

    Mode(String contentType) {
        this.contentType = contentType;
    }

    /** The type both sides write; clients compare it exactly, so nothing may be appended. */
    public String contentType() {
        return contentType;
    }

    /** The mode of a Content-Type, parameters aside; empty for anything that is not gRPC-Web. */
    public static Optional<Mode> of(String contentType) {
        int end = contentType.indexOf(';');
        String bare = (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return switch (bare) {
            case "application/grpc-web", "application/grpc-web+proto" -> Optional.of(BINARY);
            case "application/grpc-web-text", "application/grpc-web-text+proto" -> Optional.of(TEXT);
            default -> Optional.empty();
        };
    }

    /** The mode of an answer: text only where Accept names it alone, as nodes decide. */
    public static Mode accepted(String accept) {
        return accept.equals("application/grpc-web-text") || accept.equals(TEXT.contentType) ? TEXT : BINARY;
    }
}
