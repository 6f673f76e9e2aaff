package suiload.localnet;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.MovePackage;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.SuiObject;
import suiload.json.Json;

/** Objects as JSON-RPC shows them (facts: sui-jsonrpc.md sections 4.1 and 4.2). */
final class ObjectJson {
    /** In place of the digest of an object that is no more, or is inside another: a byte repeated. */
    static final Digest DELETED = repeated(99);
    static final Digest WRAPPED = repeated(88);

    private final MoveFields fields;

    ObjectJson(MoveFields fields) {
        this.fields = fields;
    }

    /** What is shown beside id, version and digest. */
    record Options(boolean type, boolean owner, boolean previousTransaction, boolean storageRebate, boolean display, boolean content,
            boolean bcs) {
        /** What a dynamic field is shown with when it is asked for by its name. */
        static final Options FIELD = new Options(true, true, true, true, false, true, false);

        static Options of(Optional<Json> given) {
            return new Options(JsonRpcParams.option(given, "showType"), JsonRpcParams.option(given, "showOwner"),
                    JsonRpcParams.option(given, "showPreviousTransaction"), JsonRpcParams.option(given, "showStorageRebate"),
                    JsonRpcParams.option(given, "showDisplay"), JsonRpcParams.option(given, "showContent"),
                    JsonRpcParams.option(given, "showBcs"));
        }
    }

    Map<String, Object> found(LedgerObject object, Options options) {
        Map<String, Object> data = versioned("objectId", object);
        if (options.type) data.put("type", TypeText.of(object));
        if (options.owner) data.put("owner", owner(object.owner()));
        if (options.previousTransaction) data.put("previousTransaction", object.previousTransaction().toString());
        if (options.storageRebate) data.put("storageRebate", Long.toUnsignedString(object.storageRebate()));
        if (options.display) data.put("display", Json.object("data", null, "error", null));
        if (options.content) data.put("content", content(object));
        if (options.bcs) data.put("bcs", bcs(object));
        return Map.of("data", data);
    }

    static Map<String, Object> deleted(Address id, long version) {
        return Map.of("error", Json.object("code", "deleted", "object_id", id.toString(), "version", version,
                "digest", DELETED.toString()));
    }

    static Map<String, Object> error(String code, String name, String value) {
        return Map.of("error", Json.object("code", code, name, value));
    }

    /** Id, version and digest, the version as text. */
    static Map<String, Object> versioned(String idName, LedgerObject object) {
        return Json.object(idName, object.id().toString(), "version", Long.toUnsignedString(object.version()),
                "digest", object.digest().toString());
    }

    private Map<String, Object> content(LedgerObject object) {
        if (object.isPackage()) return Json.object("dataType", "package", "disassembled", Map.of());
        Map<String, Object> content = Json.object("dataType", "moveObject", "type", TypeText.of(object),
                "hasPublicTransfer", object.publicTransfer());
        fields.fields(object.type(), object.contents()).ifPresent(value -> content.put("fields", value));
        return content;
    }

    private static Map<String, Object> bcs(LedgerObject object) {
        if (object.isPackage() && object.value().data() instanceof SuiObject.Data.Package(MovePackage code)) return code(code);
        return Json.object("dataType", "moveObject", "type", TypeText.of(object), "hasPublicTransfer", object.publicTransfer(),
                "version", object.version(), "bcsBytes", base64(object.contents()));
    }

    private static Map<String, Object> code(MovePackage code) {
        Map<String, Object> modules = new HashMap<>();
        code.modules().forEach((name, bytes) -> modules.put(name, base64(bytes)));
        List<Map<String, Object>> origins = code.typeOrigins().stream().map(origin -> Json.object("module_name", origin.module(),
                "datatype_name", origin.datatype(), "package", origin.packageId().toString())).toList();
        Map<String, Object> linkage = new HashMap<>();
        code.linkage().forEach((original, link) -> linkage.put(original.toString(),
                Json.object("upgraded_id", link.upgradedId().toString(), "upgraded_version", link.upgradedVersion())));
        return Json.object("dataType", "package", "id", code.id().toString(), "version", code.version(), "moduleMap", modules,
                "typeOriginTable", origins, "linkageTable", linkage);
    }

    /** A reference inside effects and payments: here the version is a number. */
    static Map<String, Object> reference(ObjectRef ref) {
        return Json.object("objectId", ref.id().toString(), "version", ref.version(), "digest", ref.digest().toString());
    }

    static Object owner(Owner owner) {
        return switch (owner) {
            case Owner.AddressOwner(Address address) -> Map.of("AddressOwner", address.toString());
            case Owner.ObjectOwner(Address parent) -> Map.of("ObjectOwner", parent.toString());
            case Owner.Shared(long initialVersion) -> Map.of("Shared", Map.of("initial_shared_version", initialVersion));
            case Owner.Immutable() -> "Immutable";
            case Owner.ConsensusAddress(long startVersion, Address address) ->
                    Map.of("ConsensusAddressOwner", Json.object("start_version", startVersion, "owner", address.toString()));
        };
    }

    private static Digest repeated(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Digest.of(bytes);
    }

    static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
