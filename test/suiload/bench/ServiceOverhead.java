package suiload.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import suiload.http.RawConnection;
import suiload.json.Json;
import suiload.metrics.Latencies;
import suiload.metrics.LatencySnapshot;
import suiload.torture.Traffic;
import suiload.torture.WholeService;

/** P4: what a send takes besides waiting for the chain, as the two headers of its answer tell, in whole milliseconds. */
final class ServiceOverhead implements Measure {
    private static final int ROUNDS = 5;
    private static final int SENDERS = 200;
    private static final double PER_SECOND = 500;
    private static final Duration LENGTH = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "P4";
    }

    @Override
    public String what() {
        return "service overhead over the chain's own time at 500 messages/s, p50 / p99, calm weather";
    }

    @Override
    public String goal() {
        return "≤ 1 ms / ≤ 10 ms";
    }

    @Override
    public Findings take() throws Exception {
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        long others = 0;
        try (WholeService service = WholeService.start(WholeService.newFolder()); Traffic traffic = new Traffic(service.port())) {
            List<Account> senders = Account.make(service, SENDERS);
            round(traffic, senders);
            for (int i = 0; i < ROUNDS; i++) {
                Latencies overhead = round(traffic, senders);
                LatencySnapshot all = overhead.total();
                others += Math.round(PER_SECOND * LENGTH.toSeconds()) - all.count();
                p50.add(all.percentile(50) / 1000.0);
                p99.add(all.percentile(99) / 1000.0);
            }
        }
        double middle = Findings.median(p50);
        double tail = Findings.median(p99);
        return new Findings().add("p50", middle, "ms", middle <= 1).add("p99", tail, "ms", tail <= 10)
                .add("not answered with 200", others, "", others == 0);
    }

    private static Latencies round(Traffic traffic, List<Account> senders) throws InterruptedException {
        Latencies overhead = new Latencies();
        AtomicInteger next = new AtomicInteger();
        traffic.open(connection -> {
            Account sender = senders.get(Math.floorMod(next.getAndIncrement(), SENDERS));
            return send(connection, sender, overhead);
        }, PER_SECOND, LENGTH);
        return overhead;
    }

    private static RawConnection.Answer send(RawConnection connection, Account sender, Latencies overhead) throws IOException {
        RawConnection.Answer answer = connection.post("/contract/channel/message", Json.text(sender.message("as fast as it can"))).answer();
        if (answer.status() == 200) {
            long internal = Long.parseLong(answer.header("X-Internal-Duration"));
            overhead.record(1000 * Math.max(0, internal - Long.parseLong(answer.header("X-Contract-Duration"))));
        }
        return answer;
    }
}
