package suiload.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Is it alive? One user of each kind, each route once, ten seconds. */
final class Smoke {
    private Smoke() {}

    private static final Profile PROFILE = Profile.parse("1s:100,6s:100").orElseThrow();
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String NO_TRANSACTION = "11111111111111111111111111111111";
    /** Those that the run itself does not ask. */
    private static final List<String> ROUTES = List.of("/", "/health/live", "/health/ready", "/metrics", "/openapi.json", "/docs",
            "/users?limit=1", "/users/with-secrets?limit=1", "/contract/transactions/" + NO_TRANSACTION);

    /** The same service and thresholds, for one sender and one reader in one channel. */
    static LoadSettings settings(LoadSettings asked) {
        return new LoadSettings(new UserMix(1, 1, 1, 1), new LoadSettings.Pace(PAUSE, PAUSE, PAUSE),
                new LoadSettings.Plan(PROFILE.length(), Optional.of(PROFILE), Optional.empty()), asked.service(), asked.funding(),
                        asked.patience(),
                asked.thresholds(), asked.seed(), asked.output());
    }

    /** @return how many routes did not answer as they should; each is said */
    static int routes(Arrival arrival, Progress progress) throws InterruptedException {
        int bad = 0;
        for (String route : ROUTES) {
            Optional<String> wrong = arrival.watch().wrong(route);
            progress.line("     " + (wrong.isEmpty() ? "✓" : "✗") + " GET " + route + wrong.map(why -> "  " + why).orElse(""));
            if (wrong.isPresent()) bad++;
        }
        return bad;
    }
}
