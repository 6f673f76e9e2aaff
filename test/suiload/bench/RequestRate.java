package suiload.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import suiload.http.ChildJvm;
import suiload.torture.Traffic;
import suiload.torture.WholeService;

/** P5: how many requests a second two routes answer, beside a bare server that writes the same bytes, in turns. */
final class RequestRate implements Measure {
    private static final int ROUNDS = 5;
    private static final int CLIENTS = 16;
    private static final Duration LENGTH = Duration.ofSeconds(4);

    @Override
    public String id() {
        return "P5";
    }

    @Override
    public String what() {
        return "requests/s of GET / and GET /users?limit=10, beside a bare HttpServer with the same bytes"
                + " (predecessor's backend: not here)";
    }

    @Override
    public String goal() {
        return "≥ 85 % / ≥ 30 % of the bare server's";
    }

    @Override
    public Findings take() throws Exception {
        Path folder = WholeService.newFolder();
        Findings found = new Findings();
        try (WholeService service = WholeService.start(folder)) {
            Account.make(service, 10);
            String[] paths = {"/", "/users?limit=10"};
            Path[] bodies = {body(service, folder, paths[0]), body(service, folder, paths[1])};
            try (ChildJvm bare = ChildJvm.start(BareServer.class, List.of(), bodies[0].toString(), bodies[1].toString())) {
                compare(found, service.port(), bare.port(), paths[0], 0.85);
                compare(found, service.port(), bare.port(), paths[1], 0.30);
            }
        }
        return found;
    }

    private static void compare(Findings found, int service, int bare, String path, double goal) throws IOException {
        List<Double> own = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        rate(service, path);
        rate(bare, path);
        for (int i = 0; i < ROUNDS; i++) {
            double ours = rate(service, path);
            own.add(ours);
            ratios.add(ours / rate(bare, path));
        }
        double ratio = Findings.median(ratios);
        found.note("GET " + path, Findings.median(own), "/s")
                .add("GET " + path + " of bare", 100 * ratio, "%", ratio >= goal);
    }

    private static double rate(int port, String path) throws IOException {
        try (Traffic traffic = new Traffic(port).connected(CLIENTS)) {
            Traffic.Tally tally = traffic.closed(connection -> connection.get(path).answer(), CLIENTS, LENGTH);
            if (tally.resets() + tally.timeouts() > 0) throw new IOException(tally.resets() + " resets at " + path);
            return tally.perSecond();
        }
    }

    private static Path body(WholeService service, Path folder, String path) throws IOException, InterruptedException {
        return Files.writeString(folder.resolve("body-" + path.length()), service.get(path).body());
    }
}
