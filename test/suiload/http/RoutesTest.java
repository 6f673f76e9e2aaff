package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Goal: a path has one route, literal before parameter, and parameters and queries come out decoded and typed. */
class RoutesTest {
    private final Routes routes = new Routes();

    RoutesTest() {
        for (String pattern : List.of("/", "/a/{id}", "/a/{id}/messages", "/a/memberships/{addr}", "/a/memberships/{addr}/with-metadata")) {
            routes.add("GET", pattern, Policy.OPEN, request -> Response.empty(204));
        }
        routes.add("POST", "/a/{id}", Policy.GUARDED, request -> Response.empty(204));
    }

    private String pattern(String path) {
        return routes.match("GET", path).route().pattern();
    }

    @Test
    void literalsGoBeforeParametersAndGiveWayWhereTheyLeadNowhere() {
        assertEquals("/", pattern("/"));
        assertEquals("/a/{id}", pattern("/a/7"));
        assertEquals("/a/{id}", pattern("/a/memberships"));
        assertEquals("/a/memberships/{addr}", pattern("/a/memberships/messages"));
        assertEquals("/a/{id}/messages", pattern("/a/7/messages"));
        assertEquals("/a/memberships/{addr}/with-metadata", pattern("/a/memberships/7/with-metadata"));
        assertEquals(Policy.GUARDED, routes.match("POST", "/a/7").route().policy());
        assertEquals("/a/{id}", routes.match("HEAD", "/a/7").route().pattern());
    }

    @Test
    void unknownPathsAndMethods() {
        for (String path : List.of("/b", "/a", "/a/", "/a/7/", "/a/7/x", "//", "/a//messages")) {
            assertEquals(404, assertThrows(HttpError.class, () -> routes.match("GET", path)).status(), path);
        }
        assertEquals(405, assertThrows(HttpError.class, () -> routes.match("PUT", "/a/7")).status());
        assertThrows(IllegalArgumentException.class, () -> routes.add("GET", "/a/{other}", Policy.OPEN, request -> Response.empty(204)));
    }

    @Test
    void parametersAreDecoded() {
        assertEquals(Map.of("id", "a+b c/é"), routes.match("GET", "/a/a+b%20c%2F%C3%A9").parameters());
    }

    @Test
    void queriesAreTypedAndRefuseByName() {
        Query query = Query.parse("n=7&t=true&s=a%20b+c&e=&neg=-3");
        assertEquals(7, query.integer("n", 1, 10, 5));
        assertEquals(5, query.integer("absent", 1, 10, 5));
        assertEquals(-3, query.integer("neg", -5, 5, 0));
        assertEquals(Optional.of(true), query.bool("t"));
        assertEquals(Optional.empty(), query.bool("absent"));
        assertEquals(Optional.of("a b c"), query.string("s"));
        assertEquals(Optional.of(""), query.string("e"));
        for (String bad : List.of("n=11", "n=0", "n=1.5", "n=x", "n=", "n=99999999999999999999", "n=+1", "n=1&n=1", "n=%zz")) {
            HttpError refused = assertThrows(HttpError.class, () -> Query.parse(bad).integer("n", 1, 10, 5), bad);
            assertEquals(400, refused.status());
            assertEquals(bad.contains("%") ? "query" : "n", refused.details().split(" ")[0]);
        }
        assertThrows(HttpError.class, () -> Query.parse("b=yes").bool("b"));
        assertThrows(HttpError.class, () -> Query.parse("x=1&".repeat(101)));
    }
}
