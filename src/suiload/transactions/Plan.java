package suiload.transactions;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import suiload.chain.Address;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.ObjectRef;

/**
 * How to build a transaction, again if need be.
 *
 * @param gasCoin the coin that pays, where the sender uses several in parallel; else the richest one known. A sender uses one way
 *        or the other.
 * @param owned ids of the owned objects whose references the build asks for
 * @param shared ids of the shared objects whose initial versions the build asks for
 * @param budget gas budget in MIST for a gas price in MIST
 * @param outflow MIST that leave the gas coin besides gas when the transaction succeeds
 */
public record Plan(Optional<Address> gasCoin, Set<Address> owned, Set<Address> shared, LongUnaryOperator budget, long outflow,
        Build build) {
    /** Makes inputs and commands of what is known now; pure, since it may be called again with fresher references. */
    public interface Build {
        Program program(Inputs inputs);
    }

    /** The programmable part of a transaction. */
    public record Program(List<CallArg> inputs, List<Command> commands) {
        public Program {
            inputs = List.copyOf(inputs);
            commands = List.copyOf(commands);
        }
    }

    /** What a build may ask for: only ids that the plan names. */
    public interface Inputs {
        /** The current reference of an owned object. */
        ObjectRef owned(Address id);

        /** The version at which a shared object was shared. */
        long initialVersion(Address id);
    }

    public Plan {
        owned = Set.copyOf(owned);
        shared = Set.copyOf(shared);
    }

    public static Plan of(LongUnaryOperator budget, Build build) {
        return new Plan(Optional.empty(), Set.of(), Set.of(), budget, 0, build);
    }

    public Plan owning(Address... ids) {
        return new Plan(gasCoin, Set.of(ids), shared, budget, outflow, build);
    }

    public Plan sharing(Address... ids) {
        return new Plan(gasCoin, owned, Set.of(ids), budget, outflow, build);
    }

    public Plan paidBy(Address coin) {
        return new Plan(Optional.of(coin), owned, shared, budget, outflow, build);
    }

    public Plan spending(long mist) {
        return new Plan(gasCoin, owned, shared, budget, mist, build);
    }
}
