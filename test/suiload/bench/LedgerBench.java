package suiload.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Effects;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;
import suiload.localnet.ExecutedTransaction;
import suiload.localnet.Ledger;
import suiload.localnet.LedgerConfig;

/**
 * The embedded network's ledger by itself (performance.md P9, without the front):
 * {@code fill FOLDER COUNT} sends COUNT messages, says what one took and what 1,000 take in memory, and dies like after
 * {@code kill -9}; {@code open FOLDER} says how long it takes from the start of the JVM until the ledger is there again.
 */
public final class LedgerBench {
    private static final Address PKG = Address.parse("0x984960ebddd75c15c6d38355ac462621db0ffc7d6647214c802cd3b685e1af3d");
    private static final TypeTag ATTACHMENT = TypeTag.of(StructTag.of(PKG, "attachment", "Attachment"));
    private static final int SENDERS = 50;
    private static final int CIPHERTEXT_BYTES = 93;
    private static final int CHECKPOINT = 500;
    private static final long PRICE = 1_000;
    private static final long FUNDING = 10_000_000_000_000L;
    private static final long BUDGET = 1_000_000_000L;

    private final Ledger ledger;
    private final List<Sender> senders = new ArrayList<>();

    private LedgerBench(Ledger ledger) {
        this.ledger = ledger;
    }

    /** One user: what it keeps from the effects of its last transaction. */
    private static final class Sender {
        private final SecretKey key;
        private ObjectRef coin;
        private ObjectRef cap;
        private Address channel;
        private long initialVersion;

        Sender(SecretKey key) {
            this.key = key;
        }

