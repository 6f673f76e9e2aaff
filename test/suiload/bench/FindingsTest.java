package suiload.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Goal: no figure of a benchmark takes the place of another. */
class FindingsTest {
    @Test
    void aNameIsGivenOnce() {
        Findings found = new Findings().add("p50", 1, "ms", true).note("requests", 7, "");
        assertThrows(IllegalArgumentException.class, () -> found.note("p50", 2, "ms"));
        assertThrows(IllegalArgumentException.class, () -> found.add("requests", 8, "", false));
        assertEquals("reached", found.verdict());
        assertEquals("p50 1.00 ms; requests 7.00", found.text());
    }
}
