package suiload.users;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.crypto.SecretKey;
import suiload.json.Json;
import suiload.store.Session;
import suiload.transactions.Intent;
import suiload.transactions.Outcome;
import suiload.transactions.Plan;
import suiload.transactions.Purpose;

/**
 * Transactions that give back what a user has: all its coins pay for the gas, which makes them one, and that one is transferred.
 * The user counts as unfunded from the database transaction on that stores the outcome.
 */
public final class DrainPurpose implements Purpose {
    /** A transfer of one coin: 1,000 units of computation, and the storage of the coin, which comes back with its rebate. */
    private static final long COMPUTATION_UNITS_MAX = 2_000;
    private static final long COIN_STORAGE_MIST = 1_000_000;

    private final UserStore store;
    private final UserVault vault;

    /** @param vault has the keys of users, so that a transaction can be rebuilt after a restart */
    public DrainPurpose(UserStore store, UserVault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** What is stored with the transaction: whose coins go to whom. */
    record Order(Address user, Address to, List<Address> coins) {
        String text() {
            return Json.text(Json.object("user", user.toString(), "to", to.toString(),
                    "coins", coins.stream().map(Address::toString).toList()));
        }

        static Order parse(String text) {
            Json json = Json.parse(text);
            return new Order(Address.parse(json.string("user")), Address.parse(json.string("to")),
                    json.list("coins").stream().map(coin -> Address.parse(coin.asString())).toList());
        }
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public void settled(Session session, String parameters, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded) store.markUnfunded(session, Order.parse(parameters).user());
    }

    @Override
    public Optional<Intent> rebuild(Address sender, String parameters) {
        return vault.secret(sender).map(key -> intent(key, Order.parse(parameters)));
    }

    Intent intent(SecretKey user, Order order) {
        var to = new BcsWriter(32);
        order.to().write(to);
        var program = new Plan.Program(List.of(CallArg.pure(to)),
                List.of(new Command.TransferObjects(List.of(new Argument.GasCoin()), new Argument.Input(0))));
        Plan plan = Plan.of(price -> COMPUTATION_UNITS_MAX * price + COIN_STORAGE_MIST, inputs -> program).absorbing(order.coins());
        return new Intent(this, order.text(), user, plan);
    }
}
