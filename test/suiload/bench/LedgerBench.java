package suiload.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.Effects;
import suiload.chain.ObjectRef;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.crypto.SecretKey;
import suiload.localnet.Ledger;
import suiload.localnet.LedgerConfig;

/**
 * The embedded network's ledger by itself (P9 without the front): {@code fill FOLDER COUNT [CHANNELS]} sends COUNT messages, to 50
 * channels or so many, says what one took and what 1,000 take in memory, and dies like after {@code kill -9}; {@code open FOLDER} says
 * how long it takes from the start of the JVM until the ledger is there again.
 */
public final class LedgerBench {
    private static final int SENDERS = 50;
    private static final int CHECKPOINT = 500;

    private final Ledger ledger;
    private final int channels;
    private final List<Chatters.Chatter> senders;

    private LedgerBench(Ledger ledger, int channels) {
        this.ledger = ledger;
        this.channels = channels;
        SecretKey funder = ledger.fundedKey();
        ObjectRef coin = ledger.owned(Address.ofPublicKey(funder.publicKey()), Optional.of(StructTag.SUI_COIN), Optional.empty(), 1)
                .items().getFirst().ref();
        senders = Chatters.create(Math.max(SENDERS, channels), funder, coin, this::execute);
    }

    private Effects execute(SignedTransaction signed) {
        return ledger.execute(signed.transaction(), signed.signatures()).effects();
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[1]);
        int channels = arguments.length > 3 ? Integer.parseInt(arguments[3]) : SENDERS;
        if (arguments[0].equals("fill")) fill(folder, Integer.parseInt(arguments[2]), channels);
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

    private static void fill(Path folder, int count, int channels) {
        Ledger ledger = ledger(folder);
        var bench = new LedgerBench(ledger, channels);
        System.out.printf("first channel %s, last channel %s%n", bench.senders.getFirst().channel(), bench.senders.getLast().channel());
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
            Chatters.Chatter sender = senders.get(i % channels);
            long start = threads.getCurrentThreadCpuTime();
            SignedTransaction signed = sender.message();
            long signedAt = threads.getCurrentThreadCpuTime();
            Effects effects = execute(signed);
            executing += threads.getCurrentThreadCpuTime() - signedAt;
            signing += signedAt - start;
            sender.settle(effects);
        }
        System.out.printf("CPU: build and sign %,.1f µs, execute with verification %,.1f µs%n", signing / 1e3 / rounds,
                executing / 1e3 / rounds);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            Chatters.Chatter sender = senders.get(i % channels);
            if (i % CHECKPOINT == 0) ledger.checkpointNow();
            sender.settle(execute(sender.message()));
        }
    }
}
