package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import suiload.bcs.Bytes;
import suiload.chain.AccumulatorWrite;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionStatus;
import suiload.chain.GasUsed;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.chain.UpgradeError;
import suiload.grpcweb.proto.AccumulatorWrite.AccumulatorOperation;
import suiload.grpcweb.proto.AccumulatorWrite.AccumulatorValue;
import suiload.grpcweb.proto.ChangedObject.OutputObjectState;
import suiload.grpcweb.proto.ExecutionError.ExecutionErrorKind;
import suiload.grpcweb.proto.PackageUpgradeError;
import suiload.grpcweb.proto.PackageUpgradeError.PackageUpgradeErrorKind;

/** Effects that no transaction of this network has, as both its protocols would tell them. */
class RareEffectsTest {
    private static final Address ID = Address.ofShort(6);
    private static final AccumulatorWrite.EventDigest EVENT = new AccumulatorWrite.EventDigest(3, Digest.ZERO);

    @Test
    void accumulatorWritesAreMessagesOfTheirOwn() {
        var proto = EffectsProto.changed(change(new AccumulatorWrite.Value.Amount(5)), 9, Map.of());
        assertEquals(OutputObjectState.OUTPUT_OBJECT_STATE_ACCUMULATOR_WRITE, proto.getOutputState());
        assertFalse(proto.hasOutputVersion());
        assertEquals(ID.toString(), proto.getAccumulatorWrite().getAddress());
        assertEquals(TypeTag.of(StructTag.SUI), TypeTag.parse(proto.getAccumulatorWrite().getAccumulatorType()));
        assertEquals(AccumulatorOperation.SPLIT, proto.getAccumulatorWrite().getOperation());
        assertEquals(AccumulatorValue.INTEGER, proto.getAccumulatorWrite().getValueKind());
        assertEquals(5, proto.getAccumulatorWrite().getIntegerValue());
        var pair = EffectsProto.changed(change(new AccumulatorWrite.Value.AmountPair(1, 2)), 9, Map.of()).getAccumulatorWrite();
        assertEquals(AccumulatorValue.INTEGER_TUPLE, pair.getValueKind());
        assertEquals(List.of(1L, 2L), pair.getIntegerTupleList());
        var events = EffectsProto.changed(change(new AccumulatorWrite.Value.EventDigests(List.of(EVENT))), 9, Map.of())
                .getAccumulatorWrite();
        assertEquals(AccumulatorValue.EVENT_DIGEST, events.getValueKind());
        assertEquals(3, events.getEventDigestValue(0).getEventIndex());
        assertEquals(Digest.ZERO.toString(), events.getEventDigestValue(0).getDigest());
    }

    /** Taken for a written object it would stand among the unwrapped ones, without a reference to show. */
    @Test
    void noListOfObjectsHasAccumulatorWrites() {
        var effects = new Effects(new ExecutionStatus.Success(), 0, GasUsed.NONE, Digest.ZERO, Optional.empty(), Optional.empty(),
                List.of(), 9, List.of(change(new AccumulatorWrite.Value.Amount(5))), List.of(), Optional.empty());
        assertEquals(Set.of("messageVersion", "status", "executedEpoch", "gasUsed", "transactionDigest"),
                EffectsJson.effects(effects).keySet());
    }

    @Test
    void refusedUpgradesSayWhy() {
        var digest = Digest.hash(Digest.Domain.OBJECT, new byte[0]);
        assertEquals(kind(PackageUpgradeErrorKind.UNABLE_TO_FETCH_PACKAGE).setPackageId(ID.toString()).build(),
                proto(new UpgradeError.UnableToFetchPackage(ID)));
        assertEquals(kind(PackageUpgradeErrorKind.NOT_A_PACKAGE).setPackageId(ID.toString()).build(),
                proto(new UpgradeError.NotAPackage(ID)));
        assertEquals(kind(PackageUpgradeErrorKind.INCOMPATIBLE_UPGRADE).build(), proto(new UpgradeError.IncompatibleUpgrade()));
        assertEquals(kind(PackageUpgradeErrorKind.DIGEST_DOES_NOT_MATCH).setDigest(digest.toString()).build(),
                proto(new UpgradeError.DigestDoesNotMatch(digest.content())));
        assertEquals(kind(PackageUpgradeErrorKind.DIGEST_DOES_NOT_MATCH).build(),
                proto(new UpgradeError.DigestDoesNotMatch(Bytes.of((byte) 1))));
        assertEquals(kind(PackageUpgradeErrorKind.UNKNOWN_UPGRADE_POLICY).setPolicy(200).build(),
                proto(new UpgradeError.UnknownUpgradePolicy(200)));
        assertEquals(kind(PackageUpgradeErrorKind.PACKAGE_ID_DOES_NOT_MATCH).setPackageId(ID.toString())
                .setTicketId(Address.ZERO.toString()).build(), proto(new UpgradeError.PackageIdDoesNotMatch(ID, Address.ZERO)));
    }

    @Test
    void refusedUpgradesAsDebugText() {
        assertEquals("PackageUpgradeError { upgrade_error: IncompatibleUpgrade } in command 1",
                ExecutionErrorText.of(failure(new UpgradeError.IncompatibleUpgrade())));
        assertEquals("PackageUpgradeError { upgrade_error: DigestDoesNotMatch { digest: [1, 255] } } in command 1",
                ExecutionErrorText.of(failure(new UpgradeError.DigestDoesNotMatch(Bytes.of((byte) 1, (byte) 255)))));
        assertEquals("PackageUpgradeError { upgrade_error: PackageIDDoesNotMatch { package_id: " + ID + ", ticket_id: " + Address.ZERO
                + " } } in command 1", ExecutionErrorText.of(failure(new UpgradeError.PackageIdDoesNotMatch(ID, Address.ZERO))));
    }

    private static PackageUpgradeError.Builder kind(PackageUpgradeErrorKind kind) {
        return PackageUpgradeError.newBuilder().setKind(kind);
    }

    private static PackageUpgradeError proto(UpgradeError reason) {
        var error = ErrorProto.status(failure(reason)).getError();
        assertEquals(ExecutionErrorKind.PACKAGE_UPGRADE_ERROR, error.getKind());
        return error.getPackageUpgradeError();
    }

    private static ExecutionStatus.Failure failure(UpgradeError reason) {
        return new ExecutionStatus.Failure(new ExecutionError.PackageUpgradeError(reason), Optional.of(1L));
    }

    private static ChangedObject change(AccumulatorWrite.Value value) {
        var write = new AccumulatorWrite(ID, TypeTag.of(StructTag.SUI), AccumulatorWrite.Operation.SPLIT, value);
        return new ChangedObject(ID, Optional.empty(), write, ChangedObject.IdOperation.NONE);
    }
}
