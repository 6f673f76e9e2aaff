package suiload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import suiload.json.Json;

/** As much of JSON Schema 2020-12 as conf/openapi.json uses. A keyword it does not know is an error, not a pass. */
final class JsonSchema {
    private static final Set<String> NOTES = Set.of("description", "default", "contentEncoding");

    private final Json document;

    /** @param document the OpenAPI document that references point into */
    JsonSchema(Json document) {
        this.document = document;
    }

    /** What is wrong with the value, a line each; empty when nothing is. */
    List<String> complaints(Json schema, Json value, String at) {
        List<String> found = new ArrayList<>();
        schema.entries().forEach((keyword, rule) -> check(new Rule(schema, keyword, rule), value, at, found));
        return found;
    }

    private record Rule(Json schema, String keyword, Json rule) {}

    private void check(Rule is, Json value, String at, List<String> found) {
        Json rule = is.rule();
        switch (is.keyword()) {
            case "$ref" -> found.addAll(complaints(resolve(rule.asString()), value, at));
            case "type" -> require(types(rule).stream().anyMatch(type -> isA(type, value)), at + " is not " + rule + ": " + value, found);
            case "const" -> require(rule.equals(value), at + " is not " + rule, found);
            case "enum" -> require(rule.asList().contains(value), at + " is not one of " + rule, found);
            case "pattern" -> require(!value.isString() || Pattern.compile(rule.asString()).matcher(value.asString()).find(), at + " does not match " + rule + ": " + value, found);
            case "minLength" ->
                    require(!value.isString() || value.asString().length() >= rule.asLong(), at + " is shorter than " + rule, found);
            case "maxLength" ->
                    require(!value.isString() || value.asString().length() <= rule.asLong(), at + " is longer than " + rule, found);
            case "minimum" -> require(!value.isNumber() || value.asDouble() >= rule.asDouble(), at + " is below " + rule, found);
            case "maximum" -> require(!value.isNumber() || value.asDouble() <= rule.asDouble(), at + " is above " + rule, found);
            case "maxItems" -> require(!value.isList() || value.asList().size() <= rule.asLong(), at + " has more items than " + rule, found);
            case "required" -> rule.asList().forEach(name -> require(!value.isObject() || value.entries().containsKey(name.asString()), at + " lacks " + name, found));
            case "properties" -> fields(value).forEach((name, field) -> {
                if (rule.has(name)) found.addAll(complaints(rule.get(name), field, at + "." + name));
            });
            case "additionalProperties" -> fields(value).forEach((name, field) -> {
                if (!is.schema().find("properties").map(known -> known.has(name)).orElse(false)) additional(rule, field, at + "." + name, found);
            });
            case "items" -> items(value).forEach(item -> found.addAll(complaints(rule, item, at + "[]")));
            case "oneOf" -> require(rule.asList().stream().filter(choice -> complaints(choice, value, at).isEmpty()).count() == 1, at + " is not one of the choices: " + value, found);
            case "anyOf" -> require(rule.asList().stream().anyMatch(choice -> complaints(choice, value, at).isEmpty()), at + " is none of the choices: " + value, found);
            default -> require(NOTES.contains(is.keyword()), at + ": unknown keyword " + is.keyword(), found);
        }
    }

    private void additional(Json rule, Json field, String at, List<String> found) {
        if (rule.isObject()) found.addAll(complaints(rule, field, at));
        else require(rule.asBool(), at + " must not be there", found);
    }

    Json resolve(String reference) {
        Json found = document;
        for (String part : reference.substring(2).split("/")) {
            found = found.get(part);
        }
        return found;
    }

    private static List<String> types(Json rule) {
        return rule.isList() ? rule.asList().stream().map(Json::asString).toList() : List.of(rule.asString());
    }

    private static boolean isA(String type, Json value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isList();
            case "string" -> value.isString();
            case "integer" -> value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
            case "number" -> value.isNumber();
            case "boolean" -> value.equals(Json.parse("true")) || value.equals(Json.parse("false"));
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }

    private static Map<String, Json> fields(Json value) {
        return value.isObject() ? value.entries() : Map.of();
    }

    private static List<Json> items(Json value) {
        return value.isList() ? value.asList() : List.of();
    }

    private static void require(boolean holds, String complaint, List<String> found) {
        if (!holds) {
            found.add(complaint);
        }
    }
}
