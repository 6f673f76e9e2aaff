package suiload.load;

import java.util.Optional;

/**
 * One operation to be performed, in as many attempts as it takes; every attempt sends exactly this.
 *
 * @param path with query
 * @param body JSON of a POST; a GET has none
 * @param idempotencyKey of a POST
 */
record Call(Operation operation, String path, Optional<byte[]> body, Optional<String> idempotencyKey) {
    static Call get(Operation operation, String path) {
        return new Call(operation, path, Optional.empty(), Optional.empty());
    }

    static Call post(Operation operation, String path, byte[] body, String idempotencyKey) {
        return new Call(operation, path, Optional.of(body), Optional.of(idempotencyKey));
    }

    /** Method and path; a body may hold a secret. */
    @Override
    public String toString() {
        return (body.isPresent() ? "POST " : "GET ") + path;
    }
}
