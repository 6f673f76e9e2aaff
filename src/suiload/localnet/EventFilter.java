package suiload.localnet;

import java.util.Map;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Event;
import suiload.chain.StructTag;
import suiload.json.Json;

/** Which events are asked for (facts: sui-jsonrpc.md section 3). */
interface EventFilter {
    boolean test(ExecutedTransaction executed, Event event);

    /** @throws suiload.json.JsonException when it is none */
    static EventFilter parse(Json filter) {
        Map<String, Json> entries = filter.entries();
        if (entries.size() != 1) throw filter.wrong("must have exactly one field");
        Map.Entry<String, Json> only = entries.entrySet().iterator().next();
        Json value = only.getValue();
        return switch (only.getKey()) {
            case "All" -> (executed, event) -> true;
            case "Sender" -> sender(JsonRpcParams.address(value));
            case "Transaction" -> transaction(JsonRpcParams.digest(value));
            case "MoveEventType" -> type(JsonRpcParams.struct(value));
            case "MoveEventModule" -> typeModule(JsonRpcParams.address(value.get("package")), value.string("module"));
            case "MoveModule" -> calledModule(JsonRpcParams.address(value.get("package")), value.string("module"));
            default -> throw filter.wrong("must be one of All, Sender, Transaction, MoveEventType, MoveEventModule, MoveModule");
        };
    }

    private static EventFilter sender(Address address) {
        return (executed, event) -> event.sender().equals(address);
    }

    private static EventFilter transaction(Digest digest) {
        return (executed, event) -> executed.digest().equals(digest);
    }

    private static EventFilter type(StructTag type) {
        return (executed, event) -> event.type().equals(type);
    }

    /** Where the type was declared. */
    private static EventFilter typeModule(Address packageId, String module) {
        return (executed, event) -> event.type().address().equals(packageId) && event.type().module().equals(module);
    }

    /** What was called when it was emitted. */
    private static EventFilter calledModule(Address packageId, String module) {
        return (executed, event) -> event.packageId().equals(packageId) && event.module().equals(module);
    }
}
