package suiload.localnet;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Effects;
import suiload.chain.Event;
import suiload.chain.TypeTag;

/** The journal's form of a transaction: its signed bytes, and its outcome, which a replay must meet again. */
final class TransactionRecord {
    private TransactionRecord() {}

    static final int KIND = 1;

    static byte[] encode(ExecutedTransaction transaction) {
        var out = new BcsWriter(transaction.transaction().length() + 1536).u8(KIND).bytes(transaction.transaction());
        out.vector(transaction.signatures(), BcsWriter::bytes);
        transaction.effects().write(out);
        out.vector(transaction.events(), (w, event) -> event.write(w));
        out.vector(transaction.balanceChanges(), (w, change) -> {
            change.address().write(w);
            change.coinType().write(w);
            w.u64(change.amount());
        });
        return out.toByteArray();
    }

    static boolean is(byte[] payload) {
        return payload.length > 0 && payload[0] == KIND;
    }

    /** Without objects and checkpoint, which are not in the record. */
    static ExecutedTransaction decode(byte[] payload) {
        return BcsReader.decode(payload, in -> {
            if (in.u8() != KIND) throw in.bad("no transaction record");
            Bytes transaction = in.byteString();
            List<Bytes> signatures = in.vector(BcsReader::byteString);
            Effects effects = Effects.read(in);
            List<Event> events = in.vector(Event::read);
            List<BalanceChange> changes = in.vector(r -> new BalanceChange(Address.read(r), TypeTag.read(r), r.u64()));
            return new ExecutedTransaction(effects.transaction(), transaction, signatures, effects, events, List.of(), List.of(), changes,
                    Optional.empty());
        });
    }
}
