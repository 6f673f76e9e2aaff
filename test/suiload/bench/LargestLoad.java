package suiload.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** P2: how many users hold all thresholds when service, network, database and driver share this machine. */
final class LargestLoad implements Measure {
    private static final Pattern HELD = Pattern.compile("largest load that held: (\\d+) active and (\\d+) passive users");

    @Override
    public String id() {
        return "P2";
    }

    @Override
    public String what() {
        return "make ramp: largest load that holds all thresholds on this machine (yardstick: 1,250 users)";
    }

    @Override
    public String goal() {
        return "≥ 10,000 users with CONNECTIONS=shared, ≥ 1,900 with a connection each";
    }

    @Override
    public Findings take() throws Exception {
        Findings found = new Findings();
        ramp(found, "shared", 10_000);
        ramp(found, "per-user", 1_900);
        return found;
    }

    private static void ramp(Findings found, String connections, int goal) throws Exception {
        DriverRun run = DriverRun.of("ramp", "CONNECTIONS=" + connections);
        if (!run.text().contains("largest load that held: ")) throw new IllegalStateException("the driver ended with " + run.code());
        Matcher held = HELD.matcher(run.text());
        int users = held.find() ? Integer.parseInt(held.group(1)) + Integer.parseInt(held.group(2)) : 0;
        found.add("users, " + connections, users, "", users >= goal)
                .note("ratio to 1,250, " + connections, users / 1250.0, "");
        run.text().lines().filter(line -> line.startsWith("what broke first")).findFirst().ifPresent(found::remark);
        run.judged(found);
    }
}
