package suiload.users;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import suiload.chain.Address;
import suiload.json.Json;

/**
 * What came of draining.
 *
 * @param drained  users whose coins were sent back
 * @param mist     that arrived
 * @param failures users by the reason why theirs were not
 * @param gasMist  what the transactions cost
 * @param remaining users that were not tried, or whose outcome was not known, for lack of time
 */
record DrainResult(int drained, long mist, Map<String, List<Address>> failures, long gasMist, long remaining) {
    DrainResult {
        failures = new TreeMap<>(failures);
    }

    int failed() {
        return failures.values().stream().mapToInt(List::size).sum();
    }

    /** @param funded how many funded users there still are: those that failed, and those that remain */
    DrainResult withFunded(long funded) {
        return new DrainResult(drained, mist, failures, gasMist, Math.max(0, funded - failed()));
    }

    /** As {@code POST /users/drain} answers it. */
    Object json() {
        List<Object> errors = failures.entrySet().stream().<Object>map(failure -> Json.object(
                "users", failure.getValue().stream().map(Address::toString).toList(), "error", failure.getKey())).toList();
        String left = remaining == 0 ? "" : " " + remaining + " are left: ask again.";
        return Json.object("message", "Drain complete. " + drained + " users drained, " + failed() + " failed." + left,
                "drainResult", Json.object("successCount", drained, "failedCount", failed(), "totalReturned", Long.toString(mist),
                        "remaining", remaining, "errors", errors));
    }
}
