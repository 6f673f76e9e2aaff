package suiload.vectors;

import java.util.function.BiConsumer;
import java.util.function.Function;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.json.Json;

/** One type of the vector files: how its JSON description becomes a value, and the value bytes and back. */
record Shape<T>(Function<Json, T> fromJson, BiConsumer<BcsWriter, T> write, Function<BcsReader, T> read) {
    /** The BCS of what {@code description} says. */
    Bytes encode(Json description) {
        return encodeValue(fromJson.apply(description));
    }

    T decode(Bytes bcs) {
        return BcsReader.decode(bcs.toArray(), read);
    }

    /** The description gives {@code expected}, and {@code expected} the same value and the same bytes again. */
    void check(Json description, Bytes expected) {
        T value = fromJson.apply(description);
        Mismatch.unlessEqual("encoding", expected.hex(), encodeValue(value).hex());
        T decoded = decode(expected);
        Mismatch.unlessEqual("decoded value", value, decoded);
        Mismatch.unlessEqual("encoding of the decoded value", expected.hex(), encodeValue(decoded).hex());
    }

    private Bytes encodeValue(T value) {
        var out = new BcsWriter();
        write.accept(out, value);
        return out.toBytes();
    }
}
