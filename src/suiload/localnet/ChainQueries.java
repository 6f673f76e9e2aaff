package suiload.localnet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.chain.Digest;
import suiload.chain.GasUsed;
import suiload.json.Json;
import suiload.json.JsonException;

/** Checkpoints, chain and protocol over JSON-RPC (facts: sui-jsonrpc.md section 4.11). */
final class ChainQueries {
    private static final int IDENTIFIER_DIGITS = 8;

    String chainIdentifier(Replica replica) {
        return replica.ledger().chainId().hex().substring(0, IDENTIFIER_DIGITS);
    }

    Object checkpoint(JsonRpcParams params, Replica replica) {
        Json id = params.get(0, "id");
        Ledger ledger = replica.ledger();
        return sequence(id).map(ledger::checkpoint).orElseGet(() -> ledger.checkpoint(JsonRpcParams.digest(id)))
                .map(checkpoint -> json(checkpoint, ledger.epoch()))
                .orElseThrow(() -> JsonRpcException.invalid("Verified checkpoint not found for " + (id.isString() ? id.asString() : id)));
    }

    /** A number or its digits; no digest is that short. */
    private static Optional<Long> sequence(Json id) {
        try {
            return Optional.of(id.asU64());
        } catch (JsonException digest) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> json(Checkpoint checkpoint, long epoch) {
        Map<String, Object> json = Json.object("epoch", Long.toString(epoch), "sequenceNumber", Long.toString(checkpoint.sequence()),
                "digest", checkpoint.digest().toString(), "networkTotalTransactions", Long.toString(checkpoint.totalTransactions()));
        checkpoint.previous().ifPresent(previous -> json.put("previousDigest", previous.toString()));
        json.put("epochRollingGasCostSummary", gas(checkpoint.epochGas()));
        json.put("timestampMs", Long.toString(checkpoint.timestampMs()));
        json.put("transactions", checkpoint.transactions().stream().map(ExecutedTransaction::digest).map(Digest::toString).toList());
        json.put("checkpointCommitments", List.of());
        json.put("validatorSignature", "");
        return json;
    }

    static Map<String, Object> gas(GasUsed gas) {
        return Json.object("computationCost", Long.toString(gas.computation()), "storageCost", Long.toString(gas.storage()),
                "storageRebate", Long.toString(gas.rebate()), "nonRefundableStorageFee", Long.toString(gas.nonRefundableFee()));
    }

    Object protocolConfig(JsonRpcParams params) {
        String version = Long.toString(EpochProto.PROTOCOL_VERSION);
        params.find(0).map(Json::asU64).filter(asked -> asked != EpochProto.PROTOCOL_VERSION).ifPresent(asked -> {
            throw JsonRpcException.invalid("Unsupported protocol version requested. Min supported: " + version
                    + ", max supported: " + version);
        });
        Map<String, Object> attributes = new HashMap<>();
        EpochProto.LIMITS.forEach((name, value) -> attributes.put(name, Map.of("u64", value)));
        return Json.object("minSupportedProtocolVersion", version, "maxSupportedProtocolVersion", version, "protocolVersion", version,
                "featureFlags", Map.of("disable_preconsensus_locking", true), "attributes", attributes);
    }
}
