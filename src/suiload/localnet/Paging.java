package suiload.localnet;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.bcs.BcsWriter;
import suiload.crypto.Blake2b;
import suiload.grpcweb.GrpcException;

/**
 * Page sizes and tokens of lists (facts: sui-grpc.md section 4.2). A token is a hash of what was asked, then the ledger's position: it
 * is good for the same question only.
 */
final class Paging {
    private Paging() {}

    static final int SIZE_DEFAULT = 50;
    static final int SIZE_MAX = 1000;
    /** A page ends here even when more items fit its count; bytes of the answer. */
    static final int BYTES_MAX = 512 << 10;
    private static final int TAG_LENGTH = 8;

    /** Nodes read an explicit 0 as 1. */
    static int size(boolean given, int size, int standard, int max) {
        if (!given) return standard;
        return size == 0 ? 1 : Integer.compareUnsigned(size, max) > 0 ? max : size;
    }

    static int size(boolean given, int size) {
        return size(given, size, SIZE_DEFAULT, SIZE_MAX);
    }

    static ByteString token(Bytes position, String... question) {
        return ByteString.copyFrom(tag(question)).concat(ObjectProto.bytes(position));
    }

    /** @throws GrpcException INVALID_ARGUMENT when the token was given for another question */
    static Optional<Bytes> position(boolean given, ByteString token, String... question) {
        if (!given || token.isEmpty()) return Optional.empty();
        byte[] bytes = token.toByteArray();
        if (bytes.length <= TAG_LENGTH || !Arrays.equals(Arrays.copyOf(bytes, TAG_LENGTH), tag(question))) throw invalidToken();
        return Optional.of(Bytes.of(Arrays.copyOfRange(bytes, TAG_LENGTH, bytes.length)));
    }

    static GrpcException invalidToken() {
        return GrpcException.invalid("page_token", "invalid page_token");
    }

    private static byte[] tag(String... question) {
        var text = new BcsWriter(128);
        for (String part : question) text.string(part);
        return Arrays.copyOf(Blake2b.hash256(text.toByteArray()), TAG_LENGTH);
    }
}
