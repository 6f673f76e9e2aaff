package suiload.transactions;

import suiload.chain.ExecutionStatus;
import suiload.sui.Executed;
import suiload.sui.NodeException;

/** How a transaction ended, once and for all. */
public sealed interface Outcome {
    /** It ran as meant. */
    record Succeeded(Executed executed) implements Outcome {}

    /** It ran and failed, a contract's abort for example; gas is paid. */
    record Failed(Executed executed, ExecutionStatus.Failure failure) implements Outcome {}

    /** It never ran and never will; nothing is paid. */
    record Refused(NodeException.Kind kind, String text) implements Outcome {}

    static Outcome of(Executed executed) {
        return switch (executed.effects().status()) {
            case ExecutionStatus.Success() -> new Succeeded(executed);
            case ExecutionStatus.Failure failure -> new Failed(executed, failure);
        };
    }
}
