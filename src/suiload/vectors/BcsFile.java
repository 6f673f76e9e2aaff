package suiload.vectors;

import java.nio.charset.StandardCharsets;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** {@code sui-bcs/1}: encodings of values, and malformed inputs that must be refused. */
final class BcsFile {
    private BcsFile() {}

    static void check(Json file, Tally tally) {
        for (Json vector : Cases.of(file, "vectors")) {
            tally.check("vectors", vector.string("id"), () -> vector(vector));
        }
        for (Json malformed : Cases.of(file, "decodeErrors")) {
            Bytes bytes = Bytes.ofHex(malformed.string("bytesHex"));
            tally.refused("malformed inputs", malformed.string("id"), malformed.string("reason"),
                    () -> ShapeParser.parse(malformed.string("type")).decode(bytes));
        }
    }

    private static void vector(Json vector) {
        String type = vector.string("type");
        Bytes bytes = Bytes.ofHex(vector.string("bytesHex"));
        ShapeParser.parse(type).check(Cases.member(vector, "value"), bytes);
        switch (type) {
            case "TypeTag" -> printed(vector, TypeTag.parse(Cases.member(vector, "value").asString()));
            case "StructTag" -> printed(vector, TypeTag.of(StructTag.parse(Cases.member(vector, "value").asString())));
            case "TransactionEffects" -> digest(vector, Digest.Domain.EFFECTS, bytes);
            case "Object" -> digest(vector, Digest.Domain.OBJECT, bytes);
            case "TransactionData" -> digest(vector, Digest.Domain.TRANSACTION, bytes);
            case "address" -> vector.find("asWritten").ifPresent(text ->
                    Mismatch.unlessEqual("address as written", vector.string("value"), Address.parse(text.asString()).toString()));
            case "string" -> vector.find("utf8Length").ifPresent(length -> Mismatch.unlessEqual("UTF-8 length", length.asLong(),
                    (long) vector.string("value").getBytes(StandardCharsets.UTF_8).length));
            default -> vector.find("length").ifPresent(length ->
                    Mismatch.unlessEqual("length", length.asLong(), elements(vector.get("value"))));
        }
    }

    private static void printed(Json vector, TypeTag tag) {
        vector.find("canonical").ifPresent(text -> Mismatch.unlessEqual("canonical form", text.asString(), tag.toString()));
        vector.find("canonicalNoSpaces").ifPresent(text -> Mismatch.unlessEqual("form without spaces", text.asString(),
                tag.text(",")));
        Mismatch.unlessEqual("printed form read back", tag, TypeTag.parse(tag.toString()));
    }

    private static void digest(Json vector, Digest.Domain domain, Bytes bytes) {
        vector.find("digest").ifPresent(text ->
                Mismatch.unlessEqual("digest", text.asString(), Digest.hash(domain, bytes.toArray()).toString()));
    }

    private static long elements(Json value) {
        return value.isString() ? value.asString().length() / 2 : value.asList().size();
    }
}
