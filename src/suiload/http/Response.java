package suiload.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import suiload.json.Json;

/** An answer, immutable. */
public sealed interface Response {
    String JSON = "application/json; charset=utf-8";

    /** One header line. */
    record Header(String name, String value) {}

    /** A complete answer, sent in one piece. */
    record Whole(int status, List<Header> headers, byte[] body) implements Response {}

    /** An answer of unknown length with status 200. */
    record Stream(List<Header> headers, StreamBody body) implements Response {}

    /** No answer at all: the connection is dropped. For the embedded network's weather, never for the service. */
    record Abort() implements Response {}

    /** 200 with anything {@link Json#bytes} can write. */
    static Response json(Object value) {
        return json(200, value);
    }

    static Response json(int status, Object value) {
        return bytes(status, JSON, Json.bytes(value));
    }

    static Response text(int status, String contentType, String text) {
        return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param body not copied: leave it alone afterwards */
    static Response bytes(int status, String contentType, byte[] body) {
        return new Whole(status, List.of(new Header("Content-Type", contentType)), body);
    }

    static Response empty(int status) {
        return new Whole(status, List.of(), new byte[0]);
    }

    static Response stream(String contentType, StreamBody body) {
        return new Stream(List.of(new Header("Content-Type", contentType)), body);
    }

    static Response abort() {
        return new Abort();
    }

    /** The same answer with one more header. */
    default Response withHeader(String name, String value) {
        return switch (this) {
            case Whole(int status, List<Header> headers, byte[] body) -> new Whole(status, plus(headers, name, value), body);
            case Stream(List<Header> headers, StreamBody body) -> new Stream(plus(headers, name, value), body);
            case Abort abort -> abort;
        };
    }

    private static List<Header> plus(List<Header> headers, String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return List.copyOf(more);
    }
}
