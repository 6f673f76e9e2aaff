package suiload.localnet;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.json.Json;
import suiload.json.JsonException;

/** The command {@code weather}: changes the weather of a running embedded network, or says what it is. */
public final class WeatherMain {
    private WeatherMain() {}

    private static final int BAD_OPTIONS = 104;
    private static final int UNREACHABLE = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String USAGE =
            """
            usage: suiload weather [NAME [KEY=VALUE…]] [--data data/localnet | --url http://127.0.0.1:9000]
              NAME is a file of conf/weather; KEY=VALUE goes before what it says, for example execute.hang=0.5
            """;

    /** @return the exit code: 0, 104 for arguments that make no sense, 100 when no network answers or it refuses */
    public static int run(String... arguments) {
        return run(System.out, System.err, arguments);
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            Wish wish = Wish.of(arguments);
            HttpResponse<byte[]> answer = send(wish);
            Json json = Json.parse(answer.body());
            if (answer.statusCode() != 200) {
                err.println("suiload weather: " + json.string("details"));
                return UNREACHABLE;
            }
            out.println("weather: " + json.string("weather"));
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("suiload weather: " + e.getMessage());
            err.print(USAGE);
            return BAD_OPTIONS;
        } catch (IOException | JsonException e) {
            err.println("suiload weather: no embedded network answers: " + e.getMessage());
            return UNREACHABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNREACHABLE;
        }
    }

    private static HttpResponse<byte[]> send(Wish wish) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(wish.base().resolve("/weather")).timeout(TIMEOUT).header("Content-Type", "application/json");
        wish.name.ifPresent(name -> request.POST(HttpRequest.BodyPublishers.ofByteArray(
                Json.bytes(Json.object("name", name, "changes", wish.changes)))));
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    /** What the arguments ask for, and of which network. */
    private record Wish(Optional<String> name, Map<String, String> changes, Path data, Optional<String> url) {
        static Wish of(String... arguments) {
            List<String> words = new ArrayList<>();
            Path data = Path.of("data/localnet");
            Optional<String> url = Optional.empty();
            for (int i = 0; i < arguments.length; i++) {
                String argument = arguments[i];
                if (argument.startsWith("--") && i + 1 == arguments.length) throw new IllegalArgumentException(argument + " needs a value");
                switch (argument) {
                    case "--data" -> data = Path.of(arguments[++i]);
                    case "--url" -> url = Optional.of(arguments[++i]);
                    default -> words.add(argument);
                }
            }
            Optional<String> name = words.stream().findFirst();
            return new Wish(name, changes(words.subList(Math.min(1, words.size()), words.size())), data, url);
        }

        private static Map<String, String> changes(List<String> words) {
            Map<String, String> changes = new LinkedHashMap<>();
            for (String word : words) {
                int equals = word.indexOf('=');
                if (equals < 1) throw new IllegalArgumentException("'" + word + "' is not KEY=VALUE");
                changes.put(word.substring(0, equals), word.substring(equals + 1));
            }
            return changes;
        }

        URI base() throws IOException {
            if (url.isPresent()) return URI.create(url.get());
            Path file = data.resolve(Localnet.ENDPOINT_FILE);
            if (!Files.exists(file)) throw new IOException("there is no " + file + "; name the network with --data or --url");
            return URI.create("http://127.0.0.1:" + Json.parse(Files.readAllBytes(file)).integer("port", 1, 65_535));
        }
    }
}
