package suiload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import suiload.json.Json;

/** An OpenAPI document as one HTML page: no script, no picture, no other file. */
final class ApiPage {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem 1.5rem 4rem; max-width: 62rem; }
            code, pre { font: 13px/1.5 ui-monospace, monospace; }
            pre { background: var(--soft); padding: .7rem 1rem; overflow-x: auto; border-radius: 6px; }
            table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
            td, th { border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; }
            h2 { margin-top: 2.5rem; border-bottom: 2px solid var(--line); }
            section { border: 1px solid var(--line); border-radius: 8px; padding: .2rem 1rem; margin: 1rem 0; }
            section h3 { margin: .5rem 0; } h4 { margin: .8rem 0 0; }
            nav li { list-style: none; } nav ul { columns: 2; padding: 0; }
            b.get, b.post { display: inline-block; min-width: 3.2rem; } b.get { color: #2a7d4f; } b.post { color: #b35c00; }
            """;

    private final Json api;
    private final String version;
    private final StringBuilder out = new StringBuilder(64 * 1024);

    ApiPage(Json api, String version) {
        this.api = api;
        this.version = version;
    }

    String html() {
        Json info = api.get("info");
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\">\n")
                .append("<title>").append(escaped(info.string("title"))).append("</title>\n<style>\n").append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>").append(escaped(info.string("title"))).append("</h1>\n");
        paragraph(info.string("summary") + " Version " + version + ".");
        paragraph(info.string("description"));
        out.append("<p>For programs: <a href=\"/openapi.json\"><code>/openapi.json</code></a> (OpenAPI ")
                .append(escaped(api.string("openapi"))).append(").</p>\n");
        contents();
        api.list("tags").forEach(this::tag);
        headers();
        schemas();
        return out.append("</body>\n</html>\n").toString();
    }

    private void contents() {
        out.append("<nav><ul>\n");
        eachOperation((path, method, operation) -> out.append("<li><a href=\"#").append(escaped(operation.string("operationId")))
                .append("\">").append(methodAndPath(method, path)).append("</a></li>\n"));
        out.append("</ul></nav>\n");
    }

    private void tag(Json tag) {
        out.append("<h2>").append(escaped(tag.string("name"))).append("</h2>\n");
        paragraph(tag.string("description"));
        eachOperation((path, method, operation) -> {
            if (operation.list("tags").getFirst().asString().equals(tag.string("name"))) {
                operation(path, method, operation);
            }
        });
    }

    private void operation(String path, String method, Json operation) {
        out.append("<section id=\"").append(escaped(operation.string("operationId"))).append("\">\n<h3>")
                .append(methodAndPath(method, path)).append("</h3>\n");
        paragraph(operation.string("summary"));
        operation.find("description").ifPresent(text -> paragraph(text.asString()));
        operation.find("parameters").ifPresent(this::parameters);
        operation.find("requestBody").ifPresent(body -> {
            out.append("<h4>Body</h4>\n<pre>").append(schema(content(body).orElseThrow(), "")).append("</pre>\n");
        });
        responses(operation.get("responses"));
        out.append("</section>\n");
    }

    private void responses(Json responses) {
        Map<String, Json> all = responses.entries();
        all.forEach((status, given) -> {
            if (status.startsWith("2")) {
                out.append("<h4>").append(escaped(status)).append("</h4>\n<pre>")
                        .append(content(resolved(given)).map(schema -> schema(schema, "")).orElse("")).append("</pre>\n");
            }
        });
        out.append("<table>\n");
        all.forEach((status, given) -> {
            if (!status.startsWith("2")) {
                row("<code>" + escaped(status) + "</code>", escaped(resolved(given).string("description")));
            }
        });
        out.append("</table>\n");
    }

    private void parameters(Json parameters) {
        out.append("<h4>Parameters</h4>\n<table>\n");
        for (Json given : parameters.asList()) {
            Json parameter = resolved(given);
            row("<code>" + escaped(parameter.string("name")) + "</code>", escaped(parameter.string("in")),
                    schema(parameter.get("schema"), ""), escaped(parameter.string("description")));
        }
        out.append("</table>\n");
    }

    private void headers() {
        out.append("<h2>Headers of answers</h2>\n<table>\n");
        api.get("components").get("headers").entries().forEach((name, header) ->
                row("<code>" + escaped(name) + "</code>", escaped(header.string("description"))));
        out.append("</table>\n");
    }

    private void schemas() {
        out.append("<h2>Data</h2>\n");
        api.get("components").get("schemas").entries().forEach((name, schema) -> {
            out.append("<h4 id=\"data-").append(escaped(name)).append("\">").append(escaped(name)).append("</h4>\n");
            schema.find("description").ifPresent(text -> paragraph(text.asString()));
            out.append("<pre>").append(schema(schema, "")).append("</pre>\n");
        });
    }

    /** The schema as JSON with types in place of values. */
    private String schema(Json schema, String indent) {
        if (schema.has("$ref")) {
            String name = lastPart(schema.string("$ref"));
            return "<a href=\"#data-" + escaped(name) + "\">" + escaped(name) + "</a>";
        }
        if (schema.has("properties")) {
            return fields(schema, indent);
        }
        if (schema.has("items")) {
            return "[" + schema(schema.get("items"), indent) + ", …]";
        }
        if (schema.has("oneOf")) {
            return schema.list("oneOf").stream().map(choice -> schema(choice, indent)).collect(Collectors.joining(" or "));
        }
        if (schema.has("enum")) {
            return schema.list("enum").stream().map(value -> escaped(value.toString())).collect(Collectors.joining(" or "));
        }
        return schema.find("const").map(value -> escaped(value.toString())).orElseGet(() -> escaped(plain(schema)));
    }

    private String fields(Json schema, String indent) {
        List<String> required = schema.find("required").map(Json::asList).orElse(List.of()).stream().map(Json::asString).toList();
        String deeper = indent + "  ";
        return schema.get("properties").entries().entrySet().stream()
                .map(field -> deeper + "\"" + escaped(field.getKey()) + "\": " + schema(field.getValue(), deeper)
                        + (required.contains(field.getKey()) ? "" : " (optional)"))
                .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    private static String plain(Json schema) {
        Json type = schema.get("type");
        String text = type.isList() ? String.join(" or ", type.asList().stream().map(Json::asString).toList()) : type.asString();
        Optional<Json> least = schema.find("minimum");
        String bounds = least.map(min -> " " + min + "…" + schema.find("maximum").map(Json::toString).orElse("")).orElse("");
        String standard = schema.find("default").map(value -> ", default " + value).orElse("");
        String pattern = schema.find("pattern").map(value -> " " + value.asString()).orElse("");
        return text + bounds + standard + pattern;
    }

    private Json resolved(Json given) {
        if (!given.has("$ref")) {
            return given;
        }
        Json found = api;
        for (String part : given.string("$ref").substring(2).split("/")) {
            found = found.get(part);
        }
        return found;
    }

    private static Optional<Json> content(Json holder) {
        return holder.find("content").map(content -> content.entries().values().iterator().next().get("schema"));
    }

    private interface Visitor {
        void visit(String path, String method, Json operation);
    }

    private void eachOperation(Visitor visitor) {
        api.get("paths").entries().forEach((path, methods) ->
                methods.entries().forEach((method, operation) -> visitor.visit(path, method, operation)));
    }

    private static String methodAndPath(String method, String path) {
        return "<b class=\"" + escaped(method) + "\">" + escaped(method.toUpperCase(java.util.Locale.ROOT)) + "</b> <code>"
                + escaped(path) + "</code>";
    }

    private void paragraph(String text) {
        out.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private void row(String... cells) {
        out.append("<tr>");
        for (String cell : cells) {
            out.append("<td>").append(cell).append("</td>");
        }
        out.append("</tr>\n");
    }

    private static String lastPart(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
