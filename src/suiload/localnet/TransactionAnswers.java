package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Event;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** Transactions as JSON-RPC shows them, in parts (facts: sui-jsonrpc.md sections 4.7 to 4.10). */
final class TransactionAnswers {
    private final MoveFields fields;
    private final TransactionJson transactions;
    private final ChangesJson changes;

    TransactionAnswers(Ledger ledger, MoveFields fields) {
        this.fields = fields;
        transactions = new TransactionJson(ledger::packageInterface, fields);
        changes = new ChangesJson(ledger);
    }

    /** What is shown beside the digest. */
    record Options(boolean input, boolean rawInput, boolean effects, boolean rawEffects, boolean events, boolean objectChanges,
            boolean balanceChanges) {
        static Options of(Optional<Json> given) {
            return new Options(JsonRpcParams.option(given, "showInput"), JsonRpcParams.option(given, "showRawInput"),
                    JsonRpcParams.option(given, "showEffects"), JsonRpcParams.option(given, "showRawEffects"),
                    JsonRpcParams.option(given, "showEvents"), JsonRpcParams.option(given, "showObjectChanges"),
                    JsonRpcParams.option(given, "showBalanceChanges"));
        }
    }

    /** Without its place in a checkpoint. */
    Map<String, Object> executed(ExecutedTransaction executed, Options options) {
        Map<String, Object> json = Json.object("digest", executed.digest().toString());
        if (options.input) json.put("transaction", signed(executed));
        if (options.rawInput) json.put("rawTransaction", ObjectJson.base64(raw(executed)));
        if (options.effects) json.put("effects", EffectsJson.effects(executed.effects()));
        if (options.events) json.put("events", events(executed));
        if (options.objectChanges) json.put("objectChanges", changes.objects(executed));
        if (options.balanceChanges) json.put("balanceChanges", ChangesJson.balances(executed));
        if (options.rawEffects) json.put("rawEffects", MoveFields.numbers(executed.effects().encode().toArray()));
        return json;
    }

    private Map<String, Object> signed(ExecutedTransaction executed) {
        return Json.object("data", transactions.data(executed.data()),
                "txSignatures", executed.signatures().stream().map(ObjectJson::base64).toList());
    }

    /** The form that nodes keep: one transaction with its intent, and its signatures. */
    private static Bytes raw(ExecutedTransaction executed) {
        return new BcsWriter(executed.transaction().length() + 256).uleb(1).u8(0).u8(0).u8(0)
                .fixed(executed.transaction().toArray()).vector(executed.signatures(), BcsWriter::bytes).toBytes();
    }

    Map<String, Object> simulated(ExecutedTransaction simulated, TransactionData data) {
        return Json.object("effects", EffectsJson.effects(simulated.effects()), "events", events(simulated),
                "objectChanges", changes.objects(simulated), "balanceChanges", ChangesJson.balances(simulated),
                "input", transactions.data(data), "executionErrorSource", null);
    }

    private List<Object> events(ExecutedTransaction executed) {
        List<Object> events = new ArrayList<>();
        for (int sequence = 0; sequence < executed.events().size(); sequence++) events.add(event(executed, sequence));
        return events;
    }

    /** An event of a transaction in a checkpoint. */
    Map<String, Object> pastEvent(ExecutedTransaction executed, int sequence) {
        Map<String, Object> json = event(executed, sequence);
        executed.checkpoint().ifPresent(at -> json.put("timestampMs", Long.toString(at.timestampMs())));
        return json;
    }

    private Map<String, Object> event(ExecutedTransaction executed, int sequence) {
        Event event = executed.events().get(sequence);
        Object parsed = fields.bare(TypeTag.of(event.type()), event.contents()).orElseGet(Optional::empty);
        return Json.object("id", Json.object("txDigest", executed.digest().toString(), "eventSeq", Integer.toString(sequence)),
                "packageId", event.packageId().toString(), "transactionModule", event.module(), "sender", event.sender().toString(),
                "type", TypeText.of(event.type()), "parsedJson", parsed, "bcsEncoding", "base64",
                "bcs", ObjectJson.base64(event.contents()));
    }
}
