package suiload.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Does the same thing to many items, a bounded number at once. */
final class Workers {
    private static final int ASKED_EVERY_MILLIS = 100;

    private Workers() {}

    /**
     * @param done called after each item with how many are done
     * @return results in the order of the items
     * @throws RuntimeException the first failure, after which no new item is begun and running ones are interrupted
     * @throws RunStopped when interrupted
     */
    static <T, R> List<R> each(List<T> items, int atOnce, Function<T, R> work, IntConsumer done) {
        return each(items, atOnce, work, done, () -> false);
    }

    /** @param enough asked while it waits: from true on what is not done is given up, and null stands for it */
    static <T, R> List<R> each(List<T> items, int atOnce, Function<T, R> work, IntConsumer done, BooleanSupplier enough) {
        Semaphore places = new Semaphore(atOnce);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            ExecutorCompletionService<Indexed<R>> tasks = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < items.size(); i++) {
                int index = i;
                tasks.submit(() -> {
                    places.acquire();
                    try {
                        return new Indexed<>(index, work.apply(items.get(index)));
                    } finally {
                        places.release();
                    }
                });
            }
            return collect(tasks, items.size(), done, enough);
        } finally {
            threads.shutdownNow();
            // What was interrupted is accounted for before anybody adds up.
            threads.close();
        }
    }

    private record Indexed<R>(int index, R result) {}

    private static <R> List<R> collect(ExecutorCompletionService<Indexed<R>> tasks, int count, IntConsumer done,
            BooleanSupplier enough) {
        List<R> results = new ArrayList<>(Collections.nCopies(count, null));
        try {
            for (int i = 1; i <= count; i++) {
                Future<Indexed<R>> ended = tasks.poll(ASKED_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                while (ended == null && !enough.getAsBoolean()) ended = tasks.poll(ASKED_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (ended == null) return results;
                Indexed<R> next = ended.get();
                results.set(next.index(), next.result());
                done.accept(i);
            }
            return results;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new RunStopped();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(failed.getCause());
        }
    }
}
