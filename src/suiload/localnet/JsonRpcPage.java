package suiload.localnet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import suiload.chain.Address;
import suiload.json.Json;

/** Pages in ascending order of ids (facts: sui-jsonrpc.md section 2): the cursor is the id of the last item, also of the last page. */
final class JsonRpcPage {
    private JsonRpcPage() {}

    /** The part after {@code cursor} of all there is. */
    static Map<String, Object> of(List<LedgerObject> all, Optional<Address> cursor, int limit, Function<LedgerObject, Object> shape) {
        List<LedgerObject> rest = all.stream().filter(object -> cursor.isEmpty() || object.id().compareTo(cursor.get()) > 0)
                .sorted(Comparator.comparing(LedgerObject::id)).toList();
        List<LedgerObject> items = rest.subList(0, Math.min(limit, rest.size()));
        Optional<Address> next = items.isEmpty() ? cursor : Optional.of(items.getLast().id());
        return of(items.stream().map(shape).toList(), next, items.size() < rest.size());
    }

    static Map<String, Object> of(List<Object> data, Optional<Address> next, boolean more) {
        return Json.object("data", data, "nextCursor", next.map(Address::toString), "hasNextPage", more);
    }
}
