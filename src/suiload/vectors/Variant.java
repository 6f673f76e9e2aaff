package suiload.vectors;

import java.util.List;
import java.util.Map;
import suiload.json.Json;

/** An enum value in the decoded style of the vector files: an object with one member, named after the variant. */
record Variant(String name, Json content) {
    static Variant of(Json json) {
        Map<String, Json> members = json.entries();
        Mismatch.unless(members.size() == 1, "an object with one member, named after a variant, expected");
        Map.Entry<String, Json> only = members.entrySet().iterator().next();
        Json content = only.getValue();
        Mismatch.unless(!content.isBool() || content.asBool(), "the variant " + only.getKey() + " is marked as not taken");
        return new Variant(only.getKey(), content);
    }

    /** The members of a tuple variant. */
    List<Json> parts(int count) {
        List<Json> parts = content.asList();
        Mismatch.unlessEqual("members of " + name, count, parts.size());
        return parts;
    }

    Mismatch unknown(String type) {
        return new Mismatch("unknown variant '" + name + "' of " + type);
    }
}
