package suiload.localnet;

import java.util.Map;
import java.util.Optional;
import suiload.http.Policy;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.json.JsonException;
import suiload.metrics.Log;
import suiload.metrics.Metrics;

/**
 * The embedded network's JSON-RPC 2.0 door, for clients from before gRPC (facts: sui-jsonrpc.md section 1). Results and errors alike are
 * HTTP 200; other statuses only stand for a proxy.
 */
final class JsonRpcFront {
    private static final String TIMED_OUT = "Transaction timed out before reaching finality";

    private final Map<String, JsonRpcMethods.Method> methods;
    private final Passage passage;
    private final Metrics metrics;

    JsonRpcFront(Ledger ledger, Passage passage, Metrics metrics) {
        methods = new JsonRpcMethods(ledger).all();
        this.passage = passage;
        this.metrics = metrics;
    }

    void addTo(Routes routes) {
        routes.add("POST", "/", Policy.OPEN, this::answer);
        routes.add("OPTIONS", "/", Policy.OPEN, ChainHeaders::preflight);
    }

    /** One call; {@code id} is given back as it came. */
    private record Call(Optional<Json> id, String method, Optional<Json> params) {}

    private Response answer(Request request) throws InterruptedException {
        Call call;
        try {
            call = read(request.body());
        } catch (JsonRpcException noCall) {
            return error(Optional.empty(), noCall);
        }
        JsonRpcMethods.Method method = methods.get(call.method);
        if (method == null) return error(call.id, JsonRpcException.methodNotFound());
        return passage.pass(request.peer().getAddress(), method.kind(), () -> error(call.id, JsonRpcException.unknownOutcome(TIMED_OUT)),
                fate -> {
                    Thread.sleep(fate.delay());
                    return answer(call, method, passage.replica(fate));
                });
    }

    /** @throws JsonRpcException when the body is no single call */
    private static Call read(byte[] utf8) {
        Json body;
        try {
            body = Json.parse(utf8);
        } catch (JsonException malformed) {
            throw JsonRpcException.parseError();
        }
        if (body.isList()) throw JsonRpcException.batch();
        try {
            if (!body.string("jsonrpc").equals("2.0") || !isId(body)) throw JsonRpcException.invalidRequest();
            return new Call(body.find("id"), body.string("method"), body.find("params"));
        } catch (JsonException noCall) {
            throw JsonRpcException.invalidRequest();
        }
    }

    private static boolean isId(Json body) {
        return body.find("id").map(id -> id.isNumber() || id.isString()).orElse(true);
    }

    private Response answer(Call call, JsonRpcMethods.Method method, Replica replica) {
        try {
            Object result = method.answer().apply(JsonRpcParams.of(call.params), replica);
            Response response = open(Json.object("jsonrpc", "2.0", "result", result, "id", call.id));
            count(method, "OK");
            return response;
        } catch (JsonRpcException error) {
            return error(call, method, error);
        } catch (JsonException malformed) {
            return error(call, method, JsonRpcException.invalidParams(malformed.field() + " " + malformed.getMessage()));
        } catch (RuntimeException bug) {
            Log.error("localnet.call.failed", bug, "path", method.name());
            return error(call, method, JsonRpcException.internal());
        }
    }

    private Response error(Call call, JsonRpcMethods.Method method, JsonRpcException error) {
        count(method, Integer.toString(error.code()));
        return error(call.id, error);
    }

    private void count(JsonRpcMethods.Method method, String status) {
        metrics.counter(Front.CALLS_METRIC, Front.CALLS_HELP, "method", method.name(), "status", status).increment();
    }

    private static Response error(Optional<Json> id, JsonRpcException error) {
        return open(Json.object("jsonrpc", "2.0", "error", error.json(), "id", id));
    }

    private static Response open(Map<String, Object> body) {
        return Response.json(body).withHeader("Access-Control-Allow-Origin", "*");
    }
}
