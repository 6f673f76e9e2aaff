package suiload.localnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.CallArg;
import suiload.chain.GasData;
import suiload.chain.GasUsed;
import suiload.chain.ObjectRef;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;

/** Chooses budget and gas coins for a transaction that a client wants simulated (facts: sui-grpc.md section 4.3, step 3). */
final class GasSelection {
    private static final int COINS_MAX = 256;
    private static final int COIN_PAGE = 1000;
    /** Gas units added to an estimate, at the reference price, for what may change until the transaction runs. */
    private static final long SAFETY_UNITS = 1000;
    /** What storing the mock coin of a simulation costs, MIST. */
    private static final long MOCK_COIN_STORAGE = 988_000;

    private final Ledger ledger;

    GasSelection(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param budgetGiven false: the budget is estimated first */
    TransactionData select(TransactionData data, boolean budgetGiven) {
        long budget = budgetGiven ? data.gas().budget() : estimate(data);
        if (data.gas().payment().isEmpty()) return withGas(data, coins(data, budget), budget);
        long held = Resolver.total(data.gas().payment().stream().flatMap(ref -> ledger.object(ref.id()).stream()).toList());
        if (Long.compareUnsigned(held, budget) < 0) {
            throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "Insufficient gas balance to cover estimated transaction cost. "
                    + "Available gas balance: " + held + " MIST. Estimated gas budget required: " + budget + " MIST");
        }
        return withGas(data, data.gas().payment(), budget);
    }

    private long estimate(TransactionData data) {
        Simulation simulation = ledger.simulate(withGas(data, List.of(), Resolver.MAX_BUDGET), true);
        GasUsed used = simulation.transaction().effects().gasUsed();
        long net = used.computation() + used.storage() - MOCK_COIN_STORAGE - used.rebate();
        return Math.min(Math.max(used.computation(), net) + SAFETY_UNITS * ledger.referenceGasPrice(), Resolver.MAX_BUDGET);
    }

    private static TransactionData withGas(TransactionData data, List<ObjectRef> payment, long budget) {
        var gas = new GasData(payment, data.gas().owner(), data.gas().price(), budget);
        return new TransactionData(data.inputs(), data.commands(), data.sender(), gas, data.expiration());
    }

    /** All of the owner's SUI coins that are not inputs, the richest first, as many as a transaction may have. */
    private List<ObjectRef> coins(TransactionData data, long budget) {
        Set<Address> inputs = new HashSet<>();
        data.inputs().forEach(input -> {
            if (input instanceof CallArg.Owned(ObjectRef ref)) inputs.add(ref.id());
        });
        List<ObjectRef> chosen = new ArrayList<>();
        long total = 0;
        Optional<Bytes> position = Optional.empty();
        do {
            Page<LedgerObject> page = ledger.owned(data.gas().owner(), Optional.of(StructTag.SUI_COIN), position, COIN_PAGE);
            for (LedgerObject coin : page.items()) {
                if (chosen.size() == COINS_MAX || inputs.contains(coin.id())) continue;
                chosen.add(coin.ref());
                total += coin.balance().orElse(0);
            }
            position = page.next();
        } while (position.isPresent() && chosen.size() < COINS_MAX);
        if (Long.compareUnsigned(total, budget) < 0) {
            throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "Unable to perform gas selection due to insufficient SUI balance "
                    + "(in address balance or coins) for account " + data.gas().owner() + " to satisfy required budget " + budget + ".");
        }
        return chosen;
    }
}
