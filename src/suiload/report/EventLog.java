package suiload.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Numbered events that any number of readers follow at their own pace. Bounded: the oldest are forgotten. */
final class EventLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> events = new ArrayDeque<>();
    private final int bound;
    private long first;
    private boolean ended;

    /** Some events, and the number to go on from. */
    record Batch(long next, List<String> events, boolean last) {}

    EventLog(int bound) {
        this.bound = bound;
    }

    void add(String event) {
        lock.lock();
        try {
            events.addLast(event);
            if (events.size() > bound) {
                events.removeFirst();
                first++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No event comes any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everything from number {@code from} on; waits up to {@code seconds} while there is none. */
    Batch from(long from, long seconds) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(seconds);
            while (first + events.size() <= from && !ended && left > 0) left = changed.awaitNanos(left);
            List<String> news = new ArrayList<>(events).subList(Math.clamp(from - first, 0, events.size()), events.size());
            return new Batch(first + events.size(), List.copyOf(news), ended);
        } finally {
            lock.unlock();
        }
    }
}
