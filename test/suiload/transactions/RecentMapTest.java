package suiload.transactions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentMapTest {
    private final RecentMap<String, String> map = new RecentMap<>(10L, String::length);

    @Test
    void theLeastRecentlyUsedGoUntilTheWeightIsBearable() {
        map.put("a", "1234");
        map.put("b", "12");
        map.put("c", "12");
        map.get("a");
        map.put("d", "12345");
        assertEquals(Optional.empty(), map.get("b"));
        assertEquals(Optional.empty(), map.get("c"));
        assertEquals(Optional.of("1234"), map.get("a"));
        assertEquals(9, map.weight());
    }

    @Test
    void theWeightFollowsWhatIsReplacedAndRemoved() {
        map.put("a", "1234");
        map.put("a", "1");
        map.merge("a", "23", String::concat);
        map.put("b", "12345");
        map.remove("b");
        map.remove("never there");
        assertEquals(3, map.weight());
        map.clear();
        assertEquals(0, map.weight());
        assertEquals(0, map.size());
    }

    @Test
    void whatWeighsMoreThanAllMayIsNotKept() {
        map.put("a", "12345678901");
        assertEquals(0, map.size());
        assertEquals(0, map.weight());
    }

    @Test
    void withoutAWeigherEntriesAreCounted() {
        var two = new RecentMap<Integer, String>(2);
        for (int i = 0; i < 5; i++) two.put(i, "x");
        assertEquals(2, two.size());
        assertEquals(Optional.of("x"), two.get(3));
    }
}
