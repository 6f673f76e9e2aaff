package suiload.users;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
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
 * Transactions that fund users, a batch each: one coin split off the gas coin and sent per user. A batch's users are bound to it in
 * the database transaction that stores the signed bytes, and marked or set free in the one that stores the outcome.
 */
public final class FundingPurpose implements Purpose {
    private static final long COIN_STORAGE_MIST = 988_000;
    /** Far above what 50 splits and transfers compute; unused budget is not charged. */
    private static final long COMPUTATION_UNITS_MAX = 10_000;

    private final UserStore store;
    private final Optional<SecretKey> own;

    /** @param own the service's own funding account, whose transactions can be rebuilt after a restart */
    public FundingPurpose(UserStore store, Optional<SecretKey> own) {
        this.store = store;
        this.own = own;
    }

    /**
     * What is stored with the transaction.
     *
     * @param mist to each user
     * @param coin that pays
     * @param absorbed coins that pay as well and become part of it
     * @param request whose answer counts it in ({@link suiload.transactions.Claim#id})
     */
    record Batch(UUID id, long mist, Address coin, List<Address> absorbed, List<Address> users, Optional<Bytes> request) {
        String text() {
            Map<String, Object> text = Json.object("id", id.toString(), "mist", Long.toString(mist), "coin", coin.toString(),
                    "absorbed", absorbed.stream().map(Address::toString).toList(),
                    "users", users.stream().map(Address::toString).toList());
            request.ifPresent(of -> text.put("request", of.hex()));
            return Json.text(text);
        }

        static Batch parse(String text) {
            Json json = Json.parse(text);
            return new Batch(UUID.fromString(json.string("id")), json.u64("mist"), Address.parse(json.string("coin")),
                    json.find("absorbed").map(Batch::addresses).orElse(List.of()), addresses(json.get("users")),
                    json.find("request").map(of -> Bytes.ofHex(of.asString())));
        }

        private static List<Address> addresses(Json list) {
            return list.asList().stream().map(address -> Address.parse(address.asString())).toList();
        }

        long outflow() {
            return Math.multiplyExact(mist, users.size());
        }
    }

    @Override
    public String name() {
        return "funding";
    }

    @Override
    public void stored(Session session, String parameters) {
        Batch batch = Batch.parse(parameters);
        store.reserve(session, batch.id(), batch.users());
    }

    @Override
    public void settled(Session session, String parameters, Outcome outcome) {
        Batch batch = Batch.parse(parameters);
        switch (outcome) {
            case Outcome.Succeeded succeeded -> {
                store.markFunded(session, batch.id());
                if (batch.request().isPresent()) store.countFor(session, batch, succeeded.executed().gasCost());
            }
            case Outcome.Failed _, Outcome.Refused _ -> store.release(session, batch.id());
        }
    }

    @Override
    public Optional<Intent> rebuild(Address sender, String parameters) {
        return own.filter(key -> Address.ofPublicKey(key.publicKey()).equals(sender)).map(key -> intent(key, Batch.parse(parameters)));
    }

    Intent intent(SecretKey payer, Batch batch) {
        Plan plan = Plan.of(price -> budget(batch.users().size(), price), _ -> program(batch))
                .paidBy(batch.coin()).absorbing(batch.absorbed()).spending(batch.outflow());
        return new Intent(this, batch.text(), payer, plan);
    }

    /** Gas budget in MIST for this many users: every new coin and the paying one are stored. */
    static long budget(int users, long gasPrice) {
        return COMPUTATION_UNITS_MAX * gasPrice + (users + 1) * COIN_STORAGE_MIST;
    }

    private static Plan.Program program(Batch batch) {
        int count = batch.users().size();
        Stream<CallArg> amounts = Stream.of(CallArg.pure(new BcsWriter(8).u64(batch.mist())));
        Stream<CallArg> recipients = batch.users().stream().map(user -> {
            var out = new BcsWriter(32);
            user.write(out);
            return CallArg.pure(out);
        });
        List<Argument> split = IntStream.range(0, count).<Argument>mapToObj(_ -> new Argument.Input(0)).toList();
        Stream<Command> transfers = IntStream.range(0, count).mapToObj(i ->
                new Command.TransferObjects(List.of(new Argument.NestedResult(0, i)), new Argument.Input(1 + i)));
        return new Plan.Program(Stream.concat(amounts, recipients).toList(),
                Stream.concat(Stream.of(new Command.SplitCoins(new Argument.GasCoin(), split)), transfers).toList());
    }
}
