package suiload.chain;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** Until when a transaction may run. */
public sealed interface Expiration {
    record None() implements Expiration {}

    /** The last epoch in which it may run. */
    record Epoch(long epoch) implements Expiration {}

    /** For payments from an address balance, which have no version to protect them from replay. */
    record ValidDuring(Window window) implements Expiration {}

    /** As {@link ValidDuring}, bound to proposers as well; only the newest SDK and nodes. */
    record Validity(Window window, Optional<Proposers> proposers) implements Expiration {}

    /** Epochs and timestamps (ms) that bound it, the chain it is for, and what tells it from its twins. */
    record Window(Optional<Long> minEpoch, Optional<Long> maxEpoch, Optional<Long> minTimestamp, Optional<Long> maxTimestamp,
            Digest chain, long nonce) {}

    /** Indices ascend strictly and are not empty. */
    record Proposers(long epoch, List<Long> indices) {
        public Proposers {
            indices = List.copyOf(indices);
        }
    }

    default void write(BcsWriter out) {
        switch (this) {
            case None() -> out.uleb(0);
            case Epoch(long epoch) -> out.uleb(1).u64(epoch);
            case ValidDuring(Window window) -> window(out.uleb(2), window);
            case Validity(Window window, Optional<Proposers> proposers) -> {
                window(out.uleb(3), window);
                out.option(proposers, (w, p) -> w.u64(p.epoch).vector(p.indices, BcsWriter::u32));
            }
        }
    }

    static Expiration read(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new None();
            case 1 -> new Epoch(in.u64());
            case 2 -> new ValidDuring(window(in));
            case 3 -> new Validity(window(in), in.option(Expiration::proposers));
            default -> throw in.unknownVariant("TransactionExpiration", variant);
        };
    }

    private static void window(BcsWriter out, Window window) {
        out.option(window.minEpoch, BcsWriter::u64).option(window.maxEpoch, BcsWriter::u64)
                .option(window.minTimestamp, BcsWriter::u64).option(window.maxTimestamp, BcsWriter::u64);
        window.chain.write(out);
        out.u32(window.nonce);
    }

    private static Window window(BcsReader in) {
        return new Window(in.option(BcsReader::u64), in.option(BcsReader::u64), in.option(BcsReader::u64), in.option(BcsReader::u64),
                Digest.read(in), in.u32());
    }

    private static Proposers proposers(BcsReader in) {
        var proposers = new Proposers(in.u64(), in.vector(BcsReader::u32));
        long previous = -1;
        for (long index : proposers.indices) {
            if (index <= previous) throw in.bad("proposer indices must ascend");
            previous = index;
        }
        if (proposers.indices.isEmpty()) throw in.bad("proposer indices must not be empty");
        return proposers;
    }
}
