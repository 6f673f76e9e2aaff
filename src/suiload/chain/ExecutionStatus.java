package suiload.chain;

import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** How execution ended. A failed transaction is final too: gas is paid and input versions move. */
public sealed interface ExecutionStatus {
    record Success() implements ExecutionStatus {}

    /** @param command index of the failing command, where one is to blame */
    record Failure(ExecutionError error, Optional<Long> command) implements ExecutionStatus {}

    default boolean success() {
        return this instanceof Success;
    }

    default void write(BcsWriter out) {
        switch (this) {
            case Success() -> out.uleb(0);
            case Failure(ExecutionError error, Optional<Long> command) -> {
                error.write(out.uleb(1));
                out.option(command, BcsWriter::u64);
            }
        }
    }

    static ExecutionStatus read(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new Success();
            case 1 -> new Failure(ExecutionError.read(in), in.option(BcsReader::u64));
            default -> throw in.unknownVariant("ExecutionStatus", variant);
        };
    }
}
