package suiload.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Where a service is in its life, and how many requests it has in hand. States only go forward. */
final class Lifecycle {
    private final AtomicReference<ServiceState> state = new AtomicReference<>(ServiceState.STARTING);
    private final AtomicInteger inFlight = new AtomicInteger();

    ServiceState state() {
        return state.get();
    }

    /** Goes on to {@code next} unless that or a later state is reached. */
    boolean advance(ServiceState next) {
        ServiceState before = state.getAndUpdate(now -> now.compareTo(next) < 0 ? next : now);
        return before.compareTo(next) < 0;
    }

    /** Whether clients should be told to take their next request elsewhere. */
    boolean closing() {
        return state.get().compareTo(ServiceState.DRAINING) >= 0;
    }

    void enter() {
        inFlight.incrementAndGet();
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    /** @throws HttpError 503 when no guarded request or stream may start */
    void checkOpen() {
        switch (state.get()) {
            case READY, DRAINING -> {}
            case STARTING -> throw HttpError.unavailable("starting", "The service is starting. Try again in a moment.");
            case REFUSING, STOPPED -> throw HttpError.unavailable("shutting_down", "The service is shutting down. Try again in a moment.");
        }
    }
}
