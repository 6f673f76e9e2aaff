package suiload.load;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the service says about an answer beside its body. */
final class Headers {
    private static final Predicate<String> NUMBER = Pattern.compile("-?\\d{1,18}").asMatchPredicate();

    private Headers() {}

    /**
     * What the service says the request took, in whole milliseconds, rounded down.
     *
     * @param service all of it
     * @param chain waiting for the chain; empty when that was not asked
     */
    record Times(OptionalLong service, OptionalLong chain) {
        /** Time on the chain where the chain was asked, else the service's own; measured here when it says neither. */
        long latencyMillis(long tookNanos) {
            if (chain.isPresent()) return chain.getAsLong();
            return service.orElse(TimeUnit.NANOSECONDS.toMillis(tookNanos));
        }
    }

    static Times times(HttpHeaders headers) {
        return new Times(number(headers, "X-Internal-Duration"), number(headers, "X-Contract-Duration"));
    }

    /** MIST; may be negative. */
    static OptionalLong gas(HttpHeaders headers) {
        return number(headers, "X-Gas-Cost");
    }

    /** Of the transaction that goes on although the deadline passed: what became of it can be asked. */
    static Optional<String> digest(HttpHeaders headers) {
        return headers.firstValue("X-Transaction-Digest");
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        return headers.firstValue(name).filter(NUMBER)
                .map(value -> OptionalLong.of(Long.parseLong(value))).orElse(OptionalLong.empty());
    }
}
