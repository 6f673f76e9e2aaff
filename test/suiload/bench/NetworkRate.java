package suiload.bench;

import java.util.ArrayList;
import java.util.List;
import suiload.grpcweb.Mode;

/** P9: sends through the embedded network's real front, its process held to one processor. */
final class NetworkRate implements Measure {
    private static final int ROUNDS = 5;
    private static final NetworkSends.Plan PLAN = new NetworkSends.Plan(60_000, 30_000, 32, Mode.BINARY);

    @Override
    public String id() {
        return "P9";
    }

    @Override
    public String what() {
        return "embedded network, calm weather: sends/s through the real front, one core";
    }

    @Override
    public String goal() {
        return "≥ 3,000/s";
    }

    @Override
    public Findings take() throws Exception {
        List<Double> rates = new ArrayList<>();
        boolean pinned = true;
        for (int i = 0; i < ROUNDS; i++) {
            NetworkSends.Figures figures = NetworkSends.measure(PLAN);
            rates.add(figures.perSecond());
            pinned &= figures.pinned();
        }
        double middle = Findings.median(rates);
        Findings found = new Findings().add("sends", middle, "/s", middle >= 3000);
        return pinned ? found : found.remark("not held to one core: there is no taskset, or only one");
    }
}
