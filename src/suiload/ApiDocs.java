package suiload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import suiload.http.Policy;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;

/** {@code /openapi.json}, and {@code /docs}, which shows the same to a person without asking any other host. */
final class ApiDocs {
    /** The browser itself then refuses whatever the page would load from elsewhere. */
    private static final String NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private ApiDocs() {}

    /**
     * @param document conf/openapi.json
     * @param version stands in the document as the API's
     */
    static void register(Routes routes, Path document, String version) throws IOException {
        Json api = Json.parse(Files.readAllBytes(document));
        byte[] json = Json.bytes(versioned(api, version));
        byte[] page = new ApiPage(api, version).html().getBytes(StandardCharsets.UTF_8);
        routes.add("GET", "/openapi.json", Policy.OPEN, request -> Response.bytes(200, Response.JSON, json));
        routes.add("GET", "/docs", Policy.OPEN, request ->
                Response.bytes(200, "text/html; charset=utf-8", page).withHeader("Content-Security-Policy", NOTHING_ELSE));
    }

    private static Map<String, Object> versioned(Json api, String version) {
        Map<String, Object> info = new LinkedHashMap<>(api.get("info").entries());
        info.put("version", version);
        Map<String, Object> document = new LinkedHashMap<>(api.entries());
        document.put("info", info);
        return document;
    }
}
