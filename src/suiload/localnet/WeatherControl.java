package suiload.localnet;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import suiload.http.HttpError;
import suiload.http.Policy;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;

/**
 * {@code GET /weather} says what weather it is and what it has done; {@code POST /weather} with {@code {"name":"storm"}} changes it,
 * {@code "changes":{"execute.hang":"0.5"}} beside the name puts single keys before those of the file. From this machine only.
 */
final class WeatherControl {
    private final Path folder;
    private final Weather weather;

    WeatherControl(Path folder, Weather weather) {
        this.folder = folder;
        this.weather = weather;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/weather", Policy.OPEN, request -> report());
        routes.add("POST", "/weather", Policy.OPEN, this::change);
    }

    private Response report() {
        return Response.json(Json.object("weather", weather.climate().name(), "faults_injected", weather.counts()));
    }

    private Response change(Request request) {
        if (!request.local()) throw HttpError.forbidden("not_local", "The weather is changed from this machine only.");
        Json body = request.json();
        Map<String, String> changes = new LinkedHashMap<>();
        body.find("changes").ifPresent(given -> given.entries().forEach((key, value) -> changes.put(key, value.asString())));
        try {
            weather.change(Climate.load(folder, body.string("name"), changes));
        } catch (IllegalArgumentException e) {
            throw HttpError.badRequest("name", e.getMessage());
        }
        return report();
    }
}
