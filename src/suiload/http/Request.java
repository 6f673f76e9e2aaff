package suiload.http;

import com.sun.net.httpserver.Headers;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.json.Json;

/** One complete request: head checked, body read. Immutable. */
public final class Request {
    private final Head head;
    private final Map<String, String> parameters;
    private final byte[] body;
    private final ServiceState service;

    /** What stands before the body. */
    record Head(String id, String method, URI target, Headers headers, InetSocketAddress peer) {
        String path() {
            return target.getRawPath();
        }

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    Request(Head head, Map<String, String> parameters, byte[] body, ServiceState service) {
        this.head = head;
        this.parameters = parameters;
        this.body = body;
        this.service = service;
    }

    /** The request's own {@code X-Request-Id}, else a generated one. */
    public String id() {
        return head.id();
    }

    public String method() {
        return head.method();
    }

    /** As in the request line, still percent-encoded, without the query. */
    public String path() {
        return head.path();
    }

    /** The path segment that stands for {@code {name}} in the route, decoded. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /** @throws HttpError 400 when a parameter is given twice or has a broken escape */
    public Query query() {
        return Query.parse(head.target().getRawQuery());
    }

    /** The value of the header, names compared without case; of several equal names the first. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(head.header(name));
    }

    public List<String> headers(String name) {
        return List.copyOf(head.headers().getOrDefault(name, List.of()));
    }

    /** The raw body, empty when there is none. Not copied: do not change it. */
    public byte[] body() {
        return body;
    }

    /** @throws suiload.json.JsonException when the body is not exactly one JSON value: answered with 400 */
    public Json json() {
        return Json.parse(body);
    }

    /** Where the service was in its life when the request arrived: a readiness check answers by it. */
    public ServiceState service() {
        return service;
    }

    /** The other end of the connection, which may be a proxy. */
    public InetSocketAddress peer() {
        return head.peer();
    }

    /**
     * Whether it surely comes from this machine and from no web page: loopback peer, loopback {@code Host}, no foreign
     * {@code Origin}, and no header that a forwarding proxy leaves.
     */
    public boolean local() {
        return Access.local(head);
    }
}
