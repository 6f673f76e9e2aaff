package suiload.localnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** Reads of objects over JSON-RPC (facts: sui-jsonrpc.md sections 3, 4.1 and 4.5). */
final class ObjectQueries {
    private final ObjectJson objects;
    private final MoveFields fields;

    ObjectQueries(ObjectJson objects, MoveFields fields) {
        this.objects = objects;
        this.fields = fields;
    }

    Object object(JsonRpcParams params, Replica replica) {
        return show(params.address(0, "object_id"), ObjectJson.Options.of(params.find(1)), replica);
    }

    private Map<String, Object> show(Address id, ObjectJson.Options options, Replica replica) {
        return replica.object(id).map(object -> objects.found(object, options))
                .or(() -> replica.deletedAt(id).map(version -> ObjectJson.deleted(id, version)))
                .orElseGet(() -> ObjectJson.error("notExists", "object_id", id.toString()));
    }

    /** Each id has its own answer, an error or not. */
    Object objects(JsonRpcParams params, Replica replica) {
        List<Address> ids = params.list(0, "object_ids", JsonRpcParams::address);
        ObjectJson.Options options = ObjectJson.Options.of(params.find(1));
        return ids.stream().map(id -> show(id, options, replica)).toList();
    }

    Object owned(JsonRpcParams params, Replica replica) {
        Address owner = params.address(0, "address");
        Optional<Json> query = params.find(1);
        Optional<ObjectFilter> filter = query.flatMap(given -> given.find("filter")).map(ObjectFilter::parse);
        ObjectJson.Options options = ObjectJson.Options.of(query.flatMap(given -> given.find("options")));
        Optional<Address> cursor = params.cursor(2);
        params.find(3).map(Json::asU64).filter(limit -> Long.compareUnsigned(limit, JsonRpcParams.ITEMS_MAX) > 0).ifPresent(limit -> {
            throw JsonRpcException.invalid("Page size limit exceeded: at most " + JsonRpcParams.ITEMS_MAX + " objects");
        });
        List<LedgerObject> all = replica.owned(owner, Optional.empty(), Optional.empty(), Integer.MAX_VALUE).items().stream()
                .filter(object -> filter.isEmpty() || filter.get().test(object)).toList();
        return JsonRpcPage.of(all, cursor, params.limit(3), object -> objects.found(object, options));
    }

    /** An unknown parent has none. */
    Object dynamicFields(JsonRpcParams params, Replica replica) {
        Address parent = params.address(0, "parent_object_id");
        Optional<Address> cursor = params.cursor(1);
        Page<DynamicFieldEntry> page = replica.dynamicFields(parent, cursor.map(id -> Bytes.of(id.bytes())), params.limit(2));
        Optional<Address> last = page.items().isEmpty() ? cursor : Optional.of(page.items().getLast().field().id());
        Optional<Address> next = page.next().map(position -> Address.of(position.toArray())).or(() -> last);
        return JsonRpcPage.of(page.items().stream().map(this::entry).toList(), next, page.next().isPresent());
    }

    private Object entry(DynamicFieldEntry entry) {
        LedgerObject field = entry.field();
        Object name = fields.bare(entry.nameType(), entry.name()).orElseGet(Optional::empty);
        return Json.object("name", Json.object("type", TypeText.of(entry.nameType()), "value", name),
                "bcsEncoding", "base64", "bcsName", ObjectJson.base64(entry.name()), "type", "DynamicField",
                "objectType", entry.valueType().text(","), "objectId", field.id().toString(), "version", field.version(),
                "digest", field.digest().toString());
    }

    Object dynamicFieldObject(JsonRpcParams params, Replica replica) {
        Address parent = params.address(0, "parent_object_id");
        Json name = params.get(1, "name");
        TypeTag type = JsonRpcParams.type(name.get("type"));
        Address id = Address.dynamicField(parent, type, MoveName.encode(type, name.get("value")));
        return replica.object(id).map(field -> objects.found(field, ObjectJson.Options.FIELD))
                .orElseGet(() -> ObjectJson.error("dynamicFieldNotFound", "parent_object_id", parent.toString()));
    }
}
