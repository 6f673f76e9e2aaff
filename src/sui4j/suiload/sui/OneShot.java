package suiload.sui;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A body that may be sent once: without this OkHttp sends it again after a 503 or 408 that says so, whatever it was told of retries. */
final class OneShot extends RequestBody {
    private final RequestBody body;

    private OneShot(RequestBody body) {
        this.body = body;
    }

    static Request request(Request request) {
        return request.newBuilder().method(request.method(), new OneShot(request.body())).build();
    }

    @Override
    public MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
        return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        body.writeTo(sink);
    }
}
