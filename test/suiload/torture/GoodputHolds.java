package suiload.torture;

/** O2: goodput holds past the limit. */
final class GoodputHolds implements Promise {
    private static final int SECONDS = 30;

    @Override
    public String id() {
        return "O2";
    }

    @Override
    public String promised() {
        return "at 2C and 5C at least 90 % of C is served";
    }

    @Override
    public Measured run(long seed) throws Exception {
        Measured.Findings findings = new Measured.Findings();
        try (Overload overload = Overload.start()) {
            double capacity = overload.capacity();
            findings.add(true, "C %.0f/s", capacity);
            for (int times : new int[] {2, 5}) {
                double share = 100 * overload.at(times, SECONDS).perSecond() / capacity;
                findings.add(share >= 90, "at %dC %.0f %%", times, share);
            }
        }
        return findings.measured();
    }
}
