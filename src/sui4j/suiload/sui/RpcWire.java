package suiload.sui;

import io.dipcoin.sui.model.Response;
import io.dipcoin.sui.protocol.SuiClient;
import io.dipcoin.sui.protocol.SuiService;
import io.dipcoin.sui.protocol.http.HttpService;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/**
 * One attempt at one endpoint: sui4j's client over its own HTTP service. Left to itself that waits up to five minutes, and OkHttp under it
 * repeats calls of its own accord; here the time limit covers the whole answer and what fails is told at once.
 */
final class RpcWire implements AutoCloseable {
    private static final Duration IDLE_MAX = Duration.ofSeconds(60);

    private final OkHttpClient client;
    private final Optional<NodeConfig.ApiKey> apiKey;
    /** sui4j's pollers would run here; we use none, and it starts no thread before the first. */
    private final ScheduledExecutorService pollers = Executors.newScheduledThreadPool(0);

    RpcWire(NodeConfig config) {
        apiKey = config.apiKey();
        client = new OkHttpClient.Builder()
                .connectTimeout(config.connectTimeout())
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .connectionPool(new ConnectionPool(config.callsInFlight(), IDLE_MAX.toSeconds(), TimeUnit.SECONDS))
                .build();
    }

    /** A call in sui4j's words, or in ours where it has none. */
    interface Question<A> {
        A ask(SuiClient client, SuiService service) throws IOException;
    }

    /** The answer's result. Interruption ends the call at once for a virtual thread; others notice when bytes come, or the limit. */
    <R, A extends Response<R>> R call(Endpoint endpoint, RpcMethod method, Duration limit, Question<A> question)
            throws CallFailure, InterruptedException {
        if (limit.isNegative() || limit.isZero()) throw timedOut(limit, null);
        var whole = new WholeAnswer();
        OkHttpClient limited = client.newBuilder().callTimeout(bounded(limit)).addInterceptor(whole).build();
        var service = new HttpService(endpoint.address().toString(), limited);
        apiKey.ifPresent(key -> service.addHeader(key.header(), key.value()));
        return result(method, answer(question, service, whole, limit));
    }

    private <A> A answer(Question<A> question, HttpService service, WholeAnswer whole, Duration limit)
            throws CallFailure, InterruptedException {
        try {
            return question.ask(SuiClient.build(service, IDLE_MAX.toMillis(), pollers), service);
        } catch (IOException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            throw whole.arrived ? garbled(e) : failure(e, limit);
        } catch (RuntimeException e) {
            // sui4j's readers throw whatever they like at what they do not know.
            if (whole.arrived) throw garbled(e);
            throw e;
        }
    }

    private static <R, A extends Response<R>> R result(RpcMethod method, A answer) throws CallFailure {
        if (answer == null) throw CallFailure.of(CallFailure.Kind.GARBLED, "an answer without a body", null);
        if (answer.hasError()) throw RpcErrors.failure(method, answer.getError().getCode(), answer.getError().getMessage());
        if (answer.getResult() == null) throw CallFailure.of(CallFailure.Kind.GARBLED, "neither result nor error", null);
        return answer.getResult();
    }

    /** Reads the answer to its end, within bounds: later failures are the reader's. Any status but success ends the call here. */
    private static final class WholeAnswer implements Interceptor {
        private volatile boolean arrived;

        @Override
        public okhttp3.Response intercept(Chain chain) throws IOException {
            okhttp3.Response response = chain.proceed(OneShot.request(chain.request()));
            boolean whole = false;
            try {
                if (!response.isSuccessful()) {
                    throw new StatusException(response.code(), Optional.ofNullable(response.header("retry-after")));
                }
                if (response.body().source().request(Wire.ANSWER_MAX + 1L)) throw new TooLongException();
                whole = true;
            } finally {
                if (!whole) response.close();
            }
            arrived = true;
            return response;
        }
    }

    /** An HTTP status that is no success. */
    private static final class StatusException extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;
        private final transient Optional<String> retryAfter;

        StatusException(int status, Optional<String> retryAfter) {
            super("HTTP " + status);
            this.status = status;
            this.retryAfter = retryAfter;
        }
    }

    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super("an answer of more than " + Wire.ANSWER_MAX + " bytes");
        }
    }

    private static CallFailure failure(IOException e, Duration limit) {
        return switch (e) {
            case StatusException refused -> CallFailure.http(refused.status, refused.retryAfter);
            case TooLongException tooLong -> garbled(tooLong);
            // Only connecting has a time limit of its own; the call's is told in the class above.
            case ConnectException _, NoRouteToHostException _, UnknownHostException _, SocketTimeoutException _ ->
                    CallFailure.of(CallFailure.Kind.NOT_SENT, "cannot connect: " + e, e);
            case InterruptedIOException _ -> timedOut(limit, e);
            default -> CallFailure.of(CallFailure.Kind.LOST, "connection lost: " + e, e);
        };
    }

    private static CallFailure garbled(Exception e) {
        return CallFailure.of(CallFailure.Kind.GARBLED, "not understood: " + e.getMessage(), e);
    }

    private static CallFailure timedOut(Duration limit, Throwable cause) {
        return CallFailure.of(CallFailure.Kind.TIMED_OUT, "no answer within " + limit.toMillis() + " ms", cause);
    }

    /** OkHttp counts in whole milliseconds, of which 0 would mean for ever. */
    private static Duration bounded(Duration limit) {
        return Duration.ofMillis(Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
    }

    /** Ends the calls under way. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        pollers.shutdownNow();
    }
}
