package suiload.load;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Which outcomes are tried again, and after how long. */
record RetryPolicy(int attemptsMax, Duration baseDelay, Duration maxDelay) {
    private static final Set<Integer> STATUSES = Set.of(408, 429, 502, 503, 504);
    /** Who asks for more patience than this is not waited for. */
    private static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(60);
    private static final int DOUBLINGS_MAX = 30;

    static RetryPolicy of(LoadSettings.Patience patience) {
        return new RetryPolicy(patience.attempts(), patience.baseDelay(), patience.maxDelay());
    }

    /** @param attempt how many were made, this outcome's included */
    boolean again(Outcome outcome, int attempt) {
        if (attempt >= attemptsMax) return false;
        return switch (outcome) {
            case Outcome.Answer answer -> STATUSES.contains(answer.status()) && retryAfter(answer).compareTo(RETRY_AFTER_MAX) <= 0;
            case Outcome.Broken broken -> broken.fault().retryable();
            case Outcome.Interrupted interrupted -> false;
        };
    }

    /** Full jitter: uniform from nothing to the exponential cap; on top of {@code Retry-After}, so never earlier than that. */
    Duration delay(Outcome outcome, int attempt, RandomGenerator random) {
        Duration told = outcome instanceof Outcome.Answer answer ? retryAfter(answer) : Duration.ZERO;
        return told.plusNanos(random.nextLong(cap(attempt).toNanos() + 1));
    }

    /** {@code base · 2^(attempt − 1)}, at most the maximum. */
    Duration cap(int attempt) {
        double cap = baseDelay.toNanos() * Math.pow(2, Math.min(attempt - 1, DOUBLINGS_MAX));
        return cap >= maxDelay.toNanos() ? maxDelay : Duration.ofNanos((long) cap);
    }

    private static Duration retryAfter(Outcome.Answer answer) {
        Optional<String> seconds = answer.headers().firstValue("Retry-After").filter(value -> value.matches("\\d{1,9}"));
        return seconds.map(value -> Duration.ofSeconds(Long.parseLong(value))).orElse(Duration.ZERO);
    }
}
