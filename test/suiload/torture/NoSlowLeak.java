package suiload.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** M2: ten minutes of sending leave nothing behind. The message cache is kept small enough to be full when the first look is taken. */
final class NoSlowLeak implements Promise {
    private static final int USERS = 40;
    private static final Duration UNTIL_FIRST_LOOK = Duration.ofMinutes(2);
    private static final Duration UNTIL_LAST_LOOK = Duration.ofMinutes(8);
    private static final double MARGIN = 1.05;
    /** So many threads, files or connections are the runtime's own coming and going. */
    private static final double FEW = 4;
    /** The serial collector leaves some dead objects where they are, but in every fourth full collection (MarkSweepAlwaysCompactCount). */
    private static final int COLLECTIONS = 4;
    private static final String HEAP = "live heap MB";

    @Override
    public String id() {
        return "M2";
    }

    @Override
    public String promised() {
        return "10 minutes at 0.5C: live heap, threads, descriptors, connections end within 5 % of minute 2";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var findings = new Measured.Findings();
        try (var service = WholeService.start("MESSAGE_CACHE_MIB=1")) {
            var load = new ChatLoad(Chat.begin(service, USERS));
            double rate = load.capacity(service.port()) / 2;
            Map<String, Double> early = after(UNTIL_FIRST_LOOK, rate, load, service);
            Map<String, Double> late = after(UNTIL_LAST_LOOK, rate, load, service);
            findings.add(true, "%.0f messages/s", rate);
            early.forEach((name, before) -> {
                double now = late.get(name);
                findings.add(now <= Math.max(before * MARGIN, before + (name.equals(HEAP) ? 0 : FEW)), "%s %.1f → %.1f", name, before, now);
            });
        }
        return findings.measured();
    }

    private static Map<String, Double> after(Duration length, double rate, ChatLoad load, WholeService service) throws Exception {
        Traffic.Tally tally = load.open(service.port(), rate, length);
        boolean quiet = tally.statuses().size() == 1 && tally.resets() == 0;
        if (!quiet) throw new IOException("not a quiet run: " + tally.statuses() + ", resets " + tally.resets());
        collect(service.process().pid());
        Map<String, Double> look = new TreeMap<>();
        look.put(HEAP, service.metric("suiload_jvm_heap_used_bytes") / 1e6);
        look.put("platform threads", service.metric("suiload_jvm_platform_threads"));
        look.put("open files", service.metric("suiload_process_open_files"));
        look.put("connections", service.metric("suiload_http_connections"));
        return look;
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        for (int i = 0; i < COLLECTIONS; i++) {
            Process process = new ProcessBuilder(List.of(jcmd.toString(), String.valueOf(pid), "GC.run")).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (process.waitFor() != 0) throw new IOException("jcmd GC.run failed");
        }
    }
}
