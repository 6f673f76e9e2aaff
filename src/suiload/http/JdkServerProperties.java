package suiload.http;

import java.util.List;
import suiload.metrics.Log;

/**
 * The JDK server reads its limits once, from system properties, when its class loads; conf/jvm/serve.args sets them and says why.
 * A service started without them would lose clients under load, silently: so it does not start.
 */
public final class JdkServerProperties {
    private static final String PREFIX = "sun.net.httpserver.";

    /** A property with the least value that holds what http-api.md promises. */
    private record Floor(String name, long least) {}

    private static final List<Floor> FLOORS = List.of(
            new Floor(PREFIX + "maxIdleConnections", 20_000), new Floor(PREFIX + "idleInterval", 60), new Floor(PREFIX + "maxReqTime", 1));

    private JdkServerProperties() {}

    /**
     * Sets how long a request may take to arrive. Works before the first {@link HttpService} of this JVM only.
     *
     * @param seconds whole seconds, as the JDK's code (not its documentation) counts them
     */
    public static void readLimit(long seconds) {
        System.setProperty(PREFIX + "maxReqTime", Long.toString(seconds));
    }

    /** @throws IllegalStateException when one is missing; a value below its floor is only warned of, since somebody chose it */
    static void check() {
        for (Floor floor : FLOORS) {
            Long value = Long.getLong(floor.name());
            if (value == null) {
                throw new IllegalStateException(
                        "-D" + floor.name() + " is not set: start with build/suiload, which reads conf/jvm/serve.args");
            }
            if (value < floor.least()) {
                Log.warn("http.weak_property", "name", floor.name(), "value", value, "least", floor.least());
            }
        }
        if (!Boolean.getBoolean(PREFIX + "nodelay")) {
            Log.warn("http.weak_property", "name", PREFIX + "nodelay", "value", false, "least", true);
        }
    }
}
