package suiload.vectors;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.SuiObject;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** {@code sui-ids/1}: object ids, dynamic-field ids and digests. */
final class IdsFile {
    private IdsFile() {}

    static void check(Json file, Tally tally) {
        each(file, tally, "createdObjectIds", IdsFile::created);
        each(file, tally, "dynamicFieldIds", IdsFile::dynamicField);
        each(file, tally, "dynamicObjectFieldIds", IdsFile::dynamicObjectField);
        each(file, tally, "derivedObjectIds", IdsFile::derived);
        each(file, tally, "digests", IdsFile::digest);
        each(file, tally, "transactionDigests", IdsFile::transactionDigest);
        each(file, tally, "objectDigests", IdsFile::objectDigest);
        for (Json invalid : Cases.of(file, "invalidDigests")) {
            tally.refused("invalidDigests", "invalid digest '" + invalid.string("base58") + "'", invalid.string("reason"),
                    () -> Digest.parse(invalid.string("base58")));
        }
    }

    private static void each(Json file, Tally tally, String list, Consumer<Json> check) {
        List<Json> cases = Cases.of(file, list);
        for (int i = 0; i < cases.size(); i++) {
            Json json = cases.get(i);
            tally.check(list, list + "[" + i + "]", () -> check.accept(json));
        }
    }

    private static void created(Json json) {
        Digest digest = Digest.parse(json.string("txDigest"));
        Mismatch.unlessEqual("txDigestHex", json.string("txDigestHex"), digest.hex());
        Mismatch.unlessEqual("objectId", json.string("objectId"), Address.created(digest, TransactionJson.u64(json, "counter")).toString());
    }

    private static void dynamicField(Json json) {
        withKey(json, (type, key) -> {
            Bytes tag = Bytes.ofHex(json.string("keyTypeTagHex"));
            var out = new BcsWriter();
            type.write(out);
            Mismatch.unlessEqual("keyTypeTagHex", tag.hex(), out.toBytes().hex());
            Mismatch.unlessEqual("decoded key type", type, BcsReader.decode(tag.toArray(), TypeTag::read));
            Mismatch.unlessEqual("objectId", json.string("objectId"), Address.dynamicField(parent(json), type, key).toString());
        });
    }

    private static void dynamicObjectField(Json json) {
        withKey(json, (type, key) -> {
            json.find("wrappedKeyType").ifPresent(wrapped -> Mismatch.unlessEqual("wrappedKeyType", TypeTag.parse(wrapped.asString()),
                    TypeTag.parse("0x2::dynamic_object_field::Wrapper<" + type + ">")));
            Mismatch.unlessEqual("fieldObjectId", json.string("fieldObjectId"), Address.dynamicObjectField(parent(json), type, key)
                    .toString());
        });
    }

    private static void derived(Json json) {
        withKey(json, (type, key) ->
                Mismatch.unlessEqual("objectId", json.string("objectId"), Address.derived(parent(json), type, key).toString()));
    }

    /** Hands on the key's type and BCS, which must be what the key's value encodes to where its type's layout is known. */
    private static void withKey(Json json, BiConsumer<TypeTag, byte[]> check) {
        TypeTag type = TypeTag.parse(json.string("keyType"));
        Bytes key = Bytes.ofHex(json.string("keyBytesHex"));
        MoveKey.shape(type, Cases.member(json, "keyValue"))
                .ifPresent(shape -> shape.check(MoveKey.value(Cases.member(json, "keyValue")), key));
        check.accept(type, key.toArray());
    }

    private static void digest(Json json) {
        Digest digest = Digest.parse(json.string("base58"));
        Mismatch.unlessEqual("hex", json.string("hex"), digest.hex());
        Mismatch.unlessEqual("base58", json.string("base58"), new Digest(Bytes.ofHex(json.string("hex"))).toString());
    }

    private static void transactionDigest(Json json) {
        byte[] bytes = Base64.getDecoder().decode(json.string("bytes"));
        hashed(json, bytes);
        Mismatch.unlessEqual("digest of the decoded transaction", json.string("digest"),
                TransactionData.digest(TransactionData.decode(bytes).encode()).toString());
    }

    private static void objectDigest(Json json) {
        byte[] bytes = Bytes.ofHex(json.string("objectBytesHex")).toArray();
        hashed(json, bytes);
        Mismatch.unlessEqual("digest of the decoded object", json.string("digest"),
                BcsReader.decode(bytes, SuiObject::read).digest().toString());
    }

    private static void hashed(Json json, byte[] bytes) {
        Digest.Domain domain = Arrays.stream(Digest.Domain.values()).filter(each -> each.prefix().equals(json.string("domain"))).findFirst()
                .orElseThrow(() -> new Mismatch("unknown domain '" + json.string("domain") + "'"));
        Digest digest = Digest.hash(domain, bytes);
        Mismatch.unlessEqual("digest", json.string("digest"), digest.toString());
        Mismatch.unlessEqual("digestHex", json.string("digestHex"), digest.hex());
    }

    private static Address parent(Json json) {
        return Address.parse(json.string("parentId"));
    }
}
