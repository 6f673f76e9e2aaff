package suiload.grpcweb;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import suiload.grpcweb.proto.Status;

/**
 * The metadata that ends a response: the status, its message and its details (facts: sui-grpc.md section 1.5). Names are lower case,
 * because a client reads an upper-case status as success.
 */
public record Trailers(Map<String, String> values) {
    public static final String STATUS = "grpc-status";
    public static final String MESSAGE = "grpc-message";
    public static final String DETAILS = "grpc-status-details-bin";
    public static final Trailers OK = new Trailers(Map.of(STATUS, "0"));

    /** The trailers, or headers of an answer without a body, that report an error. */
    public static Trailers of(GrpcException error) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(STATUS, Integer.toString(error.status().code()));
        values.put(MESSAGE, PercentCode.encode(error.getMessage()));
        if (!error.details().isEmpty()) {
            values.put(DETAILS, Base64.getEncoder().withoutPadding().encodeToString(error.toProto().toByteArray()));
        }
        return new Trailers(values);
    }

    /** Reads an HTTP/1 header block, leniently: names in any case, lines that are no header skipped. */
    public static Trailers parse(String block) {
        Map<String, String> values = new LinkedHashMap<>();
        block.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) values.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        });
        return new Trailers(values);
    }

    String text() {
        var text = new StringBuilder(64);
        values.forEach((name, value) -> text.append(name).append(':').append(value).append("\r\n"));
        return text.toString();
    }

    /** The status; OK where there is none, as clients assume; UNKNOWN where it is not a number. */
    public GrpcStatus status() {
        String code = values.getOrDefault(STATUS, "0");
        try {
            return GrpcStatus.of(Integer.parseInt(code));
        } catch (NumberFormatException e) {
            return GrpcStatus.UNKNOWN;
        }
    }

    public String message() {
        return PercentCode.decode(values.getOrDefault(MESSAGE, ""));
    }

    /** The details; none where they are absent or unreadable, for the status counts without them. */
    public List<Any> details() {
        String encoded = values.get(DETAILS);
        if (encoded == null) return List.of();
        try {
            return Status.parseFrom(Base64.getDecoder().decode(encoded)).getDetailsList();
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            return List.of();
        }
    }

    /** What a client throws for these trailers; empty when they say OK. */
    public Optional<GrpcException> error() {
        GrpcStatus status = status();
        return status == GrpcStatus.OK ? Optional.empty() : Optional.of(new GrpcException(status, message(), details()));
    }
}
