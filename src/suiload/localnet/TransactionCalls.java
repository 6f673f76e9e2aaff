package suiload.localnet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import suiload.bcs.BcsException;
import suiload.bcs.Bytes;
import suiload.chain.Digest;
import suiload.chain.TransactionData;

/** Executing, trying and looking up transactions over JSON-RPC (facts: sui-jsonrpc.md sections 3 and 5). */
final class TransactionCalls {
    private static final String BAD_INPUTS = "Transaction execution failed due to issues with transaction inputs, please review the errors "
            + "and try again:\n- ";
    private static final String BAD_SIGNATURE = "Invalid user signature: ";
    private static final Set<String> REQUEST_TYPES = Set.of("WaitForEffectsCert", "WaitForLocalExecution");

    private final Ledger ledger;
    private final TransactionAnswers answers;

    TransactionCalls(Ledger ledger, TransactionAnswers answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    Object transaction(JsonRpcParams params, Replica replica) {
        return found(JsonRpcParams.digest(params.get(0, "digest")), TransactionAnswers.Options.of(params.find(1)), replica);
    }

    Object transactions(JsonRpcParams params, Replica replica) {
        List<Digest> digests = params.list(0, "digests", JsonRpcParams::digest);
        TransactionAnswers.Options options = TransactionAnswers.Options.of(params.find(1));
        return digests.stream().map(digest -> found(digest, options, replica)).toList();
    }

    private Map<String, Object> found(Digest digest, TransactionAnswers.Options options, Replica replica) {
        ExecutedTransaction found = replica.transaction(digest).orElseThrow(() ->
                JsonRpcException.invalid("Could not find the referenced transaction [TransactionDigest(" + digest + ")]."));
        Map<String, Object> json = answers.executed(found, options);
        found.checkpoint().ifPresent(at -> {
            json.put("timestampMs", Long.toString(at.timestampMs()));
            json.put("checkpoint", Long.toString(at.sequence()));
        });
        return json;
    }

    Object dryRun(JsonRpcParams params) {
        TransactionData data = decode(Bytes.of(JsonRpcParams.base64(params.get(0, "tx_bytes"))));
        try {
            return answers.simulated(ledger.simulate(data, true).transaction(), data);
        } catch (Rejection refused) {
            throw JsonRpcException.invalid("Error checking transaction input objects: " + refused.plain());
        }
    }

    /** The state is read from here at once, so execution is always confirmed, whatever the client would wait for. */
    Object execute(JsonRpcParams params) {
        Bytes transaction = Bytes.of(JsonRpcParams.base64(params.get(0, "tx_bytes")));
        List<Bytes> signatures = params.list(1, "signatures", JsonRpcParams::base64).stream().map(Bytes::of).toList();
        TransactionAnswers.Options options = TransactionAnswers.Options.of(params.find(2));
        params.find(3).filter(type -> !REQUEST_TYPES.contains(type.asString())).ifPresent(type -> {
            throw type.wrong("must be one of " + String.join(", ", REQUEST_TYPES.stream().sorted().toList()));
        });
        decode(transaction);
        Map<String, Object> json = answers.executed(run(transaction, signatures), options);
        json.put("confirmedLocalExecution", true);
        return json;
    }

    private static TransactionData decode(Bytes transaction) {
        try {
            return TransactionData.decode(transaction.toArray());
        } catch (BcsException e) {
            throw JsonRpcException.invalid("Deserialization error: " + e.getMessage());
        }
    }

    private ExecutedTransaction run(Bytes transaction, List<Bytes> signatures) {
        try {
            return ledger.execute(transaction, signatures);
        } catch (Rejection refused) {
            throw refusal(refused);
        }
    }

    private static JsonRpcException refusal(Rejection refused) {
        String why = refused.plain();
        if (why.startsWith(BAD_SIGNATURE) || why.equals(Validators.OTHER_SIGNATURES)) return JsonRpcException.refused(why);
        return switch (refused.code()) {
            case UNAVAILABLE, RESOURCE_EXHAUSTED -> JsonRpcException.unknownOutcome(why);
            case INTERNAL -> JsonRpcException.internal();
            case INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION, ABORTED, UNIMPLEMENTED -> JsonRpcException.refused(BAD_INPUTS + why);
        };
    }
}
