package suiload.load;

import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.function.Function;

/** One operation to be performed, in as many attempts as it takes; every attempt sends exactly this. */
final class Call {
    private final Operation operation;
    private final String path;
    private final Optional<byte[]> body;
    private final Optional<String> idempotencyKey;
    /** Made once: a user's poll is sent thousands of times, and its address would be parsed each time. */
    private volatile HttpRequest request;

    private Call(Operation operation, String path, Optional<byte[]> body, Optional<String> idempotencyKey) {
        this.operation = operation;
        this.path = path;
        this.body = body;
        this.idempotencyKey = idempotencyKey;
    }

    /** @param path with query */
    static Call get(Operation operation, String path) {
        return new Call(operation, path, Optional.empty(), Optional.empty());
    }

    /**
     * @param path with query
     * @param body JSON
     */
    static Call post(Operation operation, String path, byte[] body, String idempotencyKey) {
        return new Call(operation, path, Optional.of(body), Optional.of(idempotencyKey));
    }

    Operation operation() {
        return operation;
    }

    String path() {
        return path;
    }

    Optional<byte[]> body() {
        return body;
    }

    /** A GET has none. */
    Optional<String> idempotencyKey() {
        return idempotencyKey;
    }

    /** What goes over the wire, made by {@code maker} the first time. */
    HttpRequest request(Function<Call, HttpRequest> maker) {
        if (request == null) request = maker.apply(this);
        return request;
    }

    /** Method and path; a body may hold a secret. */
    @Override
    public String toString() {
        return (body.isPresent() ? "POST " : "GET ") + path;
    }
}
