package suiload.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.sui.FaultyNode;
import suiload.sui.GrpcNode;
import suiload.sui.Node;
import suiload.sui.NodeConfig;
import suiload.sui.NodeException;

/** R1 for the node client's reads, against a node that fails every call. */
final class RetriesAreBounded implements Promise {
    private static final int READERS = 20;
    private static final Duration LENGTH = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public String id() {
        return "R1";
    }

    @Override
    public String promised() {
        return "node reads: at most 4 attempts, 20 % extra over any 10 s, never past the deadline";
    }

    @Override
    public Measured run(long seed) throws Exception {
        try (var sick = new FaultyNode(Optional.empty());
                Node node = GrpcNode.open(NodeConfig.of(List.of(sick.address())), new Metrics())) {
            sick.trouble = (method, number) -> FaultyNode.Fault.HTTP_503;
            var firsts = new AtomicInteger();
            var late = new AtomicInteger();
            List<int[]> samples = sample(sick, firsts, readers(node, firsts, late));
            double worst = 0;
            for (int i = 10; i < samples.size(); i++) {
                int reads = samples.get(i)[0] - samples.get(i - 10)[0];
                int calls = samples.get(i)[1] - samples.get(i - 10)[1];
                worst = Math.max(worst, reads == 0 ? 0 : 100.0 * (calls - reads) / reads);
            }
            return new Measured.Findings().add(worst <= 20, "%.1f %% extra in the worst 10 s of %d reads", worst, firsts.get())
                    .add(late.get() == 0, "%d reads ended later than their deadline + 250 ms", late.get()).measured();
        }
    }

    private static Runnable readers(Node node, AtomicInteger firsts, AtomicInteger late) {
        return () -> {
            while (!Thread.currentThread().isInterrupted()) {
                firsts.incrementAndGet();
                long began = System.nanoTime();
                try {
                    node.referenceGasPrice(Deadline.after(PATIENCE));
                } catch (NodeException expected) {
                    if (System.nanoTime() - began > PATIENCE.plusMillis(250).toNanos()) late.incrementAndGet();
                }
            }
        };
    }

    /** Reads begun and calls seen, every second. */
    private static List<int[]> sample(FaultyNode sick, AtomicInteger firsts, Runnable reader) throws InterruptedException {
        List<int[]> samples = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) readers.add(executor.submit(reader));
            for (int second = 0; second <= LENGTH.toSeconds(); second++) {
                samples.add(new int[] {firsts.get(), sick.calls()});
                Thread.sleep(1000);
            }
            executor.shutdownNow();
        }
        return samples;
    }
}
