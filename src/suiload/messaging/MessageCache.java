package suiload.messaging;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import suiload.chain.Address;
import suiload.metrics.Counter;
import suiload.metrics.Metrics;
import suiload.transactions.RecentMap;

/**
 * Messages by channel and index, and of each channel the page of them that was sent last. A message never changes, so both are right for
 * ever; the least recently used go when their bytes exceed the bound. Thread-safe.
 */
final class MessageCache {
    private static final int PAGE_SHARE = 4;
    /** Beside its bytes: key, links, array header. */
    private static final int PAGE_OVERHEAD = 150;

    private final RecentMap<Key, Message> messages;
    private final RecentMap<Address, Page> pages;
    private final Counter hits;
    private final Counter misses;

    private record Key(Address channel, long index) {}

    private record Page(Stretch stretch, byte[] bytes) {}

    /** Messages {@code begin}…{@code end}−1 of a channel. */
    record Stretch(Address channel, long begin, long end) {
        long length() {
            return end - begin;
        }
    }

    /** @param maxBytes bound of the messages; pages take a quarter of it at most */
    MessageCache(long maxBytes, Metrics metrics) {
        messages = new RecentMap<>(maxBytes, Message::weight);
        pages = new RecentMap<>(maxBytes / PAGE_SHARE, page -> page.bytes().length + PAGE_OVERHEAD);
        hits = metrics.counter("suiload_message_cache_hits_total", "Messages served from memory.");
        misses = metrics.counter("suiload_message_cache_misses_total", "Messages that had to be read from the node.");
        metrics.gauge("suiload_message_cache_bytes", "Estimated size of messages and pages in memory.", this::bytes);
    }

    void put(Address channel, long index, Message message) {
        messages.put(new Key(channel, index), message);
    }

    /** Those of {@code wanted} that are here, by index, newest first. */
    TreeMap<Long, Message> range(Stretch wanted) {
        TreeMap<Long, Message> found = new TreeMap<>(Comparator.reverseOrder());
        for (long index = wanted.begin(); index < wanted.end(); index++) {
            long at = index;
            messages.get(new Key(wanted.channel(), at)).ifPresent(message -> found.put(at, message));
        }
        hits.add(found.size());
        misses.add(wanted.length() - found.size());
        return found;
    }

    /** Whether {@link #range} would find them all; not counted as hit or miss. */
    boolean holds(Stretch wanted) {
        for (long index = wanted.begin(); index < wanted.end(); index++) {
            if (messages.get(new Key(wanted.channel(), index)).isEmpty()) return false;
        }
        return true;
    }

    /** The page that {@link #putPage} took, unless the channel had another since. */
    Optional<byte[]> page(Stretch wanted) {
        Optional<Page> page = pages.get(wanted.channel()).filter(last -> last.stretch().equals(wanted));
        if (page.isPresent()) hits.add(wanted.length());
        return page.map(Page::bytes);
    }

    /** @param page never to be changed any more */
    void putPage(Stretch stretch, byte[] page) {
        pages.put(stretch.channel(), new Page(stretch, page));
    }

    void clear() {
        messages.clear();
        pages.clear();
    }

    long bytes() {
        return messages.weight() + pages.weight();
    }

    /** Messages held. */
    int size() {
        return messages.size();
    }
}
