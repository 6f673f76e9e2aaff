package suiload.localnet;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Every JSON-RPC method that the embedded network answers (facts: sui-jsonrpc.md section 3). */
final class JsonRpcMethods {
    /** One method: what it asks of a node, and what makes its result, fit for {@link suiload.json.Json#bytes}. */
    record Method(String name, CallKind kind, BiFunction<JsonRpcParams, Replica, Object> answer) {}

    private final Map<String, Method> methods = new HashMap<>();

    JsonRpcMethods(Ledger ledger) {
        var fields = new MoveFields(ledger::packageInterface);
        addObjects(new ObjectQueries(new ObjectJson(fields), fields));
        addCoins(new CoinQueries());
        var answers = new TransactionAnswers(ledger, fields);
        addTransactions(new TransactionCalls(ledger, answers));
        read("suix_queryEvents", new EventQueries(answers)::events);
        addChain(new ChainQueries());
    }

    private void addObjects(ObjectQueries queries) {
        read("sui_getObject", queries::object);
        read("sui_multiGetObjects", queries::objects);
        read("suix_getOwnedObjects", queries::owned);
        read("suix_getDynamicFields", queries::dynamicFields);
        read("suix_getDynamicFieldObject", queries::dynamicFieldObject);
    }

    private void addCoins(CoinQueries queries) {
        read("suix_getCoins", queries::coins);
        read("suix_getAllCoins", queries::allCoins);
        read("suix_getBalance", queries::balance);
        read("suix_getAllBalances", queries::allBalances);
    }

    private void addTransactions(TransactionCalls calls) {
        read("sui_getTransactionBlock", calls::transaction);
        read("sui_multiGetTransactionBlocks", calls::transactions);
        add("sui_dryRunTransactionBlock", CallKind.SIMULATE, (params, replica) -> calls.dryRun(params));
        add("sui_executeTransactionBlock", CallKind.EXECUTE, (params, replica) -> calls.execute(params));
    }

    private void addChain(ChainQueries queries) {
        read("suix_getReferenceGasPrice", (params, replica) -> Long.toString(replica.ledger().referenceGasPrice()));
        read("sui_getChainIdentifier", (params, replica) -> queries.chainIdentifier(replica));
        read("sui_getCheckpoint", queries::checkpoint);
        read("sui_getLatestCheckpointSequenceNumber",
                (params, replica) -> Long.toString(replica.ledger().latestCheckpoint().sequence()));
        read("sui_getProtocolConfig", (params, replica) -> queries.protocolConfig(params));
        read("sui_getNormalizedMoveFunction", new NormalizedFunctions()::function);
    }

    private void read(String name, BiFunction<JsonRpcParams, Replica, Object> answer) {
        add(name, CallKind.READ, answer);
    }

    private void add(String name, CallKind kind, BiFunction<JsonRpcParams, Replica, Object> answer) {
        methods.put(name, new Method(name, kind, answer));
    }

    /** By name. */
    Map<String, Method> all() {
        return Map.copyOf(methods);
    }
}
