package suiload.chain;

import java.util.List;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;

/** A user's programmable transaction: what is signed and hashed (facts: sui-transactions.md section 2). */
public record TransactionData(List<CallArg> inputs, List<Command> commands, Address sender, GasData gas, Expiration expiration) {
    public TransactionData {
        inputs = List.copyOf(inputs);
        commands = List.copyOf(commands);
    }

    public void write(BcsWriter out) {
        out.uleb(0);
        writeKind(out);
        sender.write(out);
        gas.write(out);
        expiration.write(out);
    }

    /** TransactionKind alone: the programmable part with its variant. */
    public void writeKind(BcsWriter out) {
        out.uleb(0).vector(inputs, (w, input) -> input.write(w)).vector(commands, (w, command) -> command.write(w));
    }

    public static TransactionData read(BcsReader in) {
        int version = in.variant();
        if (version != 0) throw in.unknownVariant("TransactionData", version);
        int kind = in.variant();
        if (kind != 0) throw in.unknownVariant("user TransactionKind", kind);
        return new TransactionData(in.vector(CallArg::read), in.vector(Command::read), Address.read(in), GasData.read(in),
                Expiration.read(in));
    }

    /** @throws suiload.bcs.BcsException unless {@code bcs} is exactly one canonical transaction */
    public static TransactionData decode(byte[] bcs) {
        return BcsReader.decode(bcs, TransactionData::read);
    }

    public Bytes encode() {
        var out = new BcsWriter(1024);
        write(out);
        return out.toBytes();
    }

    /** The transaction digest of encoded TransactionData; signatures are not part of it. */
    public static Digest digest(Bytes encoded) {
        return Digest.hash(Digest.Domain.TRANSACTION, encoded.toArray());
    }
}
