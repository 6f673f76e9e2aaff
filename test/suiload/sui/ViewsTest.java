package suiload.sui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.grpcweb.proto.ChangedObject;
import suiload.grpcweb.proto.Checkpoint;
import suiload.grpcweb.proto.Event;
import suiload.grpcweb.proto.ExecutionStatus;
import suiload.grpcweb.proto.ExecutedTransaction;
import suiload.grpcweb.proto.Owner;
import suiload.grpcweb.proto.TransactionEffects;
import suiload.grpcweb.proto.TransactionEvents;

/** A checkpoint holds everybody's transactions: what of them cannot be read must not hide the rest. */
class ViewsTest {
    private static final String READABLE = Address.ofShort(0xa).toString();

    @Test
    void whatCannotBeReadOfACheckpointIsLeftOut() {
        Owner unknown = Owner.getDefaultInstance();
        Owner known = Owner.newBuilder().setKind(Owner.OwnerKind.ADDRESS).setAddress(READABLE).build();
        var effects = TransactionEffects.newBuilder().setStatus(ExecutionStatus.newBuilder().setSuccess(true)).addChangedObjects(changed(unknown, "0x2::coin::Coin<0x2::sui::SUI>"))
                .addChangedObjects(changed(known, "0x2::a::" + "B<0x2::a::".repeat(40) + "C" + ">".repeat(40)))
                .addChangedObjects(changed(known, "0x2::a::B"));
        var events = TransactionEvents.newBuilder().addEvents(event("no type at all")).addEvents(event("0x2::a::Happened"));
        var transaction = ExecutedTransaction.newBuilder().setDigest(Digest.ZERO.toString()).setEffects(effects).setEvents(events);
        CheckpointView view = Views.checkpoint(7, Checkpoint.newBuilder().setSequenceNumber(7).addTransactions(transaction).build());
        CheckpointView.Entry entry = view.transactions().getFirst();
        assertEquals(List.of("0x2::a::B"), entry.written().stream().map(each -> each.type().orElseThrow().name()).map("0x2::a::"::concat).toList());
        assertEquals(1, entry.events().size());
    }

    /** A checkpoint without what was asked for is none in which nothing happened. */
    @Test
    void anAnswerThatLacksItsCheckpointIsRefused() {
        Checkpoint another = Checkpoint.newBuilder().setSequenceNumber(8).build();
        Checkpoint unjudged = Checkpoint.newBuilder().setSequenceNumber(7).addTransactions(ExecutedTransaction.newBuilder()
                .setDigest(Digest.ZERO.toString())).build();
        for (Checkpoint each : List.of(Checkpoint.getDefaultInstance(), another, unjudged)) {
            assertThrows(IllegalArgumentException.class, () -> Views.checkpoint(7, each));
        }
    }

    private static ChangedObject changed(Owner owner, String type) {
        return ChangedObject.newBuilder().setObjectId(READABLE).setObjectType(type).setOutputOwner(owner)
                .setOutputState(ChangedObject.OutputObjectState.OUTPUT_OBJECT_STATE_OBJECT_WRITE).build();
    }

    private static Event event(String type) {
        return Event.newBuilder().setPackageId(READABLE).setModule("a").setSender(READABLE).setEventType(type).build();
    }
}
