package suiload.users;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import suiload.json.Json;

/**
 * A part of the list of users.
 *
 * @param total of all that match, not of this part
 * @param next  what to give as {@code after} for the following part, if there is one
 */
record UserPage(List<User> users, long total, long limit, long offset, Optional<String> next) {
    /** @param found one more than {@code limit} where there is more */
    static UserPage of(List<User> found, long limit, long offset, long total) {
        boolean more = found.size() > limit;
        List<User> users = more ? found.subList(0, Math.toIntExact(limit)) : found;
        return new UserPage(users, total, limit, offset, more ? Optional.of(users.getLast().address().toString()) : Optional.empty());
    }

    Map<String, Object> json(Function<User, Map<String, Object>> item) {
        return Json.object("items", users.stream().map(item).toList(), "total", total, "limit", limit, "offset", offset, "next", next);
    }
}
