package suiload.vectors;

import java.util.List;
import java.util.Set;
import suiload.json.Json;

/** The lists of cases in a vector file, and the members of a case. */
final class Cases {
    private Cases() {}

    /** The cases in {@code name}; none when the file has no such list. */
    static List<Json> of(Json file, String name) {
        return file.find(name).map(Json::asList).orElse(List.of());
    }

    /** A member whose value may be null: the described value of an empty option. */
    static Json member(Json json, String name) {
        Json value = json.entries().get(name);
        Mismatch.unless(value != null, "has no '" + name + "'");
        return value;
    }

    /** A list that no check looks at would pass unseen: it counts as a failure. */
    static void onlyKnown(Json file, Tally tally, Set<String> known) {
        file.entries().forEach((name, value) -> {
            if (value.isList() && !known.contains(name)) tally.broken("the list '" + name + "' is unknown: nothing checks it");
        });
    }
}
