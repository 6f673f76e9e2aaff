package suiload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import suiload.json.Json;

/**
 * Goal: what every route really answers is what conf/openapi.json says. Method: the whole service on its embedded database and
 * network; each answer is checked for status, headers and body, and every operation must have answered 200 once.
 */
class ApiAnswersTest {
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ShutdownScript SHUTDOWN = new ShutdownScript();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Service.Running running;

    private final Json api;
    private final JsonSchema schemas;
    private final Set<String> succeeded = new TreeSet<>();

    ApiAnswersTest() throws IOException {
        api = Json.parse(Files.readAllBytes(HOME.resolve("conf/openapi.json")));
        schemas = new JsonSchema(api);
    }

    @BeforeAll
    static void start(@TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER) Path data) throws IOException {
        Settings settings = Settings.load(Map.of("PORT", "0", "DATA_DIR", data.toString(), "WEATHER", "calm"), data.resolve("none"));
        running = Service.start(settings, HOME, SHUTDOWN);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        SHUTDOWN.run();
        CLIENT.close();
    }

    @Test
    void everyRouteAnswersAsDescribed() throws Exception {
        service();
        Json sender = users();
        messaging(sender);
        post("/users/drain", "/users/drain", "{\"sui_address\":\"nowhere\"}", 400);
        post("/users/drain", "/users/drain", "", 200);
        assertEquals(described(), succeeded, "operations that answered 200");
    }

    @Test
    void everyRegisteredRouteIsDescribed() {
        assertEquals(described(), running.routes().stream().map(route -> route.method().toLowerCase(Locale.ROOT) + " " + route.pattern())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Set<String> described() {
        Set<String> all = new TreeSet<>();
        api.get("paths").entries().forEach((path, methods) -> methods.entries().keySet().forEach(method -> all.add(method + " " + path)));
        return all;
    }

    private void service() throws Exception {
        for (String path : List.of("/", "/health/live", "/health/ready", "/metrics", "/settings", "/openapi.json", "/docs")) {
            get(path, path, 200);
        }
    }

    /** @return an active user with its secret */
    private Json users() throws Exception {
        post("/users/generate/{variant}", "/users/generate/active?count=2", "", 200);
        post("/users/generate/{variant}", "/users/generate/passive", "", 200);
        post("/users/generate/{variant}", "/users/generate/other", "", 400);
        post("/users/generate/{variant}", "/users/generate/active?count=2001", "", 400);
        post("/users/fund", "/users/fund", "{\"amount_per_user\":\"2000000000\"}", 200);
        post("/users/fund", "/users/fund", "{\"amount_per_user\":true}", 400);
        get("/users", "/users?limit=1", 200);
        get("/users", "/users?is_funded=perhaps", 400);
        Json page = get("/users/with-secrets", "/users/with-secrets?variant=active&is_funded=true", 200);
        assertEquals(2, page.list("items").size());
        return page;
    }

    private void messaging(Json users) throws Exception {
        Json sender = users.list("items").getFirst();
        Json other = users.list("items").getLast();
        String secret = sender.string("secret_key");
        Json channel = post("/contract/channel", "/contract/channel", Json.text(Json.object("secret_key", secret, "channel_name", "n",
                "initial_members", List.of(other.string("sui_address")))), 200).get("channel");
        String message = Json.text(Json.object("sui_address", sender.string("sui_address"), "channel_id", channel.string("channelId"),
                "member_cap_id", capOf(sender, channel), "message", "hello"));
        Json sent = post("/contract/channel/message", "/contract/channel/message", message, 200);
        post("/contract/channel/message", "/contract/channel/message", message.replace("hello", "x".repeat(513)), 400);
        post("/contract/channel/message", "/contract/channel/message", "{}", 400);
        get("/contract/transactions/{digest}", "/contract/transactions/" + sent.string("digest"), 200);
        get("/contract/transactions/{digest}", "/contract/transactions/nonsense", 400);
        reads(sender.string("sui_address"), channel);
    }

    private static String capOf(Json user, Json channel) {
        return channel.list("memberCaps").stream().filter(cap -> cap.string("address").equals(user.string("sui_address")))
                .map(cap -> cap.string("memberCapId")).findFirst().orElseGet(() -> channel.string("creatorCapId"));
    }

    private void reads(String user, Json channel) throws Exception {
        String memberships = "/contract/channel/memberships/";
        get(memberships + "{addr}", memberships + user, 200);
        get(memberships + "{addr}", memberships + user + "?limit=51", 400);
        get(memberships + "{addr}/with-metadata", memberships + user + "/with-metadata", 200);
        String id = channel.string("channelId");
        Json found = get("/contract/channel/{id}", "/contract/channel/" + id, 200).get("channel");
        assertEquals("1", found.string("messagesCount"));
        get("/contract/channel/{id}", "/contract/channel/0x" + "9".repeat(64), 404);
        get("/contract/channel/{id}", "/contract/channel/nonsense", 400);
        assertEquals(1, get("/contract/channel/{id}/messages", "/contract/channel/" + id + "/messages", 200).list("messages").size());
        get("/contract/messages/table/{table_id}", "/contract/messages/table/" + channel.string("messagesTableId"), 200);
    }

    private Json get(String pattern, String path, int status) throws Exception {
        return check("get", pattern, request(path).GET(), status);
    }

    private Json post(String pattern, String path, String body, int status) throws Exception {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        return check("post", pattern, body.isEmpty() ? request : request.header("Content-Type", "application/json"), status);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path)).timeout(PATIENCE);
    }

    /** @return the body, null where it is not JSON */
    private Json check(String method, String pattern, HttpRequest.Builder request, int status) throws Exception {
        HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String place = method + " " + pattern + " → " + answer.statusCode() + " " + answer.body();
        assertEquals(status, answer.statusCode(), place);
        Json described = api.get("paths").get(pattern).get(method).get("responses").get(Integer.toString(status));
        Json response = described.has("$ref") ? schemas.resolve(described.string("$ref")) : described;
        response.get("headers").entries().forEach((name, given) -> {
            Json header = schemas.resolve(given.string("$ref"));
            assertTrue(!header.bool("required") || answer.headers().firstValue(name).isPresent(), place + " lacks " + name);
            answer.headers().firstValue(name).ifPresent(value ->
                    assertEquals(List.of(), schemas.complaints(header.get("schema"), Json.parse(Json.text(value)), name), place));
        });
        if (status == 200) {
            succeeded.add(method + " " + pattern);
        }
        String media = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        Json schema = response.get("content").get(media).get("schema");
        if (!media.equals("application/json")) {
            return null;
        }
        Json body = Json.parse(answer.body());
        assertEquals(List.of(), schemas.complaints(schema, body, "body"), place);
        return body;
    }
}
