package suiload.localnet;

import com.google.protobuf.Value;
import java.util.Map;
import suiload.grpcweb.proto.Epoch;
import suiload.grpcweb.proto.ProtocolConfig;
import suiload.grpcweb.proto.StakeSubsidy;
import suiload.grpcweb.proto.StorageFund;
import suiload.grpcweb.proto.SystemParameters;
import suiload.grpcweb.proto.SystemState;

/** The only epoch of the embedded network as a message (facts: sui-grpc.md section 5.7). It has no validators and does not end. */
final class EpochProto {
    private EpochProto() {}

    static final long PROTOCOL_VERSION = 137;
    private static final long DAY_MS = 86_400_000;
    /** Limits that a client may ask for (facts: sui-transactions.md section 11). */
    static final Map<String, String> LIMITS = Map.of(
            "max_tx_size_bytes", "131072", "max_programmable_tx_commands", "1024", "max_input_objects", "2048",
            "max_gas_payment_objects", "256", "max_pure_argument_size", "16384", "max_move_object_size", "256000",
            "max_tx_gas", "50000000000000", "base_tx_cost_fixed", "1000", "obj_data_cost_refundable", "100", "storage_gas_price", "76");

    static Epoch epoch(Ledger ledger, Mask mask) {
        var proto = Epoch.newBuilder();
        if (mask.has("epoch")) proto.setEpoch(ledger.epoch());
        if (mask.has("system_state")) proto.setSystemState(systemState(ledger));
        if (mask.has("first_checkpoint")) proto.setFirstCheckpoint(0);
        if (mask.has("start")) proto.setStart(TransactionProto.timestamp(ledger.epochStartMs()));
        if (mask.has("reference_gas_price")) proto.setReferenceGasPrice(ledger.referenceGasPrice());
        if (mask.has("protocol_config")) proto.setProtocolConfig(protocolConfig(mask.sub("protocol_config")));
        return proto.build();
    }

    private static SystemState systemState(Ledger ledger) {
        return SystemState.newBuilder().setVersion(2).setEpoch(ledger.epoch()).setProtocolVersion(PROTOCOL_VERSION)
                .setStorageFund(StorageFund.newBuilder().setTotalObjectStorageRebates(0).setNonRefundableBalance(0))
                .setParameters(SystemParameters.newBuilder().setEpochDurationMs(DAY_MS).setStakeSubsidyStartEpoch(0).setMinValidatorCount(4)
                        .setMaxValidatorCount(150).setMinValidatorJoiningStake(0).setValidatorLowStakeThreshold(0)
                        .setValidatorVeryLowStakeThreshold(0).setValidatorLowStakeGracePeriod(7))
                .setReferenceGasPrice(ledger.referenceGasPrice())
                .setStakeSubsidy(StakeSubsidy.newBuilder().setBalance(0).setDistributionCounter(0).setCurrentDistributionAmount(0)
                        .setStakeSubsidyPeriodLength(10).setStakeSubsidyDecreaseRate(1000))
                .setSafeMode(false).setSafeModeStorageRewards(0).setSafeModeComputationRewards(0).setSafeModeStorageRebates(0)
                .setSafeModeNonRefundableStorageFee(0).setEpochStartTimestampMs(ledger.epochStartMs()).build();
    }

    private static ProtocolConfig protocolConfig(Mask mask) {
        var proto = ProtocolConfig.newBuilder();
        if (mask.has("protocol_version")) proto.setProtocolVersion(PROTOCOL_VERSION);
        if (mask.has("feature_flags")) proto.putFeatureFlags("disable_preconsensus_locking", true);
        if (mask.has("attributes")) LIMITS.forEach(proto::putAttributes);
        if (mask.has("configs")) LIMITS.forEach((name, value) -> proto.putConfigs(name, Value.newBuilder().setStringValue(value).build()));
        return proto.build();
    }
}
