package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.FieldMask;
import java.util.List;
import org.junit.jupiter.api.Test;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.proto.Checkpoint;
import suiload.grpcweb.proto.ExecutedTransaction;
import suiload.grpcweb.proto.Object;
import suiload.grpcweb.proto.SimulateTransactionResponse;

/** Goal: a client gets what its mask names, and is told of a path that does not exist. Method: the rules of facts/sui-grpc.md section 3. */
class MaskTest {
    @Test
    void parentTakesInItsChildren() {
        Mask mask = mask("effects.status", "effects", "transaction.digest");
        assertTrue(mask.sub("effects").isAll());
        assertTrue(mask.sub("transaction").has("digest"));
        assertFalse(mask.sub("transaction").has("bcs"));
        assertFalse(mask.has("events"));
        assertTrue(mask("*").has("events"));
        assertTrue(mask("effects", "effects.status").sub("effects").has("gas_used"));
    }

    @Test
    void emptyMaskSelectsNothing() {
        assertFalse(mask().has("digest"));
        assertFalse(mask().isAll());
    }

    @Test
    void pathsGoThroughRepeatedFieldsAndNestedMessages() {
        parse(SimulateTransactionResponse.getDescriptor(), "transaction.transaction.gas_payment",
                "transaction.effects.changed_objects.object_type");
        parse(Checkpoint.getDescriptor(), "transactions.effects.status", "summary.timestamp", "objects.objects.object_id");
        parse(Object.getDescriptor(), "owner", "json", "display", "package.modules.name");
    }

    @Test
    void unknownPathsAreRefused() {
        for (String path : List.of("", "foo", "effects.foo", "digest.x", "effects.gasUsed", "effects.", ".effects", "timestamp.seconds",
                "objects.*")) {
            GrpcException error = assertThrows(GrpcException.class, () -> mask(path), path);
            assertEquals(GrpcStatus.INVALID_ARGUMENT, error.status());
            assertEquals("invalid read_mask path: " + path, error.getMessage());
            assertEquals(1, error.details().size());
        }
    }

    @Test
    void subscriptionsIgnoreUnknownPaths() {
        var paths = FieldMask.newBuilder().addAllPaths(List.of("sequence_number", "nonsense", "digest.x")).build();
        Mask mask = Mask.parseLeniently(paths, Checkpoint.getDescriptor());
        assertTrue(mask.has("sequence_number"));
        assertFalse(mask.has("digest"));
    }

    private static Mask mask(String... paths) {
        return parse(ExecutedTransaction.getDescriptor(), paths);
    }

    private static Mask parse(com.google.protobuf.Descriptors.Descriptor message, String... paths) {
        return Mask.parse(FieldMask.newBuilder().addAllPaths(List.of(paths)).build(), message);
    }
}
