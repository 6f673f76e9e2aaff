package suiload.localnet;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import suiload.http.Response;

/** What the weather does to a call on its way in and out, whatever protocol it is in. */
final class Passage {
    /** The call itself; what goes wrong in it is an answer, too. */
    interface Call {
        Response answer(Weather.Fate fate) throws InterruptedException;
    }

    private final Ledger ledger;
    private final Weather weather;
    private final RecentChanges recent;

    Passage(Ledger ledger, Weather weather, RecentChanges recent) {
        this.ledger = ledger;
        this.weather = weather;
        this.recent = recent;
        ledger.onExecuted(this::remember);
    }

    /**
     * Calls, or does what the weather wants in place of it or with its answer. Delays are the call's own affair.
     *
     * @param timedOut what the protocol says when a transaction's outcome is not known in time
     */
    Response pass(InetAddress client, CallKind kind, Supplier<Response> timedOut, Call call) throws InterruptedException {
        Optional<Duration> refused = weather.refuse(client);
        if (refused.isPresent()) return ChainHeaders.tooMany(refused.get());
        Weather.Fate fate = weather.fate(kind);
        Optional<Response> early = before(fate);
        return early.isPresent() ? early.get() : after(fate, call.answer(fate), timedOut);
    }

    /** What the weather does in place of the call. */
    private Optional<Response> before(Weather.Fate fate) throws InterruptedException {
        if (fate.fault().isEmpty()) return Optional.empty();
        return switch (fate.fault().get()) {
            case BUSY -> Optional.of(ChainHeaders.tooMany(Duration.ofSeconds(1)));
            case UNAVAILABLE -> Optional.of(ChainHeaders.unavailable());
            case RESET_BEFORE -> Optional.of(Response.abort());
            case HANG -> Optional.of(silence());
            case RESET_AFTER, LOST_ANSWER, TIMEOUT, STALE, CUT, RATE_LIMIT -> Optional.empty();
        };
    }

    /** What the weather does to the answer of a call that was done. */
    private Response after(Weather.Fate fate, Response response, Supplier<Response> timedOut) throws InterruptedException {
        if (fate.fault().isEmpty()) return response;
        return switch (fate.fault().get()) {
            case RESET_AFTER -> Response.abort();
            case LOST_ANSWER -> silence();
            case TIMEOUT -> timedOut.get();
            case HANG, RESET_BEFORE, BUSY, UNAVAILABLE, STALE, CUT, RATE_LIMIT -> response;
        };
    }

    private Response silence() throws InterruptedException {
        Thread.sleep(weather.climate().hangFor());
        return Response.abort();
    }

    /** The state that a read sees. */
    Replica replica(Weather.Fate fate) {
        return fate.fault().filter(fault -> fault == Fault.STALE).isPresent()
                ? recent.replica(ledger, weather.climate().staleBy()) : Replica.live(ledger);
    }

    /** What a transaction changed, for as long as stale reads may show the state before it. */
    private void remember(ExecutedTransaction transaction) {
        Climate climate = weather.climate();
        recent.record(transaction, climate.hasStaleReads() ? climate.staleBy() : Duration.ZERO);
    }

    void count(Fault fault) {
        weather.count(fault);
    }
}