        Address address() {
            return Address.ofPublicKey(key.publicKey());
        }
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("fill")) fill(folder, Integer.parseInt(arguments[2]));
        else open(folder);
    }

    /** Without checkpoints by itself: the state must be comparable. */
    private static Ledger ledger(Path folder) {
        return Ledger.open(new LedgerConfig(folder, InstantSource.system(), new SecureRandom(), Duration.ZERO,
                LedgerConfig.Durability.PROCESS));
    }

    private static void open(Path folder) {
        Ledger ledger = ledger(folder);
        long upMs = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.printf("ready %d ms after the start of the JVM (CPU %d ms), %,d transactions, state %s%n", upMs, cpuNanos() / 1_000_000,
                ledger.latestCheckpoint().totalTransactions(), ledger.stateHash());
        System.exit(0);
    }

    private static void fill(Path folder, int count) {
        Ledger ledger = ledger(folder);
        var bench = new LedgerBench(ledger);
        bench.provision();
        long before = usedHeap();
        int warmUp = count / 10;
        bench.send(warmUp);
        long start = System.nanoTime();
        long cpuStart = cpuNanos();
        bench.send(count - warmUp);
        long nanos = System.nanoTime() - start;
        System.out.printf("%,d sends, one after another, client and ledger together: %,.1f µs each, of it CPU of all threads %,.1f µs%n",
                count - warmUp, nanos / 1e3 / (count - warmUp), (cpuNanos() - cpuStart) / 1e3 / (count - warmUp));
        ledger.checkpointNow();
        System.out.printf("heap per 1,000 messages: %,d KiB%n", (usedHeap() - before) / 1024 * 1000 / count);
        bench.stages();
        ledger.checkpointNow();
        System.out.printf("state %s%n", ledger.stateHash());
        System.exit(0);
    }

    /** Of the whole process, compiler and collector included. */
    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Where the time of a send goes: signing on the client's side, verifying and running on the ledger's. */
    private void stages() {
        int rounds = 5_000;
        var threads = ManagementFactory.getThreadMXBean();
        long signing = 0;
        long executing = 0;
        for (int i = 0; i < rounds; i++) {
            Sender sender = senders.get(i % SENDERS);
            long start = threads.getCurrentThreadCpuTime();
            SignedTransaction signed = SignedTransaction.sign(message(sender), sender.key);
            long signedAt = threads.getCurrentThreadCpuTime();
            ExecutedTransaction sent = ledger.execute(signed.transaction(), signed.signatures());
            executing += threads.getCurrentThreadCpuTime() - signedAt;
            signing += signedAt - start;
            settle(sender, sent.effects());
        }
        System.out.printf("CPU: build and sign %,.1f µs, execute with verification %,.1f µs%n", signing / 1e3 / rounds,
                executing / 1e3 / rounds);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            Sender sender = senders.get(i % SENDERS);
            if (i % CHECKPOINT == 0) ledger.checkpointNow();
            SignedTransaction signed = SignedTransaction.sign(message(sender), sender.key);
            settle(sender, ledger.execute(signed.transaction(), signed.signatures()).effects());
        }
    }

    private static void settle(Sender sender, Effects effects) {
        if (!effects.status().success()) throw new IllegalStateException(effects.status().toString());
        sender.coin = effects.gasCoin().orElseThrow();
        if (sender.cap != null) sender.cap = effects.written(sender.cap.id()).orElseThrow();
    }

    private static TransactionData message(Sender sender) {
        List<CallArg> inputs = List.of(new CallArg.Shared(sender.channel, sender.initialVersion, CallArg.Mutability.MUTABLE),
                new CallArg.Owned(sender.cap), bytes(CIPHERTEXT_BYTES), bytes(12), CallArg.clock());
        List<Command> commands = List.of(
                new Command.MoveCall(Address.MOVE_STDLIB, "vector", "empty", List.of(ATTACHMENT), List.of()),
                call("channel", "send_message", input(0), input(1), input(2), input(3), new Argument.Result(0), input(4)));
        return data(sender.key, inputs, commands, sender.coin);
    }

    private static CallArg bytes(int count) {
        return CallArg.pure(new BcsWriter(count + 2).bytes(new byte[count]));
    }

    private static Argument input(int index) {
        return new Argument.Input(index);
    }

    private static Command call(String module, String function, Argument... arguments) {
        return new Command.MoveCall(PKG, module, function, List.of(), List.of(arguments));
    }

    private static TransactionData data(SecretKey sender, List<CallArg> inputs, List<Command> commands, ObjectRef coin) {
        Address address = Address.ofPublicKey(sender.publicKey());
        return new TransactionData(inputs, commands, address, new GasData(List.of(coin), address, PRICE, BUDGET), new Expiration.None());
    }

    private void provision() {
        for (int i = 0; i < SENDERS; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) i;
            senders.add(new Sender(SecretKey.ofSeed(seed)));
        }
        for (Sender sender : senders) {
            fund(sender);
            create(sender);
        }
    }

    private void fund(Sender sender) {
        SecretKey funder = ledger.fundedKey();
        ObjectRef coin = ledger.owned(Address.ofPublicKey(funder.publicKey()), java.util.Optional.of(StructTag.SUI_COIN),
                java.util.Optional.empty(), 1).items().getFirst().ref();
        List<CallArg> inputs = List.of(CallArg.pure(new BcsWriter().u64(FUNDING)),
                CallArg.pure(new BcsWriter().fixed(sender.address().bytes())));
        List<Command> commands = List.of(new Command.SplitCoins(new Argument.GasCoin(), List.of(input(0))),
                new Command.TransferObjects(List.of(new Argument.NestedResult(0, 0)), input(1)));
        SignedTransaction signed = SignedTransaction.sign(data(funder, inputs, commands, coin), funder);
        Effects effects = ledger.execute(signed.transaction(), signed.signatures()).effects();
        sender.coin = effects.written(Address.created(signed.digest(), 0)).orElseThrow();
    }

    /** Ten members, as the recorded runs have; the creator does the sending. */
    private void create(Sender sender) {
        List<Address> members = new ArrayList<>();
        for (int i = 1; i < 10; i++) members.add(senders.get((senders.indexOf(sender) + i) % SENDERS).address());
        List<CallArg> inputs = List.of(CallArg.clock(), CallArg.pure(new BcsWriter().u64(members.size())), bytes(392),
                CallArg.pure(new BcsWriter().fixed(sender.address().bytes())),
                CallArg.pure(new BcsWriter().vector(members, (w, address) -> address.write(w))));
        Argument channel = new Argument.NestedResult(1, 0);
        Argument creatorCap = new Argument.NestedResult(1, 1);
        Argument memberCap = new Argument.NestedResult(1, 2);
        List<Command> commands = List.of(call("config", "none"), call("channel", "new", new Argument.Result(0), input(0)),
                call("channel", "add_members", channel, memberCap, input(1), input(0)),
                call("channel", "add_encrypted_key", channel, memberCap, input(2)), call("channel", "share", channel, creatorCap),
                call("member_cap", "transfer_to_recipient", memberCap, creatorCap, input(3)),
                call("member_cap", "transfer_member_caps", input(4), new Argument.Result(2), creatorCap),
                call("creator_cap", "transfer_to_sender", creatorCap));
        SignedTransaction signed = SignedTransaction.sign(data(sender.key, inputs, commands, sender.coin), sender.key);
        Effects effects = ledger.execute(signed.transaction(), signed.signatures()).effects();
        settle(sender, effects);
        sender.channel = Address.created(signed.digest(), 0);
        sender.initialVersion = effects.lamportVersion();
        sender.cap = effects.written(Address.created(signed.digest(), 2)).orElseThrow();
    }
}
