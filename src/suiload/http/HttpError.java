package suiload.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import suiload.json.Json;

/**
 * A request that ends with an error answer: {@code {"error","details","code","request_id"}}. Every text here is shown to the
 * client: no secret, no SQL, no stack trace.
 */
public final class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final String RETRY_AFTER = "Retry-After";
    /** Each of these carries a {@code Retry-After}, one second unless said otherwise. */
    private static final Set<Integer> RETRIABLE = Set.of(408, 429, 503);

    private final int status;
    private final String code;
    private final String error;
    private final String details;
    private final transient List<Response.Header> headers;

    private HttpError(int status, String code, String error, String details, List<Response.Header> headers) {
        // No stack trace: these are answers, thrown by the thousand under overload.
        super(code + ": " + details, null, false, false);
        this.status = status;
        this.code = code;
        this.error = error;
        this.details = details;
        this.headers = headers;
    }

    /**
     * @param code stable snake_case, for programs
     * @param error what went wrong, a few words
     * @param details why, and what to do
     */
    public static HttpError of(int status, String code, String error, String details) {
        return new HttpError(status, code, error, details, List.of());
    }

    /** 400 that names the field to blame. */
    public static HttpError badRequest(String field, String details) {
        return of(400, "bad_request", "Bad request", field + " " + details);
    }

    public static HttpError unauthorized(String details) {
        return of(401, "unauthorized", "Unauthorized", details).header("WWW-Authenticate", "Bearer");
    }

    public static HttpError forbidden(String code, String details) {
        return of(403, code, "Forbidden", details);
    }

    /** 404, for example {@code notFound("Channel", "0x… is not on chain")}. */
    public static HttpError notFound(String what, String details) {
        return of(404, "not_found", what + " not found", details);
    }

    /** 405 with the {@code Allow} header. */
    public static HttpError methodNotAllowed(String allow) {
        return of(405, "method_not_allowed", "Method not allowed", "This path understands: " + allow).header("Allow", allow);
    }

    /** 408 with the texts that the predecessor's clients know. */
    public static HttpError timeout() {
        return of(
                408,
                "deadline_expired",
                "Request timeout - blockchain operation took too long",
                "The Sui network may be congested. Please try again.");
    }

    /** 422, told apart by {@code code}. */
    public static HttpError unprocessable(String code, String error, String details) {
        return of(422, code, error, details);
    }

    public static HttpError tooManyRequests(String details, Duration retryAfter) {
        return of(429, "rate_limited", "Too many requests", details).retryAfter(retryAfter);
    }

    public static HttpError badGateway(String code, String details) {
        return of(502, code, "Bad gateway", details);
    }

    public static HttpError unavailable(String code, String details, Duration retryAfter) {
        return unavailable(code, details).retryAfter(retryAfter);
    }

    /** 503 with the shortest {@code Retry-After}. */
    public static HttpError unavailable(String code, String details) {
        return of(503, code, "Service unavailable", details);
    }

    /** 500: a bug. The client learns nothing but the request id; the log has the stack trace. */
    public static HttpError internal() {
        return of(500, "internal", "Internal server error", "This is a bug. The service's log has the details under the request id.");
    }

    /** The same error with a {@code Retry-After}, sent in whole seconds, rounded up, at least 1. */
    public HttpError retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return header(RETRY_AFTER, Long.toString(seconds));
    }

    /** The same error with one more header. */
    public HttpError header(String name, String value) {
        List<Response.Header> more = new ArrayList<>(headers);
        more.add(new Response.Header(name, value));
        return new HttpError(status, code, error, details, List.copyOf(more));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String error() {
        return error;
    }

    public String details() {
        return details;
    }

    public List<Response.Header> headers() {
        return headers;
    }

    /** As the client gets it. */
    public Response.Whole answer(String requestId) {
        byte[] body = Json.bytes(Json.object("error", error, "details", details, "code", code, "request_id", requestId));
        List<Response.Header> all = new ArrayList<>(headers);
        all.add(new Response.Header("Content-Type", Response.JSON));
        if (RETRIABLE.contains(status) && headers.stream().noneMatch(header -> header.name().equals(RETRY_AFTER))) {
            all.add(new Response.Header(RETRY_AFTER, "1"));
        }
        return new Response.Whole(status, List.copyOf(all), body);
    }
}
