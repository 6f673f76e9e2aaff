package suiload;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import suiload.metrics.Log;

/**
 * Keeps the old generation's garbage in proportion to what is live. Left alone, the serial collector looks there only when the largest
 * heap allowed is full, a quarter of the machine's memory: the service would seem to leak for hours. Such a collection stops it for some 0.1 s
 * with 60 MB live.
 */
final class OldGeneration implements AutoCloseable {
    /** Bytes beside twice what was live: with little live, collections would else be frequent. */
    static final long ROOM = 128L << 20;
    private static final String SERIAL = "Tenured Gen";

    private final MemoryPoolMXBean pool;
    private final long room;
    private final NotificationEmitter memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    private final NotificationListener listener = this::heard;

    private OldGeneration(MemoryPoolMXBean pool, long room) {
        this.pool = pool;
        this.room = room;
    }

    /** Watches until closed. @return empty where another collector was chosen: those look after themselves */
    static Optional<OldGeneration> watched(long room) {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().equals(SERIAL)).findFirst().map(pool -> {
            var watched = new OldGeneration(pool, room);
            watched.memory.addNotificationListener(watched.listener, null, null);
            watched.allow();
            return watched;
        });
    }

    @Override
    public void close() {
        pool.setUsageThreshold(0);
        try {
            memory.removeNotificationListener(listener);
        } catch (ListenerNotFoundException twice) {
            throw new IllegalStateException("closed already", twice);
        }
    }

    private void heard(Notification notification, Object none) {
        if (!notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) return;
        long before = pool.getUsage().getUsed();
        long begin = System.nanoTime();
        System.gc();
        long took = System.nanoTime() - begin;
        allow();
        Log.info("memory.old_generation_collected", "bytes_before", before, "bytes_after", pool.getUsage().getUsed(),
                "millis", TimeUnit.NANOSECONDS.toMillis(took));
    }

    private void allow() {
        pool.setUsageThreshold(Math.min(pool.getUsage().getMax(), 2 * pool.getCollectionUsage().getUsed() + room));
    }
}
