package suiload.users;

import java.util.Optional;
import java.util.OptionalLong;
import suiload.bcs.Bytes;
import suiload.http.HttpError;
import suiload.http.Request;
import suiload.http.Response;
import suiload.json.Json;
import suiload.metrics.RequestContext;
import suiload.transactions.Claim;
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
        Reply reply = idempotency.run(key, claim -> outcome(request, work, claim));
        reply.gasCost().ifPresent(gas -> RequestContext.current().ifPresent(context -> context.setGas(gas)));
        return Response.bytes(reply.status(), Response.JSON, reply.body().toArray());
    }

    /** The work's answer, also where it is a refusal with 422: that is an outcome which the key keeps. */
    private static Reply outcome(Request request, Idempotency.Work<Exception> work, Claim claim) throws Exception {
        try {
            return work.reply(claim);
        } catch (HttpError refusal) {
            if (refusal.status() != 422) throw refusal;
            return new Reply(422, Bytes.of(refusal.answer(request.id()).body()), OptionalLong.empty());
        }
    }

    /** A 200 that can be given again. */
    public static Reply ok(Object json, OptionalLong gasCost) {
        return new Reply(200, Bytes.of(Json.bytes(json)), gasCost);
    }
}
