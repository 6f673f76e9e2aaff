package suiload.localnet;

import com.google.protobuf.FieldMask;
import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.proto.BatchGetObjectsRequest;
import suiload.grpcweb.proto.BatchGetObjectsResponse;
import suiload.grpcweb.proto.BatchGetTransactionsRequest;
import suiload.grpcweb.proto.BatchGetTransactionsResponse;
import suiload.grpcweb.proto.Epoch;
import suiload.grpcweb.proto.ExecutedTransaction;
import suiload.grpcweb.proto.GetCheckpointRequest;
import suiload.grpcweb.proto.GetCheckpointResponse;
import suiload.grpcweb.proto.GetEpochRequest;
import suiload.grpcweb.proto.GetEpochResponse;
import suiload.grpcweb.proto.GetObjectRequest;
import suiload.grpcweb.proto.GetObjectResponse;
import suiload.grpcweb.proto.GetObjectResult;
import suiload.grpcweb.proto.GetServiceInfoResponse;
import suiload.grpcweb.proto.GetTransactionRequest;
import suiload.grpcweb.proto.GetTransactionResponse;
import suiload.grpcweb.proto.GetTransactionResult;
import suiload.grpcweb.proto.Object;

/** LedgerService: objects, transactions, checkpoints and epochs by name (facts: sui-grpc.md section 4.1). */
final class LedgerReads {
    /** A node has no such bound of its own; each item is read and rendered before the first byte of the answer. */
    private static final int BATCH_MAX = 1_000;
    private static final String SERVER = "sui-node/1.76.0-suiload";
    private static final Mask TRANSACTION_DEFAULT = Mask.of("digest");
    private static final Mask EPOCH_DEFAULT = Mask.of("epoch", "first_checkpoint", "last_checkpoint", "start", "end",
            "reference_gas_price", "protocol_config.protocol_version");

    private final ObjectProto objects;
    private final EffectsProto transactions;
    private final CheckpointProto checkpoints;

    LedgerReads(ObjectProto objects, EffectsProto transactions, CheckpointProto checkpoints) {
        this.objects = objects;
        this.transactions = transactions;
        this.checkpoints = checkpoints;
    }

    GetServiceInfoResponse serviceInfo(Replica replica) {
        Checkpoint newest = replica.ledger().latestCheckpoint();
        return GetServiceInfoResponse.newBuilder().setChainId(replica.ledger().chainId().toString()).setChain("unknown")
                .setEpoch(replica.ledger().epoch()).setCheckpointHeight(newest.sequence())
                .setTimestamp(TransactionProto.timestamp(newest.timestampMs()))
                .setLowestAvailableCheckpoint(0).setLowestAvailableCheckpointObjects(0).setServer(SERVER).build();
    }

    GetObjectResponse object(GetObjectRequest request, Replica replica) {
        Mask mask = mask(request.hasReadMask(), request.getReadMask(), Object.getDescriptor(), ObjectProto.DEFAULT);
        if (!request.hasObjectId()) throw GrpcException.missing("object_id");
        LedgerObject object = find(request, id("object_id", request.getObjectId()), replica);
        return GetObjectResponse.newBuilder().setObject(objects.object(object, mask)).build();
    }

    private static Address id(String field, String text) {
        return TransactionReader.address(field, text);
    }

    private static LedgerObject find(GetObjectRequest request, Address id, Replica replica) {
        Optional<LedgerObject> object = request.hasVersion() ? replica.object(id, request.getVersion()) : replica.object(id);
        String version = request.hasVersion() ? " with version " + Long.toUnsignedString(request.getVersion()) : "";
        return object.orElseThrow(() -> new GrpcException(GrpcStatus.NOT_FOUND, "Object " + id + version + " not found"));
    }

    /** A malformed id fails the call, a missing object only its item. */
    BatchGetObjectsResponse objects(BatchGetObjectsRequest request, Replica replica) {
        Mask mask = mask(request.hasReadMask(), request.getReadMask(), Object.getDescriptor(), ObjectProto.DEFAULT);
        requireBatch("requests", request.getRequestsCount());
        var ids = new Address[request.getRequestsCount()];
        for (int i = 0; i < ids.length; i++) {
            String field = "requests[" + i + "].object_id";
            if (!request.getRequests(i).hasObjectId()) throw GrpcException.missing(field);
            ids[i] = id(field, request.getRequests(i).getObjectId());
        }
        var response = BatchGetObjectsResponse.newBuilder();
        for (int i = 0; i < ids.length; i++) response.addObjects(result(request.getRequests(i), ids[i], mask, replica));
        return response.build();
    }

