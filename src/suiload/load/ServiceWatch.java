package suiload.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import suiload.json.Json;
import suiload.json.JsonException;
import suiload.report.Exposition;

/** Looks at the service from the side, on a connection of its own: none of it is counted as load. */
final class ServiceWatch implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    /** A busy machine may take a while; a connection that was accepted is not "nothing answers". */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SECRETS = "/users/with-secrets";
    private static final String NAME = "User Provisioning Service";

    private final URI base;
    private final HttpClient client;

    /** What answers at the address. */
    sealed interface Presence {
        record Nothing(String why) implements Presence {}

        record SomethingElse(String what) implements Presence {}

        /** @param network the chain behind it as it says itself, else {@code unknown} */
        record Found(String version, String network) implements Presence {}
    }

    ServiceWatch(URI base) {
        this.base = base;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_PATIENCE).build();
    }

    Presence presence() throws InterruptedException {
        try {
            HttpResponse<String> answer = get("/");
            Json about = Json.parse(answer.body());
            boolean ours = about.find("service").map(Json::asString).filter(NAME::equals).isPresent();
            if (!ours) return new Presence.SomethingElse("not the provisioning service");
            return new Presence.Found(about.find("version").map(Json::asString).orElse("unknown"),
                    about.find("network").map(Json::asString).orElse("unknown"));
        } catch (JsonException notJson) {
            return new Presence.SomethingElse("its answer is not JSON");
        } catch (IOException fault) {
            SocketFault kind = SocketFault.of(fault);
            String words = kind == SocketFault.OTHER ? String.valueOf(fault.getMessage()) : kind.text().replace('_', ' ');
            return kind.neverSent() ? new Presence.Nothing(words) : new Presence.SomethingElse("silent or not speaking HTTP: " + words);
        }
    }

    /** Why it is not ready in its own words; empty when it is. */
    Optional<String> notReady() throws InterruptedException {
        try {
            HttpResponse<String> answer = get("/health/ready");
            return answer.statusCode() == 200 ? Optional.empty() : Optional.of(answer.statusCode() + " " + answer.body().strip());
        } catch (IOException fault) {
            return Optional.of(String.valueOf(fault.getMessage()));
        }
    }

    /** Why a route does not answer as it should: a server's error, or nothing. Empty when all is well; secrets may be kept from us. */
    Optional<String> wrong(String path) throws InterruptedException {
        try {
            int status = get(path).statusCode();
            boolean fine = status == 200 || status == 404 && path.startsWith("/contract/") || status == 403 && path.startsWith(SECRETS);
            return fine ? Optional.empty() : Optional.of("status " + status);
        } catch (IOException fault) {
            return Optional.of(String.valueOf(fault.getMessage()));
        }
    }

    /** Its metrics now; {@link Exposition#NONE} when it does not tell. */
    Exposition metrics() throws InterruptedException {
        try {
            HttpResponse<String> answer = get("/metrics");
            return answer.statusCode() == 200 ? Exposition.parse(answer.body()) : Exposition.NONE;
        } catch (IOException fault) {
            return Exposition.NONE;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> reply =
                client.sendAsync(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString());
        try {
            return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            reply.cancel(true);
            throw new IOException("no answer to " + path + " within " + Words.time(PATIENCE), late);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
