package suiload.transactions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import suiload.chain.Address;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.SignedTransaction;
import suiload.chain.TransactionData;
import suiload.metrics.Deadline;
import suiload.sui.NodeException;
import suiload.sui.ObjectView;
import suiload.transactions.References.Coin;

/** Makes signed transactions of intents, with the references that are known; asks the node only for what is not. */
final class Drafts {
    /** What became of an attempt to build. */
    sealed interface Built {
        record Signed(SignedTransaction transaction) implements Built {}

        /** The sender's coin does not cover the transaction. */
        record TooPoor(String text) implements Built {}
    }

    /** What reading anew showed. */
    enum Fresh {
        /** One of the objects was last written by the very transaction that was refused. */
        ITS_WORK,
        /** The gas coin is not there, and the sender has no other: it is gone, or the node that was read is behind. */
        NO_COIN,
        OTHER
    }

    private final References references;
    private final GasPrice gasPrice;

    Drafts(References references, GasPrice gasPrice) {
        this.references = references;
        this.gasPrice = gasPrice;
    }

    /** @throws SendException.NotOnChain when an object that the plan names does not exist */
    Built build(Intent intent, Deadline deadline) {
        Plan plan = intent.plan();
        long price = gasPrice.current(deadline);
        long budget = plan.budget().applyAsLong(price);
        long needed = Math.addExact(budget, plan.outflow());
        Optional<Payment> payment = payment(intent, needed, deadline);
        if (payment.isEmpty()) return new Built.TooPoor("the sender has no SUI coin to pay with");
        if (payment.get().balance() < needed) {
            return new Built.TooPoor("the gas coin holds " + payment.get().balance() + " MIST, " + needed + " are needed");
        }
        Plan.Program program = plan.build().program(inputs(plan, deadline));
        var gas = new GasData(payment.get().coins(), intent.sender(), price, budget);
        var data = new TransactionData(program.inputs(), program.commands(), intent.sender(), gas, new Expiration.None());
        return new Built.Signed(SignedTransaction.sign(data, intent.signer()));
    }

    /** A transaction was executed in {@code epoch}: a new one may have another gas price. */
    void executedIn(long epoch) {
        gasPrice.seen(epoch);
    }

    /** Reads anew what a refused transaction was built of, as far as the refusal may lie in it. */
    Fresh refresh(Intent intent, SignedTransaction refused, NodeException.Rejected rejection, Deadline deadline) {
        if (rejection.getMessage().toLowerCase(Locale.ROOT).contains("gas price")) gasPrice.forget();
        ObjectRef paid = refused.data().gas().payment().getFirst();
        List<Address> ids = new ArrayList<>(intent.plan().owned());
        ids.add(paid.id());
        ids.addAll(intent.plan().absorbed());
        Map<Address, ObjectView> found = references.seek(ids, deadline);
        if (found.values().stream().anyMatch(view -> view.lastWriter().equals(Optional.of(refused.digest())))) return Fresh.ITS_WORK;
        if (intent.plan().gasCoin().isPresent()) return Fresh.OTHER;
        // What the sender's wallet merged or gave away is no longer there, or another's.
        Optional<ObjectView> coin = Optional.ofNullable(found.get(paid.id()));
        boolean own = coin.filter(view -> view.owner().equals(new Owner.AddressOwner(intent.sender()))).isPresent();
        if (own && rejection.kind() != NodeException.Kind.INSUFFICIENT_GAS) return Fresh.OTHER;
        if (!own) coin.ifPresent(view -> references.another(view.ref(), paid, intent.sender()));
        Optional<Coin> pays = references.seekGasCoin(intent.sender(), deadline);
        return coin.isEmpty() && pays.filter(other -> !other.ref().id().equals(paid.id())).isEmpty() ? Fresh.NO_COIN : Fresh.OTHER;
    }

    /** What pays, the coin that takes up the others first, and what is on all of them in MIST. */
    private record Payment(List<ObjectRef> coins, long balance) {}

    private Optional<Payment> payment(Intent intent, long needed, Deadline deadline) {
        Map<Address, Coin> others = references.coins(intent.plan().absorbed(), deadline);
        return coin(intent, needed - sum(others), deadline).map(first -> {
            others.remove(first.ref().id());
            List<ObjectRef> coins = Stream.concat(Stream.of(first), others.values().stream()).map(Coin::ref).toList();
            return new Payment(coins, first.balance() + sum(others));
        });
    }

    private static long sum(Map<Address, Coin> coins) {
        return coins.values().stream().mapToLong(Coin::balance).sum();
    }

    private Optional<Coin> coin(Intent intent, long needed, Deadline deadline) {
        Optional<Address> chosen = intent.plan().gasCoin();
        Optional<Coin> known = chosen.isPresent() ? references.coin(chosen.get(), deadline) : references.gasCoin(intent.sender(), deadline);
        if (known.isPresent() && known.get().balance() >= needed) return known;
        return chosen.isPresent() ? references.seekCoin(chosen.get(), deadline) : references.seekGasCoin(intent.sender(), deadline);
    }

    private Plan.Inputs inputs(Plan plan, Deadline deadline) {
        Map<Address, ObjectRef> owned = references.owned(plan.owned(), deadline);
        Map<Address, Long> shared = references.shared(plan.shared(), deadline);
        requireAll(plan.owned(), owned);
        requireAll(plan.shared(), shared);
        return new Plan.Inputs() {
            @Override
            public ObjectRef owned(Address id) {
                return named(id, owned);
            }

            @Override
            public long initialVersion(Address id) {
                return named(id, shared);
            }
        };
    }

    private static void requireAll(Set<Address> wanted, Map<Address, ?> found) {
        for (Address id : wanted) if (!found.containsKey(id)) throw new SendException.NotOnChain(id);
    }

    private static <V> V named(Address id, Map<Address, V> inputs) {
        V value = inputs.get(id);
        if (value == null) throw new IllegalArgumentException("the plan does not name " + id);
        return value;
    }
}
