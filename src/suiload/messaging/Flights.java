package suiload.messaging;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import suiload.http.HttpError;
import suiload.metrics.Deadline;
import suiload.metrics.RequestContext;
import suiload.sui.NodeException;

/**
 * Reads under way, by what they read: whoever wants the same waits for the one that runs instead of asking again. It runs on the thread
 * and deadline of whoever came first; if that one gives up, another of those who wait takes over. Thread-safe.
 */
final class Flights<K> {
    /** One read: what it brings, and how it ended. */
    private static final class Flight<K> {
        final Set<K> keys;
        final CountDownLatch landed = new CountDownLatch(1);
        volatile boolean arrived;
        volatile RuntimeException failure;

        Flight(Set<K> keys) {
            this.keys = keys;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Flight<K>> underWay = new HashMap<>();

    /**
     * Makes sure that each of {@code keys} is read by a read that ended after this call began, or no longer lacks anything.
     *
     * @param lacking whether a key still has to be read: asked again right before a read, as another may have landed since
     * @param company what else to read in the same go; chosen only if this call reads itself
     * @throws RuntimeException that ended the read, its own or the one it waited for
     */
    void bring(Collection<K> keys, Predicate<K> lacking, Supplier<List<K>> company, Deadline deadline, Consumer<Set<K>> read) {
        Set<K> wanted = new LinkedHashSet<>(keys);
        while (!wanted.isEmpty()) {
            var mine = new Flight<K>(new LinkedHashSet<>(wanted));
            Optional<Flight<K>> running = board(mine, company);
            if (running.isEmpty()) {
                fly(mine, wanted, lacking, read);
                return;
            }
            await(running.get(), deadline);
            if (running.get().arrived) wanted.removeAll(running.get().keys);
            // One that failed may have brought what is wanted here before it did.
            else wanted.removeIf(key -> !lacking.test(key));
            if (running.get().failure != null && !wanted.isEmpty()) throw running.get().failure;
        }
    }

    /** Registers {@code mine}, unless something that it wants is already under way. */
    private Optional<Flight<K>> board(Flight<K> mine, Supplier<List<K>> company) {
        lock.lock();
        try {
            Optional<Flight<K>> running = mine.keys.stream().filter(underWay::containsKey).findFirst().map(underWay::get);
            if (running.isPresent()) return running;
            company.get().stream().filter(key -> !underWay.containsKey(key)).forEach(mine.keys::add);
            mine.keys.forEach(key -> underWay.put(key, mine));
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** @param wanted without them nothing is read: company alone is not worth a call */
    private void fly(Flight<K> flight, Set<K> wanted, Predicate<K> lacking, Consumer<Set<K>> read) {
        try {
            if (wanted.stream().noneMatch(lacking)) return;
            Set<K> due = flight.keys.stream().filter(lacking).collect(Collectors.toCollection(LinkedHashSet::new));
            read.accept(due);
            flight.arrived = true;
        } catch (RuntimeException failure) {
            // One that ran out of its own time says nothing about the node: the others may have time left.
            boolean told = switch (failure) {
                case NodeException.TimedOut late -> false;
                case NodeException.RateLimited noTimeLeft -> false;
                case NodeException node -> true;
                case HttpError answer -> answer.status() != 408;
                default -> false;
            };
            if (told && !Thread.currentThread().isInterrupted()) flight.failure = failure;
            throw failure;
        } finally {
            lock.lock();
            flight.keys.forEach(underWay::remove);
            lock.unlock();
            flight.landed.countDown();
        }
    }

    private void await(Flight<K> flight, Deadline deadline) {
        try (var _ = RequestContext.chainWait()) {
            if (!flight.landed.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new NodeException.TimedOut("waited for another request's read of the same until the deadline", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException.TimedOut("interrupted while waiting for another request's read", e);
        }
    }
}
