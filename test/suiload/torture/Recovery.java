package suiload.torture;

/** O4: recovery after overload. */
final class Recovery implements Promise {
    private static final double NORMAL = 0.8;

    @Override
    public String id() {
        return "O4";
    }

    @Override
    public String promised() {
        return "within 10 s of going back to 0.8C: no refusals, p99 within 1.2x of before";
    }

    @Override
    public Measured run(long seed) throws Exception {
        try (Overload overload = Overload.start()) {
            Traffic.Tally before = overload.at(NORMAL, 20);
            overload.at(5, 15);
            overload.at(NORMAL, 10);
            Traffic.Tally after = overload.at(NORMAL, 20);
            long refused = after.statuses().getOrDefault(503, 0L);
            double ratio = after.p99(after.served()) / before.p99(before.served());
            return new Measured.Findings()
                    .add(refused == 0, "%d refused", refused)
                    .add(ratio <= 1.2, "p99 %.0f ms, %.2fx of before", after.p99(after.served()), ratio)
                    .measured();
        }
    }
}
