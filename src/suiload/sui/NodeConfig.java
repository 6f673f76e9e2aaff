package suiload.sui;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the nodes are and how much they are asked.
 *
 * @param endpoints in order of preference; a path is kept as prefix of every call
 * @param callsInFlight most calls under way at once, all endpoints together; a subscription is not counted
 * @param connectTimeout to reach an endpoint
 * @param attemptTimeout longest wait for the answer to one read, where the caller's deadline is later
 * @param streamSilence a subscription without a frame for so long is taken for dead
 */
public record NodeConfig(List<URI> endpoints, Optional<ApiKey> apiKey, int callsInFlight, Duration connectTimeout,
        Duration attemptTimeout, Duration streamSilence) {
    public static final int CALLS_IN_FLIGHT = 512;
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration STREAM_SILENCE = Duration.ofSeconds(5);

    public NodeConfig {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) throw new IllegalArgumentException("a node client needs an endpoint");
        if (callsInFlight < 1) throw new IllegalArgumentException("callsInFlight must be at least 1, not " + callsInFlight);
    }

    /** A header that a provider wants with every call. Its value is a secret and does not print. */
    public record ApiKey(String header, String value) {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

        /** @throws IllegalArgumentException for what no header can carry; the JDK's client would say so too, and quote it */
        public ApiKey {
            if (!NAME.matcher(header).matches()) throw new IllegalArgumentException("the API key's header must be a header name");
            if (!value.chars().allMatch(each -> each >= ' ' && each < 0x7f)) {
                throw new IllegalArgumentException("the API key must be printable ASCII");
            }
        }

        @Override
        public String toString() {
            return "ApiKey[" + header + "]";
        }
    }

    public static NodeConfig of(List<URI> endpoints) {
        return new NodeConfig(endpoints, Optional.empty(), CALLS_IN_FLIGHT, CONNECT_TIMEOUT, ATTEMPT_TIMEOUT, STREAM_SILENCE);
    }

    public NodeConfig withApiKey(String header, String value) {
        var key = Optional.of(new ApiKey(header, value));
        return new NodeConfig(endpoints, key, callsInFlight, connectTimeout, attemptTimeout, streamSilence);
    }

    public NodeConfig withCallsInFlight(int calls) {
        return new NodeConfig(endpoints, apiKey, calls, connectTimeout, attemptTimeout, streamSilence);
    }

    public NodeConfig withTimeouts(Duration connect, Duration attempt, Duration silence) {
        return new NodeConfig(endpoints, apiKey, callsInFlight, connect, attempt, silence);
    }
}
