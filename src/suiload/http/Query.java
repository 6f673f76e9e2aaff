package suiload.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters behind the question mark. An ill-typed one is refused with 400 that names it; unknown ones are ignored. */
public final class Query {
    private static final int PARAMETERS_MAX = 100;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /** @param raw as in the request line, still encoded; null when there is none */
    static Query parse(String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        if (raw != null && !raw.isEmpty()) {
            String[] parts = raw.split("&", PARAMETERS_MAX + 1);
            if (parts.length > PARAMETERS_MAX) {
                throw HttpError.badRequest("query", "has more than " + PARAMETERS_MAX + " parameters");
            }
            for (String part : parts) {
                add(part, values);
            }
        }
        return new Query(values);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<String> string(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number within {@code min}…{@code max}; {@code absent} when it is not given. */
    public long integer(String name, long min, long max, long absent) {
        String text = values.get(name);
        if (text == null) {
            return absent;
        }
        boolean digits = text.matches("-?[0-9]{1,18}");
        if (!digits || Long.parseLong(text) < min || Long.parseLong(text) > max) {
            throw HttpError.badRequest(name, "must be a whole number from " + min + " to " + max);
        }
        return Long.parseLong(text);
    }

    /** {@code true} or {@code false}; empty when it is not given. */
    public Optional<Boolean> bool(String name) {
        return string(name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw HttpError.badRequest(name, "must be true or false");
        });
    }

    private static void add(String part, Map<String, String> values) {
        if (part.isEmpty()) {
            return;
        }
        int equals = part.indexOf('=');
        String name = decoded(equals < 0 ? part : part.substring(0, equals));
        String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
        if (values.putIfAbsent(name, value) != null) {
            throw HttpError.badRequest(name, "is given twice");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException fault) {
            throw HttpError.badRequest("query", "has a broken % escape");
        }
    }
}
