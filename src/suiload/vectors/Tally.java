package suiload.vectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import suiload.bcs.BcsException;
import suiload.json.JsonException;

/** What the cases of one file came to: passes by kind, and each failure with its id and what differs. */
final class Tally {
    private final Map<String, Integer> cases = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Runs one case; whatever it throws is its failure. */
    void check(String kind, String id, Runnable check) {
        cases.merge(kind, 1, Integer::sum);
        try {
            check.run();
        } catch (Mismatch e) {
            failures.add(id + ": " + e.getMessage());
        } catch (JsonException e) {
            failures.add(id + ": " + e.field() + " " + e.getMessage());
        } catch (RuntimeException e) {
            failures.add(id + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** A case that holds when {@code attempt} is refused in an orderly way; a crash is no refusal. */
    void refused(String kind, String id, String reason, Runnable attempt) {
        check(kind, id, () -> {
            try {
                attempt.run();
            } catch (BcsException | IllegalArgumentException expected) {
                return;
            }
            throw new Mismatch("accepted, but must be refused: " + reason);
        });
    }

    /** Something wrong with the file itself; counts as one failure. */
    void broken(String message) {
        cases.merge("unusable file", 1, Integer::sum);
        failures.add(message);
    }

    int failed() {
        return failures.size();
    }

    int passed() {
        return total() - failed();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** For example {@code 109 cases: 24 keys, 72 signed messages, …}. */
    String counts() {
        return total() + " cases: " + cases.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private int total() {
        return cases.values().stream().mapToInt(Integer::intValue).sum();
    }
}
