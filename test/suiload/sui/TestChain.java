package suiload.sui;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.crypto.SecretKey;
import suiload.localnet.Localnet;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.store.TestDatabase;

/** The embedded network in this JVM, in calm weather, with a node in trouble in front of it and a client past the trouble. */
public final class TestChain implements AutoCloseable {
    public static final long PRICE = 1000;
    public static final long BUDGET = 10_000_000;

    private final Localnet network;
    public final FaultyNode faulty;
    /** Straight to the network. */
    public final Node node;
    public final SecretKey funder;

    public TestChain() throws IOException {
        Path folder = TestDatabase.folder("chain");
        Path weather = Path.of(System.getProperty("suiload.home", "."), "conf/weather");
        network = Localnet.start(new Localnet.Options(0, 0, folder, weather, "calm", 1));
        faulty = new FaultyNode(Optional.of(address()));
        node = GrpcNode.open(NodeConfig.of(List.of(address())), new Metrics());
        funder = SecretKey.parse(Files.readString(network.fundingKey()).strip());
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + network.port());
    }

    public static Address address(SecretKey key) {
        return Address.ofPublicKey(key.publicKey());
    }

    public static SecretKey key(int number) {
        byte[] seed = new byte[32];
        for (int i = 0; i < 4; i++) seed[i] = (byte) (number >>> 8 * i);
        seed[31] = 77;
        return SecretKey.ofSeed(seed);
    }

    public List<ObjectView> coins(Address owner) {
        List<ObjectView> all = new ArrayList<>();
        Optional<suiload.bcs.Bytes> next = Optional.empty();
        do {
            Page<ObjectView> page = node.owned(owner, StructTag.SUI_COIN, next, 1000, deadline());
            all.addAll(page.items());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    /** A coin of this many MIST for each. */
    public Executed fund(long amount, List<Address> accounts) {
        List<CallArg> inputs = new ArrayList<>();
        List<Command> commands = new ArrayList<>();
        for (Address account : accounts) payment(account, amount, inputs, commands);
        ObjectRef gas = coins(address(funder)).getFirst().ref();
        return require(node.execute(sign(funder, gas, inputs, commands, 1_000_000_000), deadline()));
    }

    /** Splits a coin off the gas coin and gives it away. */
    public static void payment(Address to, long amount, List<CallArg> inputs, List<Command> commands) {
        inputs.add(CallArg.pure(new BcsWriter(8).u64(amount)));
        inputs.add(CallArg.pure(new BcsWriter(32).fixed(to.bytes())));
        commands.add(new Command.SplitCoins(new Argument.GasCoin(), List.of(new Argument.Input(inputs.size() - 2))));
        commands.add(new Command.TransferObjects(List.of(new Argument.Result(commands.size() - 1)), new Argument.Input(inputs.size() - 1)));
    }

    public static SignedTransaction sign(SecretKey signer, ObjectRef gas, List<CallArg> inputs, List<Command> commands, long budget) {
        var data = new GasData(List.of(gas), address(signer), PRICE, budget);
        return SignedTransaction.sign(new TransactionData(inputs, commands, address(signer), data, new Expiration.None()), signer);
    }

    /** A transaction that gives {@code amount} MIST away. */
    public SignedTransaction transfer(SecretKey from, Address to, long amount) {
        List<CallArg> inputs = new ArrayList<>();
        List<Command> commands = new ArrayList<>();
        payment(to, amount, inputs, commands);
        return sign(from, coins(address(from)).getFirst().ref(), inputs, commands, BUDGET);
    }

    public static Executed require(Executed executed) {
        if (!executed.success()) throw new AssertionError(executed.effects().status());
        return executed;
    }

    public static Deadline deadline() {
        return Deadline.after(java.time.Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        node.close();
        faulty.close();
        network.close();
    }
}
