package suiload.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Goal: what is read is exactly one JSON value of bounded depth, and every complaint names the field and quotes nothing. */
class JsonTest {
    record Point(int x, Optional<String> label, List<Long> counts) {}

    @Test
    void readsFieldsByType() {
        Json json = Json.parse("{\"s\":\"é\",\"n\":7,\"u\":\"18446744073709551615\",\"b\":true,\"l\":[1,2],\"o\":{\"k\":null},\"z\":null}");
        assertEquals("é", json.string("s"));
        assertEquals(7, json.integer("n", 0, 10));
        assertEquals(-1, json.u64("u"));
        assertEquals(7, json.u64("n"));
        assertTrue(json.bool("b"));
        assertEquals(List.of(1L, 2L), json.list("l").stream().map(Json::asLong).toList());
        assertFalse(json.has("z"));
        assertFalse(json.has("absent"));
        assertEquals(List.of("s", "n", "u", "b", "l", "o", "z"), List.copyOf(json.entries().keySet()));
        assertTrue(json.get("o").entries().get("k").isNull());
    }

    @Test
    void namesTheFieldToBlame() {
        Json json = Json.parse("{\"a\":{\"b\":[1,\"x\",{\"c\":-1}]},\"n\":1.5}");
        assertEquals("a.b[1]", fieldOf(() -> json.get("a").list("b").get(1).asLong()));
        assertEquals("a.b[2].c", fieldOf(() -> json.get("a").list("b").get(2).u64("c")));
        assertEquals("a.b[2].d", fieldOf(() -> json.get("a").list("b").get(2).get("d")));
        assertEquals("n", fieldOf(() -> json.integer("n", 0, 9)));
        assertEquals("a", fieldOf(() -> json.string("a")));
        assertEquals("body", fieldOf(() -> Json.parse("[1]").get("x")));
    }

    @Test
    void refusesWhatIsNotExactlyOneValue() {
        for (String text : List.of(
                "", " ", "{", "{}x", "{} {}", "{\"a\":1,\"a\":2}", "{'a':1}", "[1,]", "01", "NaN", "\"\u0001\"", "// c\n1", "tru", "1" + "0".repeat(200))) {
            assertEquals("body", fieldOf(() -> Json.parse(text)), text);
            assertEquals("body", fieldOf(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8))), text);
        }
        assertEquals("body", fieldOf(() -> Json.parse(new byte[] {'"', (byte) 0xff, '"'})));
    }

    @Test
    void refusesMoreThan32Levels() {
        assertTrue(Json.parse("[".repeat(32) + "]".repeat(32)).isList());
        assertEquals("body", fieldOf(() -> Json.parse("[".repeat(33) + "]".repeat(33))));
        assertEquals("body", fieldOf(() -> Json.parse("{\"a\":".repeat(100_000))));
    }

    @Test
    void complaintsQuoteNoContent() {
        for (String text : List.of("{\"secret_key\":suiprivkey1abc}", "\"suiprivkey1abc", "{\"suiprivkey1abc\":1,\"suiprivkey1abc\":2}")) {
            JsonException refused = assertThrows(JsonException.class, () -> Json.parse(text));
            assertFalse(refused.getMessage().contains("suiprivkey"), refused.getMessage());
            assertFalse(refused.getMessage().contains("jackson"), refused.getMessage());
        }
    }

    @Test
    void refusesU64OutOfBounds() {
        for (String value : List.of("-1", "18446744073709551616", "\"18446744073709551616\"", "\"\"", "\"+1\"", "\" 1\"", "1e3", "\"٣\"", "true")) {
            assertEquals("v", fieldOf(() -> Json.parse("{\"v\":" + value + "}").u64("v")), value);
        }
    }

    @Test
    void writesWhatWeHoldData() {
        assertEquals("{\"b\":1,\"a\":[\"x\",null,true],\"e\":null}", Json.text(Json.object("b", 1, "a", Arrays.asList("x", null, true), "e", null)));
        assertEquals("{\"x\":1,\"label\":\"é\",\"counts\":[5]}", Json.text(new Point(1, Optional.of("é"), List.of(5L))));
        assertEquals("{\"x\":1,\"label\":null,\"counts\":[]}", Json.text(new Point(1, Optional.empty(), List.of())));
        assertEquals("{\"j\":{\"k\":1}}", Json.text(Map.of("j", Json.parse("{\"k\":1}"))));
        assertEquals("null", Json.text(null));
        assertEquals(Json.parse("[1]"), Json.parse(Json.pretty(List.of(1))));
    }

    private static String fieldOf(Runnable reading) {
        return assertThrows(JsonException.class, reading::run).field();
    }
}
