package suiload.users;

import java.util.Optional;
import java.util.OptionalLong;
import suiload.bcs.Bytes;
import suiload.http.Request;
import suiload.http.Response;
import suiload.json.Json;
import suiload.metrics.RequestContext;
import suiload.transactions.Idempotency;
import suiload.transactions.IdempotencyKey;
import suiload.transactions.Reply;

/** A request under its {@code Idempotency-Key}: work done once, the same answer every time. */
public final class Once {
    private final Idempotency idempotency;

    public Once(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    /** The answer of {@code work}, or the one it gave before. */
    public Response answer(Request request, Idempotency.Work<Exception> work) throws Exception {
        Optional<IdempotencyKey> key = request.header("Idempotency-Key")
                .map(text -> IdempotencyKey.of(request.method(), request.path(), text, request.body()));
        Reply reply = idempotency.run(key, work);
        reply.gasCost().ifPresent(gas -> RequestContext.current().ifPresent(context -> context.setGas(gas)));
        return Response.bytes(reply.status(), Response.JSON, reply.body().toArray());
    }

    /** A 200 that can be given again. */
    public static Reply ok(Object json, OptionalLong gasCost) {
        return new Reply(200, Bytes.of(Json.bytes(json)), gasCost);
    }
}
