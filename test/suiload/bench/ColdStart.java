package suiload.bench;

import java.util.ArrayList;
import java.util.List;
import suiload.torture.WholeService;

/** P10: from the command to ready on an empty data folder, everything fetched and built. */
final class ColdStart implements Measure {
    private static final int ROUNDS = 5;

    @Override
    public String id() {
        return "P10";
    }

    @Override
    public String what() {
        return "cold start of make run to ready";
    }

    @Override
    public String goal() {
        return "≤ 3 s; ≤ 300 MB resident for the service";
    }

    @Override
    public Findings take() throws Exception {
        List<Double> seconds = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            try (WholeService service = WholeService.start(WholeService.newFolder())) {
                seconds.add((System.nanoTime() - began) / 1e9);
                megabytes.add(service.metric("suiload_process_resident_bytes") / 1e6);
            }
        }
        double time = Findings.median(seconds);
        double memory = Findings.median(megabytes);
        return new Findings().add("ready after", time, "s", time <= 3).add("resident", memory, "MB", memory <= 300);
    }
}
