package suiload.localnet;

import java.util.Map;
import java.util.Optional;
import suiload.json.Json;

/** A call that ends in a JSON-RPC error (facts: sui-jsonrpc.md section 5). */
final class JsonRpcException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    @SuppressWarnings("serial")
    private final Optional<String> data;

    private JsonRpcException(int code, String message, Optional<String> data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    /** The body is no JSON. */
    static JsonRpcException parseError() {
        return of(-32700, "Parse error");
    }

    /** The body is JSON, but no call. */
    static JsonRpcException invalidRequest() {
        return of(-32600, "Invalid request");
    }

    static JsonRpcException batch() {
        return of(-32005, "Batched requests are not supported by this server");
    }

    static JsonRpcException methodNotFound() {
        return of(-32601, "Method not found");
    }

    /** @param why names the parameter and what is right */
    static JsonRpcException invalidParams(String why) {
        return new JsonRpcException(-32602, "Invalid params", Optional.of(why));
    }

    /** Parameters of the right form, with which nothing can be done. */
    static JsonRpcException invalid(String message) {
        return of(-32602, message);
    }

    /** A transaction that validators refuse. */
    static JsonRpcException refused(String message) {
        return of(-32002, message);
    }

    /** The outcome of a transaction is not known: to be asked for or sent again. */
    static JsonRpcException unknownOutcome(String message) {
        return of(-32050, message);
    }

    static JsonRpcException internal() {
        return of(-32603, "Internal error");
    }

    private static JsonRpcException of(int code, String message) {
        return new JsonRpcException(code, message, Optional.empty());
    }

    int code() {
        return code;
    }

    /** The {@code error} of the answer. */
    Map<String, Object> json() {
        Map<String, Object> error = Json.object("code", code, "message", getMessage());
        data.ifPresent(why -> error.put("data", why));
        return error;
    }
}
