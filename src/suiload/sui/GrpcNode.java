package suiload.sui;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import suiload.bcs.BcsException;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.proto.BatchGetObjectsRequest;
import suiload.grpcweb.proto.BatchGetObjectsResponse;
import suiload.grpcweb.proto.Bcs;
import suiload.grpcweb.proto.ExecuteTransactionRequest;
import suiload.grpcweb.proto.ExecuteTransactionResponse;
import suiload.grpcweb.proto.GetCheckpointRequest;
import suiload.grpcweb.proto.GetCheckpointResponse;
import suiload.grpcweb.proto.GetEpochRequest;
import suiload.grpcweb.proto.GetEpochResponse;
import suiload.grpcweb.proto.GetObjectRequest;
import suiload.grpcweb.proto.GetServiceInfoRequest;
import suiload.grpcweb.proto.GetServiceInfoResponse;
import suiload.grpcweb.proto.GetTransactionRequest;
import suiload.grpcweb.proto.GetTransactionResponse;
import suiload.grpcweb.proto.ListOwnedObjectsRequest;
import suiload.grpcweb.proto.ListOwnedObjectsResponse;
import suiload.grpcweb.proto.Status;
import suiload.grpcweb.proto.SubscribeCheckpointsRequest;
import suiload.grpcweb.proto.Transaction;
import suiload.grpcweb.proto.UserSignature;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;

/** A node over gRPC-Web and the JDK's HTTP client: what the calls mean. How they are made within bounds is {@link Calls}' business. */
public final class GrpcNode implements Node, CheckpointSource {
    /** Of events what {@link Views} reads, here and below: whoever asks for all of them has the node render each as JSON, too. */
    private static final FieldMask TRANSACTION = mask("digest", "effects.bcs", "checkpoint", "events.events.package_id",
            "events.events.module", "events.events.sender", "events.events.event_type", "events.events.contents");
    private static final FieldMask OBJECT =
            mask("object_id", "version", "digest", "owner", "object_type", "contents", "previous_transaction");
    private static final FieldMask GAS_PRICE = mask("reference_gas_price");
    private static final FieldMask CHECKPOINT = mask("sequence_number", "transactions.digest", "transactions.effects.status",
            "transactions.effects.changed_objects", "transactions.events.events.package_id", "transactions.events.events.module",
            "transactions.events.events.sender", "transactions.events.events.event_type", "transactions.events.events.contents");

    private final Calls calls;
    private final Wire wire;
    private final NodeConfig config;
    private final Cause cause;

    private GrpcNode(Calls calls, Wire wire, NodeConfig config, Cause cause) {
        this.calls = calls;
        this.wire = wire;
        this.config = config;
        this.cause = cause;
    }

    /** Connects at the first call, not now. */
    public static GrpcNode open(NodeConfig config, Metrics metrics) {
        return open(config, metrics, new Random(), System::nanoTime);
    }

    static GrpcNode open(NodeConfig config, Metrics metrics, RandomGenerator random, LongSupplier nanoTime) {
        var counts = new CallCounts(metrics, List.of(GrpcMethod.values()));
        return new GrpcNode(new Calls(config, counts, random, nanoTime), new Wire(config), config, Cause.OTHER);
    }

    @Override
    public Node because(Cause cause) {
        return new GrpcNode(calls, wire, config, cause);
    }

