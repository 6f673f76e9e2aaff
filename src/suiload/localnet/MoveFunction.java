package suiload.localnet;

import java.util.List;

/** The body of a Move function, natively: returns its results in order, or throws {@link MoveFailure}. */
interface MoveFunction {
    List<MoveValue> run(CallFrame frame);
}
