package suiload.sui;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import suiload.metrics.Deadline;

/** The endpoints in order of preference: the first that is well takes the calls, since one node is never behind itself. */
final class Endpoints {
    private final List<Endpoint> all;
    /** Fair: who waits for a rate limit to pass goes on in the order of coming. */
    private final ReentrantLock door = new ReentrantLock(true);

    Endpoints(List<URI> addresses, LongSupplier nanoTime) {
        all = addresses.stream().map(address -> new Endpoint(address, nanoTime)).toList();
    }

    /**
     * The endpoint for the next attempt. Where all limit our rate this waits until one of them takes calls again.
     *
     * @param failed the one that the last attempt failed at: another is better, if there is one
     * @throws CallFailure of kind LIMITED when that is after the deadline
     */
    Endpoint choose(Optional<Endpoint> failed, Deadline deadline) throws CallFailure, InterruptedException {
        Optional<Endpoint> open = best(failed);
        if (open.isPresent() && !door.hasQueuedThreads()) return chosen(open.get());
        if (!door.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) throw CallFailure.closed(Duration.ofNanos(pause()));
        try {
            for (open = best(failed); open.isEmpty(); open = best(failed)) {
                Duration pause = Duration.ofNanos(pause());
                if (pause.compareTo(deadline.remaining()) > 0) throw CallFailure.closed(pause);
                Thread.sleep(pause);
            }
            return chosen(open.get());
        } finally {
            door.unlock();
        }
    }

    private static Endpoint chosen(Endpoint endpoint) {
        endpoint.chosen();
        return endpoint;
    }

    /** Empty when every one limits our rate. Where none is well, the one that was left alone longest gets the call. */
    private Optional<Endpoint> best(Optional<Endpoint> failed) {
        List<Endpoint> open = all.stream().filter(endpoint -> endpoint.paused() <= 0).toList();
        List<Endpoint> well = open.stream().filter(endpoint -> endpoint.resting() <= 0).toList();
        Optional<Endpoint> other = well.stream().filter(endpoint -> !failed.equals(Optional.of(endpoint))).findFirst();
        return other.or(() -> well.stream().findFirst()).or(() -> open.stream().min(Comparator.comparingLong(Endpoint::resting)));
    }

    /** Nanoseconds until the first of them takes calls again. */
    private long pause() {
        return Math.max(0, all.stream().mapToLong(Endpoint::paused).min().orElseThrow());
    }

    /** How many are neither resting nor limiting our rate. */
    long well() {
        return all.stream().filter(Endpoints::isWell).count();
    }

    boolean anotherIsWell(Endpoint than) {
        return all.stream().anyMatch(endpoint -> endpoint != than && isWell(endpoint));
    }

    private static boolean isWell(Endpoint endpoint) {
        return endpoint.paused() <= 0 && endpoint.resting() <= 0;
    }
}
