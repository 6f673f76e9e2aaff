package suiload.http;

import java.util.function.Function;
import suiload.json.JsonException;
import suiload.metrics.Log;

/** Turns what a handler threw into an error answer. What nobody foresaw is logged in full and answered with a bare 500. */
final class Faults {
    private final Function<Throwable, HttpError> known;

    Faults(Function<Throwable, HttpError> known) {
        this.known = known;
    }

    /** Call it inside the request's context: the log line then has the request id. */
    HttpError of(Throwable fault) {
        HttpError error = switch (fault) {
            case HttpError answer -> answer;
            case JsonException json -> HttpError.badRequest(json.field(), json.getMessage());
            default -> mapped(fault);
        };
        if (error.status() == 500) {
            Log.error("http.fault", fault);
        }
        return error;
    }

    private HttpError mapped(Throwable fault) {
        try {
            HttpError error = known.apply(fault);
            return error == null ? HttpError.internal() : error;
        } catch (RuntimeException second) {
            second.addSuppressed(fault);
            Log.error("http.fault", second);
            return HttpError.internal();
        }
    }
}
