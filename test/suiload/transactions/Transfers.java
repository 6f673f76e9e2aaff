package suiload.transactions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.crypto.SecretKey;
import suiload.store.Session;
import suiload.sui.Executed;
import suiload.sui.NodeException;
import suiload.sui.TestChain;

/** The tests' purpose: give MIST to an address. Its parameters are {@code amount recipient}, its effect can be counted in coins. */
public final class Transfers implements Purpose {
    static final long BUDGET = 5_000_000;

    /** Parameters and kind of outcome, in the order of settling. */
    public final Queue<String> settled = new ConcurrentLinkedQueue<>();
    /** Keys for rebuilding after a restart; none by default. */
    volatile Function<Address, Optional<SecretKey>> keys = address -> Optional.empty();
    volatile Runnable beforeSettled = () -> { };
    volatile Runnable whileStored = () -> { };

    @Override
    public String name() {
        return "transfer";
    }

    public Intent intent(SecretKey from, Address to, long amount) {
        return intent(from, amount + " " + to);
    }

    private Intent intent(SecretKey from, String parameters) {
        String[] parts = parameters.split(" ");
        long amount = Long.parseLong(parts[0]);
        Address to = Address.parse(parts[1]);
        Plan plan = Plan.of(price -> BUDGET, inputs -> {
            List<CallArg> arguments = new ArrayList<>();
            List<Command> commands = new ArrayList<>();
            TestChain.payment(to, amount, arguments, commands);
            return new Plan.Program(arguments, commands);
        }).spending(Math.min(amount, 100_000_000));
        return new Intent(this, parameters, from, plan);
    }

    @Override
    public void stored(Session session, String parameters) {
        whileStored.run();
    }

    @Override
    public void settled(Session session, String parameters, Outcome outcome) {
        beforeSettled.run();
        settled.add(parameters + " " + outcome.getClass().getSimpleName());
    }

    @Override
    public Reply reply(String parameters, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded(Executed executed) ->
                    reply(200, "sent " + parameters + " in " + executed.digest(), OptionalLong.of(executed.gasCost()));
            case Outcome.Failed(Executed executed, var failure) -> reply(422, "failed: " + failure, OptionalLong.of(executed.gasCost()));
            case Outcome.Refused(var kind, String text) ->
                    reply(kind == NodeException.Kind.STALE ? 502 : 422, kind + ": " + text, OptionalLong.empty());
        };
    }

    @Override
    public Optional<Intent> rebuild(Address sender, String parameters) {
        return keys.apply(sender).map(key -> intent(key, parameters));
    }

    private static Reply reply(int status, String body, OptionalLong gas) {
        return new Reply(status, Bytes.of(body.getBytes(StandardCharsets.UTF_8)), gas);
    }
}
