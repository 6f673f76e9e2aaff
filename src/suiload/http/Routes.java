package suiload.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All routes of a service, as a tree of path segments. Filled before the service starts, not changed afterwards. */
public final class Routes {
    /** One entry: {@code pattern} names it in metrics and in the OpenAPI document. */
    public record Route(String method, String pattern, Policy policy, Handler handler) {}

    /** A route and the values of the parameters in its path, decoded. */
    record Match(Route route, Map<String, String> parameters) {}

    private final Node root = new Node();
    private final List<Route> all = new ArrayList<>();

    /**
     * @param pattern such as {@code /users/generate/{variant}}; a literal segment goes before a parameter
     * @throws IllegalArgumentException when the same route is there already
     */
    public Routes add(String method, String pattern, Policy policy, Handler handler) {
        Route route = new Route(method, pattern, policy, handler);
        Node node = root;
        for (String segment : segments(pattern)) {
            node = segment.startsWith("{") ? node.parameter() : node.literals.computeIfAbsent(segment, absent -> new Node());
        }
        if (node.methods.putIfAbsent(method, route) != null) {
            throw new IllegalArgumentException("twice: " + method + " " + pattern);
        }
        all.add(route);
        return this;
    }

    /** Every route in the order of registration. */
    public List<Route> all() {
        return List.copyOf(all);
    }

    /**
     * @param path percent-encoded, as in the request line
     * @throws HttpError 404 for an unknown path, 405 for a known one with another method
     */
    Match match(String method, String path) {
        List<String> segments = segments(path);
        Node node = find(root, segments, 0)
                .orElseThrow(() -> HttpError.notFound("Path", "No such path. GET /openapi.json lists them."));
        Route route = node.methods.get(method);
        if (route == null && method.equals("HEAD")) {
            route = node.methods.get("GET");
        }
        if (route == null) {
            throw HttpError.methodNotAllowed(node.allow());
        }
        return new Match(route, parameters(route, segments));
    }

    private static Optional<Node> find(Node node, List<String> segments, int depth) {
        if (depth == segments.size()) {
            return node.methods.isEmpty() ? Optional.empty() : Optional.of(node);
        }
        Node literal = node.literals.get(segments.get(depth));
        Optional<Node> found = literal == null ? Optional.empty() : find(literal, segments, depth + 1);
        if (found.isPresent() || node.parameter == null || segments.get(depth).isEmpty()) {
            return found;
        }
        return find(node.parameter, segments, depth + 1);
    }

    private static Map<String, String> parameters(Route route, List<String> segments) {
        if (route.pattern().indexOf('{') < 0) {
            return Map.of();
        }
        Map<String, String> parameters = new HashMap<>();
        List<String> pattern = segments(route.pattern());
        for (int i = 0; i < pattern.size(); i++) {
            String name = pattern.get(i);
            if (name.startsWith("{")) {
                parameters.put(name.substring(1, name.length() - 1), decoded(segments.get(i)));
            }
        }
        return parameters;
    }

    private static String decoded(String segment) {
        // URLDecoder is made for forms: in a path a plus sign is a plus sign.
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** {@code /} has none, {@code /a/b} two, {@code /a/} two, the second empty. */
    private static List<String> segments(String path) {
        return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Route> methods = new TreeMap<>();
        private Node parameter;

        Node parameter() {
            if (parameter == null) {
                parameter = new Node();
            }
            return parameter;
        }

        /** RFC 9110, 10.2.1: what the path does understand; HEAD comes with GET. */
        String allow() {
            List<String> names = new ArrayList<>(methods.keySet());
            if (methods.containsKey("GET")) {
                names.add("HEAD");
            }
            return String.join(", ", names);
        }
    }
}
