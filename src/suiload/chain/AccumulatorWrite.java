package suiload.chain;

import java.util.List;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/**
 * What a transaction adds to an accumulator, such as an address balance, or takes from it. It writes no object: the network settles it
 * later. Content as of {@code AccumulatorWriteV1} in the SDK's bcs/effects.ts.
 *
 * @param type what is kept there, a {@code Balance} for example; together with the address it names the accumulator
 */
public record AccumulatorWrite(Address address, TypeTag type, Operation operation, Value value) implements ChangedObject.Output {
    /** BCS order. */
    public enum Operation { MERGE, SPLIT }

    /** What is added or taken; integers are u64. */
    public sealed interface Value {
        record Amount(long amount) implements Value {}

        record AmountPair(long first, long second) implements Value {}

        /** Never empty: nodes hold it in a list that cannot be. */
        record EventDigests(List<EventDigest> events) implements Value {
            public EventDigests {
                events = List.copyOf(events);
            }
        }
    }

    /** An event by its place among those of the transaction. */
    public record EventDigest(long index, Digest digest) {}

    void write(BcsWriter out) {
        address.write(out);
        type.write(out);
        out.uleb(operation.ordinal());
        switch (value) {
            case Value.Amount(long amount) -> out.uleb(0).u64(amount);
            case Value.AmountPair(long first, long second) -> out.uleb(1).u64(first).u64(second);
            case Value.EventDigests(List<EventDigest> events) ->
                    out.uleb(2).vector(events, (w, event) -> event.digest.write(w.u64(event.index)));
        }
    }

    static AccumulatorWrite read(BcsReader in) {
        return new AccumulatorWrite(Address.read(in), TypeTag.read(in, TypeTag.MAX_BUILT_DEPTH), operation(in), value(in));
    }

    private static Operation operation(BcsReader in) {
        int variant = in.variant();
        if (variant > 1) throw in.unknownVariant("AccumulatorOperation", variant);
        return Operation.values()[variant];
    }

    private static Value value(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new Value.Amount(in.u64());
            case 1 -> new Value.AmountPair(in.u64(), in.u64());
            case 2 -> eventDigests(in);
            default -> throw in.unknownVariant("AccumulatorValue", variant);
        };
    }

    private static Value eventDigests(BcsReader in) {
        List<EventDigest> events = in.vector(r -> new EventDigest(r.u64(), Digest.read(r)));
        if (events.isEmpty()) throw in.bad("event digests must not be empty");
        return new Value.EventDigests(events);
    }
}
