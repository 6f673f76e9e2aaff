package suiload.bench;

/** P1: the standard run, everything on this machine. */
final class LaptopRun implements Measure {
    @Override
    public String id() {
        return "P1";
    }

    @Override
    public String what() {
        return "make load ACTIVE=250 PASSIVE=1000 DURATION=1m, weather testnet (predecessor's recorded run: 91.9 % failed)";
    }

    @Override
    public String goal() {
        return "0 failed, 0 resets, 0 lost, 0 duplicated; send p95 < 3 s; poll p95 < 50 ms";
    }

    @Override
    public Findings take() throws Exception {
        DriverRun run = DriverRun.of("load", "ACTIVE=250", "PASSIVE=1000", "DURATION=1m");
        Findings found = new Findings().note("requests", run.figure("http_reqs", "count"), "");
        double failed = 100 * run.figure("http_req_failed", "value");
        found.add("failed", failed, "%", failed == 0);
        for (String none : new String[] {"connection_resets", "messages_lost", "messages_duplicated"}) {
            double count = run.figure(none, "count");
            found.add(none, count, "", count == 0);
        }
        double send = run.figure("sendMessage_latency", "p(95)");
        double poll = run.figure("fetchChannelMessagesByTableId_latency", "p(95)");
        return run.judged(found.add("send p95", send, "ms", send < 3000).add("poll p95", poll, "ms", poll < 50));
    }
}
