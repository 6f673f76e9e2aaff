package suiload.load;

import java.net.http.HttpHeaders;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What the service says about an answer beside its body. */
final class Headers {
    private Headers() {}

    /** Time on the chain where the chain was asked, else the service's own; measured here when it says neither. */
    static long latencyMillis(HttpHeaders headers, long tookNanos) {
        OptionalLong chain = number(headers, "X-Contract-Duration");
        if (chain.isPresent()) return chain.getAsLong();
        return number(headers, "X-Internal-Duration").orElse(TimeUnit.NANOSECONDS.toMillis(tookNanos));
    }

    /** MIST; may be negative. */
    static OptionalLong gas(HttpHeaders headers) {
        return number(headers, "X-Gas-Cost");
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        return headers.firstValue(name).filter(value -> value.matches("-?\\d{1,18}"))
                .map(value -> OptionalLong.of(Long.parseLong(value))).orElse(OptionalLong.empty());
    }
}
