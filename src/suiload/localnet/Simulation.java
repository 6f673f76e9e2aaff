package suiload.localnet;

import java.util.List;
import suiload.bcs.Bytes;
import suiload.chain.Argument;
import suiload.chain.TypeTag;

/**
 * What a transaction would do now.
 *
 * @param transaction without signatures and checkpoint
 * @param outputs one per command; empty when execution failed
 */
public record Simulation(ExecutedTransaction transaction, List<CommandOutput> outputs) {
    public record CommandOutput(List<Value> returned, List<Mutated> mutated) {}

    /** A Move value: its type and its BCS. */
    public record Value(TypeTag type, Bytes bcs) {}

    /** What an argument passed by {@code &mut} holds afterwards. */
    public record Mutated(Argument argument, Value value) {}
}
