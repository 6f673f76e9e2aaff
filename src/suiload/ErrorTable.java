package suiload;

import java.time.Duration;
import suiload.http.HttpError;
import suiload.store.DatabaseUnavailable;
import suiload.sui.NodeException;
import suiload.transactions.SendException;

/** The one place where a failure becomes an HTTP status. Texts here are shown to clients. */
final class ErrorTable {
    private ErrorTable() {}

    private static final Duration SOON = Duration.ofSeconds(1);

    /** The answer for what a handler threw; whatever is not expected is a bug, 500. */
    static HttpError answer(Throwable failure) {
        return switch (failure) {
            case HttpError error -> error;
            case SendException send -> sending(send);
            case NodeException node -> asking(node);
            case DatabaseUnavailable away -> HttpError.unavailable("database_unavailable", away.getMessage() + ". Please try again.", SOON);
            default -> HttpError.internal();
        };
    }

    private static HttpError sending(SendException failure) {
        return switch (failure) {
            // What goes on can be asked after: GET /contract/transactions/{digest}.
            case SendException.DeadlineExpired expired -> expired.digest()
                    .map(digest -> HttpError.timeout().header("X-Transaction-Digest", digest.toString())).orElseGet(HttpError::timeout);
            case SendException.KeyReused reused -> HttpError.unprocessable("idempotency_key_reused", "Idempotency-Key reused",
                    "This key came before with a different body: use a new key for a new request.");
            case SendException.BadKey bad -> HttpError.badRequest("Idempotency-Key", "is not valid: " + bad.getMessage());
            case SendException.BacklogFull full -> HttpError.unavailable("sender_backlog_full",
                    full.getMessage() + ". One sender's transactions run one after another.", SOON);
            case SendException.NotOnChain missing -> HttpError.notFound("Object", missing.getMessage());
            case SendException.ShuttingDown down -> HttpError.unavailable("shutting_down", "The service is shutting down.", SOON);
        };
    }

    private static HttpError asking(NodeException failure) {
        return switch (failure) {
            case NodeException.Rejected rejected -> HttpError.unprocessable(
                    "transaction_" + rejected.kind().name().toLowerCase(java.util.Locale.ROOT), "Transaction refused by the network",
                    rejected.getMessage());
            case NodeException.OutcomeUnknown unknown -> HttpError.timeout();
            case NodeException.TimedOut late -> HttpError.timeout();
            case NodeException.RateLimited limited -> HttpError.tooManyRequests("The Sui node limits our rate.", limited.retryAfter());
            case NodeException.Unavailable away -> HttpError.badGateway("node_unavailable", "The Sui node cannot be reached. Please try again.");
            case NodeException.Nonsense nonsense -> HttpError.badGateway("node_nonsense", "The Sui node gave an answer that cannot be understood.");
        };
    }
}
