package suiload.localnet;

import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.ArgumentError;

/** Execution ends here: an expected outcome of running somebody's transaction, thrown to leave the command it happened in. */
final class MoveFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial")
    private final ExecutionError error;

    MoveFailure(ExecutionError error) {
        super(error.toString(), null, false, false);
        this.error = error;
    }

    /** Argument {@code index} of the current command is wrong. */
    static MoveFailure argument(int index, ArgumentError.Kind kind) {
        return new MoveFailure(new ExecutionError.CommandArgumentError(index, ArgumentError.of(kind)));
    }

    ExecutionError error() {
        return error;
    }
}