    @Override
    public Executed execute(SignedTransaction transaction, Deadline deadline) {
        var request = ExecuteTransactionRequest.newBuilder()
                .setTransaction(Transaction.newBuilder().setBcs(bcs(transaction.transaction())))
                .setReadMask(TRANSACTION);
        transaction.signatures().forEach(signature -> request.addSignatures(UserSignature.newBuilder().setBcs(bcs(signature))));
        byte[] answer;
        try {
            answer = calls.submit(new Calls.Call(GrpcMethod.EXECUTE, cause, deadline),
                    (endpoint, limit) -> wire.unary(endpoint, GrpcMethod.EXECUTE, request.build(), limit));
        } catch (CallFailure failure) {
            throw Failures.ofSubmission(GrpcMethod.EXECUTE, failure);
        }
        try {
            return Views.executed(ExecuteTransactionResponse.parseFrom(answer).getTransaction()).about(transaction.digest());
        } catch (InvalidProtocolBufferException | IllegalArgumentException | BcsException e) {
            // It says that it executed something: what, a later look has to show.
            throw new NodeException.OutcomeUnknown("ExecuteTransaction: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Executed> transaction(Digest digest, Deadline deadline) {
        var request = GetTransactionRequest.newBuilder().setDigest(digest.toString()).setReadMask(TRANSACTION).build();
        return find(GrpcMethod.GET_TRANSACTION, request, deadline, GetTransactionResponse.parser())
                .map(answer -> understood(GrpcMethod.GET_TRANSACTION, () -> Views.executed(answer.getTransaction()).about(digest)));
    }

    @Override
    public Map<Address, ObjectView> objects(Collection<Address> ids, Deadline deadline) {
        Map<Address, ObjectView> found = new HashMap<>();
        List<Address> all = ids.stream().distinct().toList();
        for (int from = 0; from < all.size(); from += BATCH_MAX) {
            List<Address> chunk = all.subList(from, Math.min(all.size(), from + BATCH_MAX));
            understood(GrpcMethod.GET_OBJECTS, () -> collect(chunk, deadline, found));
        }
        return found;
    }

    private Void collect(List<Address> ids, Deadline deadline, Map<Address, ObjectView> found) {
        var request = BatchGetObjectsRequest.newBuilder().setReadMask(OBJECT);
        ids.forEach(id -> request.addRequests(GetObjectRequest.newBuilder().setObjectId(id.toString())));
        var answer = read(GrpcMethod.GET_OBJECTS, request.build(), deadline, BatchGetObjectsResponse.parser());
        int count = answer.getObjectsCount();
        if (count != ids.size()) throw new IllegalArgumentException(count + " objects for " + ids.size() + " ids");
        for (int i = 0; i < count; i++) {
            var result = answer.getObjects(i);
            Address asked = ids.get(i);
            if (result.hasObject()) Views.object(result.getObject()).ifPresent(view -> found.put(asked, requireAsked(view, asked)));
            else requireNotFound(result.getError());
        }
        return null;
    }

    private static ObjectView requireAsked(ObjectView view, Address asked) {
        if (!view.ref().id().equals(asked)) throw new IllegalArgumentException("object " + view.ref().id() + " in place of " + asked);
        return view;
    }

    private static void requireNotFound(Status error) {
        if (error.getCode() != GrpcStatus.NOT_FOUND.code()) throw new IllegalArgumentException(error.getMessage());
    }

    @Override
    public Page<ObjectView> owned(Address owner, StructTag type, Optional<Bytes> cursor, int limit, Deadline deadline) {
        var request = ListOwnedObjectsRequest.newBuilder()
                .setOwner(owner.toString()).setObjectType(type.toString()).setPageSize(limit).setReadMask(OBJECT);
        cursor.ifPresent(token -> request.setPageToken(ByteString.copyFrom(token.toArray())));
        var answer = read(GrpcMethod.LIST_OWNED_OBJECTS, request.build(), deadline, ListOwnedObjectsResponse.parser());
        return understood(GrpcMethod.LIST_OWNED_OBJECTS, () -> {
            List<ObjectView> views = new ArrayList<>();
            answer.getObjectsList().forEach(object -> Views.object(object).ifPresent(views::add));
            boolean more = answer.hasNextPageToken() && !answer.getNextPageToken().isEmpty();
            return new Page<>(views, more ? Optional.of(Bytes.of(answer.getNextPageToken().toByteArray())) : Optional.empty());
        });
    }

    @Override
    public long referenceGasPrice(Deadline deadline) {
        var request = GetEpochRequest.newBuilder().setReadMask(GAS_PRICE).build();
        long price = read(GrpcMethod.GET_EPOCH, request, deadline, GetEpochResponse.parser()).getEpoch().getReferenceGasPrice();
        if (price <= 0) throw new NodeException.Nonsense("GetEpoch: a reference gas price of " + price, null);
        return price;
    }

    @Override
    public NodeInfo info(Deadline deadline) {
        var request = GetServiceInfoRequest.getDefaultInstance();
        var answer = read(GrpcMethod.GET_SERVICE_INFO, request, deadline, GetServiceInfoResponse.parser());
        return understood(GrpcMethod.GET_SERVICE_INFO, () -> Views.info(answer));
    }

    @Override
    public Optional<CheckpointSource> checkpoints() {
        return Optional.of(this);
    }

    @Override
    public Optional<CheckpointView> checkpoint(long sequence, Deadline deadline) {
        var request = GetCheckpointRequest.newBuilder().setSequenceNumber(sequence).setReadMask(CHECKPOINT).build();
        return find(GrpcMethod.GET_CHECKPOINT, request, deadline, GetCheckpointResponse.parser())
                .map(answer -> understood(GrpcMethod.GET_CHECKPOINT, () -> Views.checkpoint(sequence, answer.getCheckpoint())));
    }

    @Override
    public Checkpoints subscribe() {
        var request = SubscribeCheckpointsRequest.newBuilder().setReadMask(CHECKPOINT).build();
        Duration limit = config.connectTimeout().plus(config.attemptTimeout());
        try {
            var call = new Calls.Call(GrpcMethod.SUBSCRIBE_CHECKPOINTS, cause, Deadline.after(limit));
            Wire.Stream stream =
                    calls.stream(call, (endpoint, left) -> wire.stream(endpoint, GrpcMethod.SUBSCRIBE_CHECKPOINTS, request, left));
            return new CheckpointStream(stream, config.streamSilence());
        } catch (CallFailure failure) {
            throw Failures.ofRead(GrpcMethod.SUBSCRIBE_CHECKPOINTS, failure);
        }
    }

    /** A read whose NOT_FOUND is an answer. */
    private <T> Optional<T> find(GrpcMethod method, MessageLite request, Deadline deadline, Parser<T> parser) {
        try {
            return Optional.of(parsed(method, answer(method, request, deadline), parser));
        } catch (CallFailure failure) {
            if (failure.kind() == CallFailure.Kind.STATUS && failure.status() == GrpcStatus.NOT_FOUND) return Optional.empty();
            throw Failures.ofRead(method, failure);
        }
    }

    private <T> T read(GrpcMethod method, MessageLite request, Deadline deadline, Parser<T> parser) {
        try {
            return parsed(method, answer(method, request, deadline), parser);
        } catch (CallFailure failure) {
            throw Failures.ofRead(method, failure);
        }
    }

    private byte[] answer(GrpcMethod method, MessageLite request, Deadline deadline) throws CallFailure {
        return calls.read(new Calls.Call(method, cause, deadline), (endpoint, limit) -> wire.unary(endpoint, method, request, limit));
    }

    private static <T> T parsed(Method method, byte[] answer, Parser<T> parser) {
        try {
            return parser.parseFrom(answer);
        } catch (InvalidProtocolBufferException e) {
            throw new NodeException.Nonsense(method.label() + ": " + e.getMessage(), e);
        }
    }

    private interface Reading<T> {
        T view();
    }

    /** Whatever a view cannot be made of is the node's nonsense, not our bug. */
    private static <T> T understood(Method method, Reading<T> reading) {
        try {
            return reading.view();
        } catch (IllegalArgumentException | BcsException e) {
            throw new NodeException.Nonsense(method.label() + ": " + e.getMessage(), e);
        }
    }

    private static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }

    private static Bcs bcs(Bytes value) {
        return Bcs.newBuilder().setValue(ByteString.copyFrom(value.toArray())).build();
    }

    /** Ends all calls under way. */
    @Override
    public void close() {
        wire.close();
    }
}
