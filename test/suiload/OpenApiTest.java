package suiload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.metrics.Metrics;

/** Goal: conf/openapi.json is a sound OpenAPI 3.1 document, and /docs shows all of it and loads nothing from elsewhere. */
class OpenApiTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("suiload.home"), "conf", "openapi.json");
    private static final Set<String> METHODS = Set.of("get", "post");
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)(src|href|action)\\s*=\\s*\"?(https?:)?//|@import|url\\(|<script");

    private final Json api;
    private final JsonSchema schemas;

    OpenApiTest() throws IOException {
        api = Json.parse(Files.readAllBytes(DOCUMENT));
        schemas = new JsonSchema(api);
    }

    @Test
    void everyOperationIsComplete() {
        assertTrue(api.string("openapi").startsWith("3.1."));
        Set<String> ids = new HashSet<>();
        eachOperation((place, operation) -> {
            assertTrue(METHODS.contains(place.split(" ")[0]), place);
            assertTrue(ids.add(operation.string("operationId")), "an id twice: " + place);
            assertFalse(operation.string("summary").isEmpty(), place);
            assertTrue(operation.get("responses").has("200"), place);
            operation.get("responses").entries().forEach((status, response) ->
                    assertFalse(resolved(response).string("description").isEmpty(), place + " " + status));
            assertEquals(parametersIn(place), declaredInPath(operation), place);
        });
        assertEquals(20, ids.size());
    }

    @Test
    void everyReferenceLeadsSomewhereAndNothingIsUnused() {
        Set<String> used = new TreeSet<>();
        references(api, used);
        used.forEach(reference -> assertTrue(schemas.resolve(reference).isObject(), reference));
        for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
            api.get("components").get(kind).entries().keySet().forEach(name ->
                    assertTrue(used.contains("#/components/" + kind + "/" + name), "unused: " + kind + "/" + name));
        }
    }

    @Test
    void everySchemaUsesKeywordsThatWeCheck() {
        api.get("components").get("schemas").entries().forEach((name, schema) -> {
            List<String> unknown = schemas.complaints(schema, Json.parse("null"), name).stream().filter(text -> text.contains("keyword")).toList();
            assertEquals(List.of(), unknown, name);
        });
    }

    @Test
    void theChecksCanFail() {
        Json user = api.get("components").get("schemas").get("User");
        String address = "0x" + "a".repeat(64);
        assertEquals(List.of(), schemas.complaints(user, json("sui_address", address, "user_variant", "active", "is_funded", true), "user"));
        for (Json wrong : List.of(
                json("sui_address", address, "user_variant", "active"), json("sui_address", "0x1", "user_variant", "active", "is_funded", true),
                json("sui_address", address, "user_variant", "other", "is_funded", true),
                json("sui_address", address, "user_variant", "active", "is_funded", "true"),
                json("sui_address", address, "user_variant", "active", "is_funded", true, "secret_key", "x"), Json.parse("[]"))) {
            assertFalse(schemas.complaints(user, wrong, "user").isEmpty(), wrong.toString());
        }
    }

    /** The service refuses a request without them (EndToEndTest), so the document must say so. */
    @Test
    void aChannelRequestNamesItsMembers() {
        Json request = api.get("components").get("schemas").get("ChannelRequest");
        Json complete = json("sui_address", "0x1", "channel_name", "c", "initial_members", List.of());
        assertEquals(List.of(), schemas.complaints(request, complete, "request"));
        assertFalse(schemas.complaints(request, json("sui_address", "0x1", "channel_name", "c"), "request").isEmpty());
    }

    @Test
    void docsShowEveryRouteAndLoadNothing() throws Exception {
        Routes routes = new Routes();
        ApiDocs.register(routes, DOCUMENT, "1.2.3");
        try (HttpService service = HttpService.start(HttpConfig.plain("127.0.0.1", 0), routes, fault -> HttpError.internal(), new Metrics());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> page = get(client, service.port(), "/docs");
            assertEquals("text/html; charset=utf-8", page.headers().firstValue("Content-Type").orElseThrow());
            eachOperation((place, operation) -> {
                assertTrue(page.body().contains("<code>" + place.split(" ")[1] + "</code>"), place);
                assertTrue(page.body().contains("id=\"" + operation.string("operationId") + "\""), place);
            });
            Matcher elsewhere = ELSEWHERE.matcher(page.body());
            assertFalse(elsewhere.find(), () -> "loads from elsewhere: " + elsewhere.group());
            Json served = Json.parse(get(client, service.port(), "/openapi.json").body());
            assertEquals("1.2.3", served.get("info").string("version"));
            assertEquals(api.get("paths"), served.get("paths"));
        }
    }

    @Test
    void everyLinkOfTheDocsHasItsTarget() throws IOException {
        String page = new ApiPage(api, "1").html();
        Matcher links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
        while (links.find()) {
            assertTrue(page.contains("id=\"" + links.group(1) + "\""), links.group(1));
        }
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(20)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Json json(Object... fields) {
        return Json.parse(Json.text(Json.object(fields)));
    }

    private void eachOperation(BiConsumer<String, Json> visitor) {
        api.get("paths").entries().forEach((path, methods) ->
                methods.entries().forEach((method, operation) -> visitor.accept(method + " " + path, operation)));
    }

    private Set<String> declaredInPath(Json operation) {
        Set<String> names = new TreeSet<>();
        operation.find("parameters").ifPresent(list -> list.asList().stream().map(this::resolved)
                .filter(parameter -> parameter.string("in").equals("path"))
                .forEach(parameter -> names.add(parameter.string("name"))));
        return names;
    }

    private static Set<String> parametersIn(String path) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\{([a-z_]+)}").matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private Json resolved(Json given) {
        return given.has("$ref") ? schemas.resolve(given.string("$ref")) : given;
    }

    private static void references(Json value, Set<String> used) {
        if (value.isObject()) {
            for (Map.Entry<String, Json> field : value.entries().entrySet()) {
                if (field.getKey().equals("$ref")) used.add(field.getValue().asString());
                else references(field.getValue(), used);
            }
        } else if (value.isList()) {
            value.asList().forEach(item -> references(item, used));
        }
    }
}
