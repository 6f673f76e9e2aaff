package suiload.bench;

/** P3: what each operation costs at the node, as the service counts it. */
final class NodeCallsPerOperation implements Measure {
    @Override
    public String id() {
        return "P3";
    }

    @Override
    public String what() {
        return "node calls per message / per 1,000 polls / per membership read (predecessor: 5 / 2,000 / 1)";
    }

    @Override
    public String goal() {
        return "1 / ≤ 10 / ≤ 0.1";
    }

    @Override
    public Findings take() throws Exception {
        DriverRun run = DriverRun.of("load", "ACTIVE=50", "PASSIVE=200", "DURATION=1m");
        double message = run.figure("node_calls_per_message", "value");
        double polls = run.figure("node_calls_per_1000_polls", "value");
        double memberships = run.figure("node_calls_per_membership_read", "value");
        return run.judged(new Findings().add("per message", message, "", message <= 1.01).add("per 1,000 polls", polls, "", polls <= 10)
                .add("per membership read", memberships, "", memberships <= 0.1));
    }
}
