package suiload.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import suiload.crypto.SecretKey;
import suiload.grpcweb.Mode;

/** P9: sends through the embedded network's real front, its process held to one processor. */
final class NetworkRate implements Measure {
    private static final int ROUNDS = 5;
    private static final Duration VERIFYING = Duration.ofSeconds(2);
    private static final NetworkSends.Plan PLAN = new NetworkSends.Plan(60_000, 60_000, 32, Mode.BINARY);

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
        found.remark("each needs an Ed25519 signature verified: %,.0f/s on one core here, by themselves".formatted(verifications()));
        return pinned ? found : found.remark("not held to one core: there is no taskset, or only one");
    }

    /** How fast the machine is at what every send needs, in the same minutes. */
    private static double verifications() {
        SecretKey key = SecretKey.ofSeed(new byte[32]);
        byte[] message = new byte[32];
        byte[] signature = key.sign(message);
        verify(key.publicKey(), message, signature);
        return verify(key.publicKey(), message, signature);
    }

    private static double verify(byte[] publicKey, byte[] message, byte[] signature) {
        long began = System.nanoTime();
        int count = 0;
        for (; System.nanoTime() - began < VERIFYING.toNanos(); count++) {
            if (!SecretKey.verify(publicKey, message, signature)) throw new IllegalStateException("a signature does not verify");
        }
        return count * 1e9 / (System.nanoTime() - began);
    }
}