    private static void requireBatch(String field, int items) {
        if (items > BATCH_MAX) throw GrpcException.invalid(field, "more than " + BATCH_MAX + " items");
    }

    private GetObjectResult result(GetObjectRequest request, Address id, Mask mask, Replica replica) {
        try {
            return GetObjectResult.newBuilder().setObject(objects.object(find(request, id, replica), mask)).build();
        } catch (GrpcException missing) {
            return GetObjectResult.newBuilder().setError(missing.toProto()).build();
        }
    }

    GetTransactionResponse transaction(GetTransactionRequest request, Replica replica) {
        Mask mask = mask(request.hasReadMask(), request.getReadMask(), ExecutedTransaction.getDescriptor(), TRANSACTION_DEFAULT);
        if (!request.hasDigest()) throw GrpcException.missing("digest");
        return GetTransactionResponse.newBuilder().setTransaction(transaction(request.getDigest(), mask, replica)).build();
    }

    private ExecutedTransaction transaction(String text, Mask mask, Replica replica) {
        Digest digest = TransactionReader.digest("digest", text);
        return replica.transaction(digest).map(found -> transactions.transaction(found, mask))
                .orElseThrow(() -> new GrpcException(GrpcStatus.NOT_FOUND, "Transaction " + digest + " not found"));
    }

    /** Here a malformed digest, too, fails only its item. */
    BatchGetTransactionsResponse transactions(BatchGetTransactionsRequest request, Replica replica) {
        Mask mask = mask(request.hasReadMask(), request.getReadMask(), ExecutedTransaction.getDescriptor(), TRANSACTION_DEFAULT);
        requireBatch("digests", request.getDigestsCount());
        var response = BatchGetTransactionsResponse.newBuilder();
        for (String digest : request.getDigestsList()) {
            var result = GetTransactionResult.newBuilder();
            try {
                result.setTransaction(transaction(digest, mask, replica));
            } catch (GrpcException error) {
                result.setError(error.toProto());
            }
            response.addTransactions(result);
        }
        return response.build();
    }

    GetCheckpointResponse checkpoint(GetCheckpointRequest request, Replica replica) {
        var message = suiload.grpcweb.proto.Checkpoint.getDescriptor();
        Mask mask = mask(request.hasReadMask(), request.getReadMask(), message, CheckpointProto.DEFAULT);
        Ledger ledger = replica.ledger();
        Checkpoint checkpoint = switch (request.getCheckpointIdCase()) {
            case SEQUENCE_NUMBER -> ledger.checkpoint(request.getSequenceNumber())
                    .orElseThrow(() -> noCheckpoint(Long.toUnsignedString(request.getSequenceNumber())));
            case DIGEST -> ledger.checkpoint(TransactionReader.digest("digest", request.getDigest()))
                    .orElseThrow(() -> noCheckpoint(request.getDigest()));
            case CHECKPOINTID_NOT_SET -> ledger.latestCheckpoint();
        };
        return GetCheckpointResponse.newBuilder().setCheckpoint(checkpoints.checkpoint(checkpoint, mask)).build();
    }

    private static GrpcException noCheckpoint(String which) {
        return new GrpcException(GrpcStatus.NOT_FOUND, "Checkpoint " + which + " not found");
    }

    GetEpochResponse epoch(GetEpochRequest request, Replica replica) {
        Mask mask = mask(request.hasReadMask(), request.getReadMask(), Epoch.getDescriptor(), EPOCH_DEFAULT);
        Ledger ledger = replica.ledger();
        if (request.hasEpoch() && request.getEpoch() != ledger.epoch()) {
            throw new GrpcException(GrpcStatus.NOT_FOUND, "Epoch " + Long.toUnsignedString(request.getEpoch()) + " not found");
        }
        return GetEpochResponse.newBuilder().setEpoch(EpochProto.epoch(ledger, mask)).build();
    }

    static Mask mask(boolean given, FieldMask paths, com.google.protobuf.Descriptors.Descriptor message, Mask standard) {
        return given ? Mask.parse(paths, message) : standard;
    }
}
