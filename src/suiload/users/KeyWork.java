package suiload.users;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Key generation, sealing and opening in bulk, on a few platform threads: virtual threads are not preempted, and a request for 2000
 * keys would stop every other one (measured: four CPU-bound handlers delayed {@code /health} by 2.9 s). Work comes in small portions,
 * so that a short request waits behind portions of long ones, not behind the whole. What waits is bounded by the requests' permits.
 */
public final class KeyWork implements AutoCloseable {
    private static final int PORTION = 50;

    private final ExecutorService threads;

    /** @param threads at least 1 */
    public KeyWork(int threads) {
        this.threads = Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("key-work-", 0).daemon().factory());
    }

    /** Half of the processors, at least one. */
    public static KeyWork ofThisMachine() {
        return new KeyWork(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /**
     * {@code work} on every item, in order.
     *
     * @throws InterruptedException when the caller is interrupted; portions not yet begun are dropped
     */
    <A, B> List<B> map(List<A> items, Function<A, B> work) throws InterruptedException {
        List<Future<List<B>>> portions = new ArrayList<>();
        for (int start = 0; start < items.size(); start += PORTION) {
            List<A> portion = items.subList(start, Math.min(items.size(), start + PORTION));
            portions.add(threads.submit(() -> portion.stream().map(work).toList()));
        }
        List<B> results = new ArrayList<>(items.size());
        try {
            for (Future<List<B>> portion : portions) results.addAll(portion.get());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            portions.forEach(portion -> portion.cancel(false));
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
