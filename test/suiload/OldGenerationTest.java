package suiload;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goal: garbage that was promoted does not wait for a full heap. Method: this JVM's own heap, which has the service's collector. */
@Timeout(60)
class OldGenerationTest {
    private static final long ROOM = 16 << 20;
    private static final int PIECE = 100_000;
    /** Far from the largest heap of any machine that builds this. */
    private static final long PROMOTED_MAX = 500L << 20;

    @Test
    void promotedGarbageIsCollectedLongBeforeTheHeapIsFull() throws InterruptedException {
        System.gc();
        long before = fullCollections();
        try (OldGeneration _ = OldGeneration.watched(ROOM).orElseThrow()) {
            for (long promoted = 0; promoted < PROMOTED_MAX && fullCollections() == before; promoted += promote()) Thread.sleep(20);
            assertTrue(fullCollections() > before, "half a gigabyte was promoted");
        }
    }

    /** Lives through a collection of the young generation, then is garbage. @return bytes */
    private static long promote() {
        List<byte[]> kept = new ArrayList<>();
        long before = collections();
        while (collections() == before) kept.add(new byte[PIECE]);
        return (long) kept.size() * PIECE;
    }

    private static long fullCollections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().filter(collector -> collector.getName().equals("MarkSweepCompact"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }
}
