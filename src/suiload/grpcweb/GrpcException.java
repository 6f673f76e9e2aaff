package suiload.grpcweb;

import com.google.protobuf.Any;
import java.util.List;
import suiload.grpcweb.proto.BadRequest;
import suiload.grpcweb.proto.Status;

/** A call that ended with a status other than OK: thrown by a server to answer so, by a client that was answered so. */
public final class GrpcException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String TYPE_PREFIX = "/google.rpc.";

    private final GrpcStatus status;
    private final transient List<Any> details;

    public GrpcException(GrpcStatus status, String message) {
        this(status, message, List.of());
    }

    public GrpcException(GrpcStatus status, String message, List<Any> details) {
        super(message);
        this.status = status;
        this.details = List.copyOf(details);
    }

    /** INVALID_ARGUMENT for a field that is present and wrong. */
    public static GrpcException invalid(String field, String description) {
        return badRequest(field, description, "FIELD_INVALID");
    }

    /** INVALID_ARGUMENT for a required field that is absent. */
    public static GrpcException missing(String field) {
        return badRequest(field, "", "FIELD_MISSING");
    }

    private static GrpcException badRequest(String field, String description, String reason) {
        var violation = BadRequest.FieldViolation.newBuilder().setField(field).setDescription(description).setReason(reason);
        var detail = BadRequest.newBuilder().addFieldViolations(violation).build();
        var packed = Any.newBuilder().setTypeUrl(TYPE_PREFIX + "BadRequest").setValue(detail.toByteString()).build();
        return new GrpcException(GrpcStatus.INVALID_ARGUMENT, description, List.of(packed));
    }

    public GrpcStatus status() {
        return status;
    }

    public List<Any> details() {
        return details == null ? List.of() : details;
    }

    /** As the google.rpc.Status that details trailers and per-item errors hold. */
    public Status toProto() {
        return Status.newBuilder().setCode(status.code()).setMessage(getMessage()).addAllDetails(details()).build();
    }
}
