package suiload.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.management.VirtualThreadSchedulerMXBean;

/** What this process costs its machine: CPU, memory, garbage collection, threads, descriptors. */
public final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final double KIB = 1024;

    private ProcessMetrics() {}

    /** Registers {@code suiload_process_…} and {@code suiload_jvm_…}. */
    public static void register(Metrics metrics) {
        process(metrics);
        memory(metrics);
        threads(metrics);
        ManagementFactory.getGarbageCollectorMXBeans().forEach(collector -> collector(metrics, collector));
    }

    private static void process(Metrics metrics) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        metrics.counter("suiload_process_cpu_seconds_total", "CPU time used.", () -> system.getProcessCpuTime() / NANOS);
        metrics.gauge("suiload_process_resident_bytes", "Resident memory; NaN where unknown.", ProcessMetrics::resident);
        metrics.gauge("suiload_process_uptime_seconds", "Since the JVM started.",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS);
        metrics.gauge("suiload_process_cpus", "CPUs that this process may use.", () -> Runtime.getRuntime().availableProcessors());
        if (system instanceof UnixOperatingSystemMXBean unix) {
            metrics.gauge("suiload_process_open_files", "Open descriptors.", unix::getOpenFileDescriptorCount);
            metrics.gauge("suiload_process_open_files_max", "Descriptors allowed.", unix::getMaxFileDescriptorCount);
        }
    }

    private static void memory(Metrics metrics) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        metrics.gauge("suiload_jvm_heap_used_bytes", "Heap in use, garbage included.", () -> memory.getHeapMemoryUsage().getUsed());
        metrics.gauge("suiload_jvm_heap_committed_bytes", "Heap taken from the system.", () -> memory.getHeapMemoryUsage().getCommitted());
        metrics.gauge("suiload_jvm_heap_max_bytes", "Largest heap allowed.", () -> memory.getHeapMemoryUsage().getMax());
    }

    private static void threads(Metrics metrics) {
        metrics.gauge("suiload_jvm_platform_threads", "Platform threads alive.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        metrics.gauge("suiload_jvm_virtual_threads_mounted", "Virtual threads running now.", scheduler::getMountedVirtualThreadCount);
        metrics.gauge("suiload_jvm_virtual_threads_queued", "Virtual threads ready to run but waiting for a CPU.",
                scheduler::getQueuedVirtualThreadCount);
    }

    private static void collector(Metrics metrics, GarbageCollectorMXBean bean) {
        metrics.counter("suiload_jvm_gc_seconds_total", "Time spent collecting garbage.",
                () -> bean.getCollectionTime() / MILLIS, "gc", bean.getName());
        metrics.counter("suiload_jvm_gc_collections_total", "Garbage collections.", bean::getCollectionCount, "gc", bean.getName());
    }

    /** Linux tells in kilobytes; elsewhere unknown. */
    private static double resident() {
        if (!Files.isReadable(STATUS)) {
            return Double.NaN;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> KIB * Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip()))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException gone) {
            return Double.NaN;
        }
    }
}
