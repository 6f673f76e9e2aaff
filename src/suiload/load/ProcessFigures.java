package suiload.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the driver's own process uses. */
final class ProcessFigures {
    private ProcessFigures() {}

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path PORTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    static int cpus() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Resident bytes; empty where the system does not tell. */
    static OptionalDouble resident() {
        if (!Files.exists(STATUS)) return OptionalDouble.empty();
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToDouble(line ->
                    Double.parseDouble(line.replaceAll("\\D", "")) * 1024).findFirst();
        } catch (IOException unreadable) {
            return OptionalDouble.empty();
        }
    }

    /** File descriptors that the process may have; empty where the system does not tell. */
    static OptionalLong descriptorsMax() {
        return SYSTEM instanceof UnixOperatingSystemMXBean unix ? OptionalLong.of(unix.getMaxFileDescriptorCount()) : OptionalLong.empty();
    }

    /** Local ports that the system has for connections to one address; empty where it does not tell. */
    static OptionalLong portsMax() {
        if (!Files.exists(PORTS)) return OptionalLong.empty();
        // Such a file gives all of itself to the first read and nothing to a second; Files.readString begins with a single byte.
        try (BufferedReader file = Files.newBufferedReader(PORTS)) {
            String[] range = file.readLine().strip().split("\\s+");
            return OptionalLong.of(Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1);
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    static long gcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
    }

    static long heapUsed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
