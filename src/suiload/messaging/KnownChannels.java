package suiload.messaging;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import suiload.chain.Address;

/** What is known of each channel, the {@code max} most recently used of them. Thread-safe; every operation takes microseconds. */
final class KnownChannels {
    /** How many channels {@link #pick} looks at: it runs under the lock. */
    private static final int PICK_DEPTH = 500;

    private final int max;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Address, Knowledge> channels = new LinkedHashMap<>(256, 0.75f, true);
    private final Map<Address, Address> channelByTable = new HashMap<>();

    KnownChannels(int max) {
        this.max = max;
    }

    /** What is known, without asking for more. */
    Knowledge peek(Address channel) {
        return locked(() -> Optional.ofNullable(channels.get(channel)).orElse(Knowledge.NONE));
    }

    /** From here on the channel's messages are kept as they come. */
    Knowledge ask(Address channel) {
        return update(channel, Knowledge::asked);
    }

    Knowledge update(Address channel, UnaryOperator<Knowledge> change) {
        return locked(() -> {
            Knowledge now = change.apply(channels.getOrDefault(channel, Knowledge.NONE));
            channels.put(channel, now);
            now.ref().ifPresent(ref -> channelByTable.put(ref.messagesTable(), channel));
            if (channels.size() > max) forgetEldest();
            return now;
        });
    }

    /** Members or key of a channel changed; nothing is noted of one that nobody asked for. */
    void changed(Address channel, Instant now) {
        locked(() -> channels.computeIfPresent(channel, (id, known) -> known.changed(now)));
    }

    Optional<Address> byTable(Address messagesTable) {
        return locked(() -> Optional.ofNullable(channelByTable.get(messagesTable)));
    }

    /** At most {@code count} followed channels that {@code wanted} picks, most recently used first; none that was never seen to be one. */
    List<Address> pick(Predicate<Knowledge> wanted, int count) {
        return locked(() -> channels.sequencedEntrySet().reversed().stream()
                .limit(PICK_DEPTH)
                .filter(entry -> entry.getValue().followed() && entry.getValue().ref().isPresent() && wanted.test(entry.getValue()))
                .limit(count).map(Map.Entry::getKey).toList());
    }

    int size() {
        return locked(channels::size);
    }

    private void forgetEldest() {
        Knowledge eldest = channels.pollFirstEntry().getValue();
        eldest.ref().ifPresent(ref -> channelByTable.remove(ref.messagesTable()));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
