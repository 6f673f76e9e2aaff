package suiload.localnet;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;

/** How long a client waits, by its {@code grpc-timeout} header (facts: sui-grpc.md section 1.7). */
final class ClientTimeout {
    private static final Pattern FORM = Pattern.compile("(\\d{1,8})([HMSmun])");

    private final Optional<Duration> limit;
    private final long started;
    private final LongSupplier nanoTime;

    private ClientTimeout(Optional<Duration> limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        started = nanoTime.getAsLong();
    }

    /** A header that is no timeout is as good as none, as on a node. */
    static ClientTimeout of(Optional<String> header, LongSupplier nanoTime) {
        return new ClientTimeout(header.map(FORM::matcher).filter(Matcher::matches).map(ClientTimeout::duration), nanoTime);
    }

    private static Duration duration(Matcher form) {
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "H" -> Duration.ofHours(number);
            case "M" -> Duration.ofMinutes(number);
            case "S" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMillis(number);
            case "u" -> Duration.ofNanos(number * 1000);
            default -> Duration.ofNanos(number);
        };
    }

    /** Whether it comes before {@code delay} from now is over. */
    boolean isBefore(Duration delay) {
        return limit.isPresent() && remaining().compareTo(delay) < 0;
    }

    /**
     * Sleeps for {@code delay}, but not past the timeout.
     *
     * @throws GrpcException DEADLINE_EXCEEDED when it came first
     */
    void await(Duration delay) throws InterruptedException {
        boolean exceeded = isBefore(delay);
        Duration rest = exceeded ? remaining() : delay;
        if (rest.isPositive()) Thread.sleep(rest);
        if (exceeded) throw new GrpcException(GrpcStatus.DEADLINE_EXCEEDED, "Timeout expired");
    }

    private Duration remaining() {
        return limit.orElseThrow().minusNanos(nanoTime.getAsLong() - started);
    }
}
