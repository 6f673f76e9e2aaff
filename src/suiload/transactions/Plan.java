package suiload.transactions;

import java.util.Collection;
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
 * @param absorbed further coins of the sender that pay as well: the first takes them up, so that they are one coin afterwards. Those
 *        that are gone by then are left out.
 * @param owned ids of the owned objects whose references the build asks for
 * @param shared ids of the shared objects whose initial versions the build asks for
 * @param budget gas budget in MIST for a gas price in MIST
 * @param outflow MIST that leave the gas coin besides gas when the transaction succeeds
 */
public record Plan(Optional<Address> gasCoin, Set<Address> absorbed, Set<Address> owned, Set<Address> shared, LongUnaryOperator budget,
        long outflow, Build build) {
    /** As many coins as one transaction may pay with (facts: sui-transactions.md), less the one that takes up the others. */
    public static final int ABSORBED_MAX = 255;

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
        absorbed = Set.copyOf(absorbed);
        owned = Set.copyOf(owned);
        shared = Set.copyOf(shared);
    }

    public static Plan of(LongUnaryOperator budget, Build build) {
        return new Plan(Optional.empty(), Set.of(), Set.of(), Set.of(), budget, 0, build);
    }

    public Plan owning(Address... ids) {
        return new Plan(gasCoin, absorbed, Set.of(ids), shared, budget, outflow, build);
    }

    public Plan sharing(Address... ids) {
        return new Plan(gasCoin, absorbed, owned, Set.of(ids), budget, outflow, build);
    }

    public Plan paidBy(Address coin) {
        return new Plan(Optional.of(coin), absorbed, owned, shared, budget, outflow, build);
    }

    public Plan absorbing(Collection<Address> coins) {
        return new Plan(gasCoin, Set.copyOf(coins), owned, shared, budget, outflow, build);
    }

    public Plan spending(long mist) {
        return new Plan(gasCoin, absorbed, owned, shared, budget, mist, build);
    }
}
