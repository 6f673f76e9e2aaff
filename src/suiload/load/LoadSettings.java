package suiload.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything a run is told, typed and checked. */
record LoadSettings(UserMix mix, Pace pace, Plan plan, Service service, Funding funding, Patience patience, List<Threshold> thresholds,
        OptionalLong seed, Output output) {
    /** What a send takes on the public testnet. */
    private static final double SEND_SECONDS = 1.5;

    /** Pauses of virtual users. */
    record Pace(Duration thinkMin, Duration thinkMax, Duration pollInterval) {}

    /** @param rate when set, messages are sent at this rate whatever the answers do */
    record Plan(Duration steady, Optional<Profile> stages, Optional<Rate> rate) {
        Profile active() {
            return stages.orElseGet(() -> Profile.activeRamp(steady));
        }

        Profile passive() {
            return stages.orElseGet(() -> Profile.passiveRamp(steady));
        }
    }

    /** Where the service is, and how to reach or start it. */
    record Service(URI url, Optional<String> adminToken, boolean autostart, String weather, boolean sharedConnections,
            int connectionsMax) {
        /** Never shows the token. */
        @Override
        public String toString() {
            return url.toString();
        }

        int port() {
            if (url.getPort() > 0) return url.getPort();
            return url.getScheme().equals("https") ? 443 : 80;
        }

        boolean loopback() {
            String host = url.getHost();
            return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
        }
    }

    /** Who pays. Address and key are there together or not at all. */
    record Funding(Optional<String> address, Optional<String> secretKey, long mistPerUser) {
        /** Never shows the key. */
        @Override
        public String toString() {
            return address.orElse("the service's own funding account") + ", " + mistPerUser + " MIST per user";
        }
    }

    /** How long to wait and how often to try. */
    record Patience(Duration timeout, int attempts, Duration baseDelay, Duration maxDelay) {}

    record Output(Path folder, boolean dashboard, boolean yes, boolean allowMainnet) {}

    /** Messages that are sent at full load: by users who wait for a send as long as on the public testnet, or at the rate that was set. */
    double messagesPerSecond() {
        double thinkSeconds = pace.thinkMin().plus(pace.thinkMax()).toMillis() / 2000.0;
        return plan.rate().map(Rate::perSecond).orElse(mix.active() / (thinkSeconds + SEND_SECONDS));
    }

    double pollsPerSecond() {
        return mix.passive() / (pace.pollInterval().toMillis() / 1000.0);
    }

    double requestsPerSecond() {
        return messagesPerSecond() + pollsPerSecond();
    }

    /** @throws BadSettings with every complaint */
    static LoadSettings read(Map<String, String> environment) {
        return LoadVariables.read(environment);
    }

    LoadSettings withMix(UserMix other) {
        return new LoadSettings(other, pace, plan, service, funding, patience, thresholds, seed, output);
    }

    /** For what makes sense only with a service that is there. */
    LoadSettings withoutAutostart() {
        Service there = new Service(service.url(), service.adminToken(), false, service.weather(), service.sharedConnections(),
                service.connectionsMax());
        return new LoadSettings(mix, pace, plan, there, funding, patience, thresholds, seed, output);
    }

    LoadSettings withSteady(Duration steady) {
        return new LoadSettings(mix, pace, new Plan(steady, plan.stages(), plan.rate()), service, funding, patience, thresholds, seed,
                output);
    }

    LoadSettings withFolder(Path folder) {
        return new LoadSettings(mix, pace, plan, service, funding, patience, thresholds, seed,
                new Output(folder, output.dashboard(), output.yes(), output.allowMainnet()));
    }
}
