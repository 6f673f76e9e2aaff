package suiload.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import suiload.json.Json;

/**
 * The full form of the promises in design/reliability.md: {@code Torture [ID…]}, all of them without one. {@code SEED} makes a run repeatable.
 * Results go to out/torture.json after each promise, so that a run that was interrupted goes on where it stopped; {@code FRESH=true} begins anew.
 */
public final class Torture {
    private static final Logger ROOT = Logger.getLogger("");
    private static final int BROKEN = 99;
    private static final int BAD_SETTINGS = 104;
    private static final Path RESULTS = Path.of(System.getProperty("suiload.home"), "out", "torture.json");

    private final long seed;
    private final Map<String, Object> results = new LinkedHashMap<>();

    private Torture(long seed) {
        this.seed = seed;
    }

    public static void main(String[] arguments) throws Exception {
        // Parts of the service run in this process; that they survive a fault is no news here.
        ROOT.setLevel(Level.WARNING);
        System.exit(run(List.of(arguments), System.getenv()));
    }

    private static int run(List<String> ids, Map<String, String> environment) throws Exception {
        Set<String> unknown = new TreeSet<>(ids);
        Promises.all().forEach(promise -> unknown.remove(promise.id()));
        if (!unknown.isEmpty()) {
            System.err.println("torture: no such promise: " + unknown + ", there are " + Promises.all().stream().map(Promise::id).toList());
            return BAD_SETTINGS;
        }
        Optional<Json> former = former(environment);
        long seed = environment.containsKey("SEED")
                ? Long.parseLong(environment.get("SEED"))
                : former.map(json -> Long.parseLong(json.string("seed"))).orElseGet(System::currentTimeMillis);
        return new Torture(seed).run(ids, former);
    }

    /** An earlier run that may be continued. */
    private static Optional<Json> former(Map<String, String> environment) throws IOException {
        if (environment.getOrDefault("FRESH", "false").equals("true") || !Files.exists(RESULTS)) {
            return Optional.empty();
        }
        Json json = Json.parse(Files.readAllBytes(RESULTS));
        boolean sameSeed = !environment.containsKey("SEED") || environment.get("SEED").equals(json.string("seed"));
        return sameSeed ? Optional.of(json) : Optional.empty();
    }

    private int run(List<String> ids, Optional<Json> former) throws IOException {
        former.ifPresent(json -> json.get("results").entries().forEach(results::put));
        System.out.println("seed " + seed + ", " + Runtime.getRuntime().availableProcessors() + " CPUs, results in " + RESULTS);
        boolean held = true;
        for (Promise promise : Promises.all()) {
            if (ids.contains(promise.id()) || ids.isEmpty()) {
                held &= measured(promise, ids.isEmpty());
            }
        }
        return held ? 0 : BROKEN;
    }

    /** @param resume whether an earlier result counts */
    private boolean measured(Promise promise, boolean resume) throws IOException {
        if (resume && results.get(promise.id()) instanceof Json earlier && earlier.bool("held")) {
            print(promise, new Measured(true, earlier.string("figure") + " (earlier)"));
            return true;
        }
        System.err.printf("… %-3s since %tT%n", promise.id(), LocalTime.now());
        Measured measured;
        try {
            measured = promise.run(seed);
        } catch (Exception fault) {
            measured = new Measured(false, "could not be measured: " + fault);
        }
        print(promise, measured);
        results.put(promise.id(), Json.object("promised", promise.promised(), "held", measured.held(), "figure", measured.figure()));
        Files.createDirectories(RESULTS.getParent());
        Files.writeString(RESULTS, Json.pretty(Json.object("seed", Long.toString(seed), "results", results)));
        return measured.held();
    }

    private static void print(Promise promise, Measured measured) {
        System.out.printf("%s %-3s %s%n        %s%n", measured.held() ? "✓" : "✗", promise.id(), promise.promised(), measured.figure());
    }
}
