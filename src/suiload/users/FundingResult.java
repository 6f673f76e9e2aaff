package suiload.users;

import java.util.List;
import java.util.stream.Stream;
import suiload.chain.Address;
import suiload.json.Json;

/**
 * What came of funding.
 *
 * @param funded   users that got their coin
 * @param mist     that they got together
 * @param failures batches that did not come through
 * @param gasMist  what all executed batches cost
 */
record FundingResult(int funded, long mist, List<Failure> failures, long gasMist) {
    /** Users who got nothing, and why. */
    record Failure(List<Address> users, String reason) {}

    static final FundingResult NONE = new FundingResult(0, 0, List.of(), 0);

    /** Both together. */
    FundingResult plus(FundingResult more) {
        return new FundingResult(funded + more.funded, mist + more.mist,
                Stream.concat(failures.stream(), more.failures.stream()).toList(), gasMist + more.gasMist);
    }

    int failed() {
        return failures.stream().mapToInt(failure -> failure.users().size()).sum();
    }

    /** As {@code POST /users/fund} answers it. */
    Object json() {
        List<Object> errors = failures.stream().<Object>map(failure -> Json.object(
                "users", failure.users().stream().map(Address::toString).toList(), "error", failure.reason())).toList();
        return Json.object("message", "Funding complete. " + funded + " users funded, " + failed() + " failed.",
                "fundingResult", Json.object("successCount", funded, "failedCount", failed(), "totalFunded", Long.toString(mist),
                        "errors", errors));
    }
}
