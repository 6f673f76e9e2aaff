package suiload.sui;

import io.dipcoin.sui.client.TransactionBuilder;
import io.dipcoin.sui.model.Request;
import io.dipcoin.sui.model.Response;
import io.dipcoin.sui.model.filter.SuiObjectDataFilter;
import io.dipcoin.sui.model.object.ObjectDataOptions;
import io.dipcoin.sui.model.object.ObjectResponseQuery;
import io.dipcoin.sui.model.object.PageForSuiObjectResponseAndObjectId;
import io.dipcoin.sui.model.object.SuiObjectResponse;
import io.dipcoin.sui.model.transaction.TransactionBlockResponseOptions;
import io.dipcoin.sui.protocol.http.request.GetOwnedObjects;
import io.dipcoin.sui.protocol.http.request.MultiGetObjects;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.grpcweb.GrpcStatus;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.sui.RpcAnswers.CheckpointAnswer;
import suiload.sui.RpcAnswers.CheckpointHead;
import suiload.sui.RpcAnswers.TransactionAnswer;
import suiload.sui.RpcAnswers.TransactionBlock;

/**
 * A node over JSON-RPC and the sui4j library: what the calls mean (facts: sui-jsonrpc.md). How they are made within bounds is
 * {@link Calls}' business, as for {@link GrpcNode}. JSON-RPC has no stream of checkpoints.
 */
final class Sui4jNode implements Node {
    /** A list of an account's coins ends here; past it they would cost more calls than they are worth. */
    static final int COINS_MAX = 1000;
    private static final String GENESIS = "0";
    private static final Map<String, String> CHAINS = Map.of(
            "4btiuiMPvEENsttpZC7CZ53DruC3MAgfznDbASZ7DR6S", "mainnet",
            "69WiPg3DAQiwdxfncX6wYQ2siKwAe6L9BZthQea3JNMD", "testnet");

    private final Calls calls;
    private final RpcWire wire;
    private final Cause cause;

    private Sui4jNode(Calls calls, RpcWire wire, Cause cause) {
        this.calls = calls;
        this.wire = wire;
        this.cause = cause;
    }

    static Sui4jNode open(NodeConfig config, Metrics metrics) {
        return open(config, metrics, new Random(), System::nanoTime);
    }

    static Sui4jNode open(NodeConfig config, Metrics metrics, RandomGenerator random, LongSupplier nanoTime) {
        var counts = new CallCounts(metrics, List.of(RpcMethod.values()));
        return new Sui4jNode(new Calls(config, counts, random, nanoTime), new RpcWire(config), Cause.OTHER);
    }

    @Override
    public Node because(Cause cause) {
        return new Sui4jNode(calls, wire, cause);
    }

    @Override
    public Executed execute(SignedTransaction transaction, Deadline deadline) {
        List<String> signatures = transaction.signatures().stream().map(Sui4jNode::base64).toList();
        var submission = TransactionBuilder.buildTransaction(base64(transaction.transaction()), signatures, transactionOptions());
        TransactionBlock block;
        try {
            block = calls.submit(new Calls.Call(RpcMethod.EXECUTE, cause, deadline), (endpoint, limit) -> wire.call(endpoint,
                    RpcMethod.EXECUTE, limit,
                    (client, service) -> service.send(client.executeTransactionBlock(submission), TransactionAnswer.class)));
        } catch (CallFailure failure) {
            throw Failures.ofSubmission(RpcMethod.EXECUTE, failure);
        }
        try {
            return RpcViews.executed(block).about(transaction.digest());
        } catch (IllegalArgumentException | NullPointerException | BcsException e) {
            // It says that it executed something: what, a later look has to show.
            throw new NodeException.OutcomeUnknown(RpcMethod.EXECUTE.label() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Executed> transaction(Digest digest, Deadline deadline) {
        List<Object> parameters = List.of(digest.toString(), transactionOptions());
        try {
            TransactionBlock block = answer(RpcMethod.GET_TRANSACTION, deadline, (client, service) ->
                    new Request<>(RpcMethod.GET_TRANSACTION.label(), parameters, service, TransactionAnswer.class).send());
            return Optional.of(understood(RpcMethod.GET_TRANSACTION, () -> RpcViews.executed(block).about(digest)));
        } catch (CallFailure failure) {
            if (failure.kind() == CallFailure.Kind.STATUS && failure.status() == GrpcStatus.NOT_FOUND) return Optional.empty();
            throw Failures.ofRead(RpcMethod.GET_TRANSACTION, failure);
        }
    }

    @Override
    public Map<Address, ObjectView> objects(Collection<Address> ids, Deadline deadline) {
        Map<Address, ObjectView> found = new HashMap<>();
        List<Address> all = ids.stream().distinct().toList();
        for (int from = 0; from < all.size(); from += BATCH_MAX) {
            collect(all.subList(from, Math.min(all.size(), from + BATCH_MAX)), deadline).forEach(view -> found.put(view.ref().id(), view));
        }
        return found;
    }

    private List<ObjectView> collect(List<Address> ids, Deadline deadline) {
        var request = new MultiGetObjects();
        request.setObjectIds(ids.stream().map(Address::toString).toList());
        request.setOptions(objectOptions());
        List<SuiObjectResponse> responses =
                read(RpcMethod.GET_OBJECTS, deadline, (client, service) -> client.multiGetObjects(request).send());
        return understood(RpcMethod.GET_OBJECTS, () -> {
            int count = responses.size();
            if (count != ids.size()) throw new IllegalArgumentException(count + " objects for " + ids.size() + " ids");
            return responses.stream().map(RpcViews::object).flatMap(Optional::stream).toList();
        });
    }

    @Override
    public Page<ObjectView> owned(Address owner, StructTag type, Optional<Bytes> cursor, int limit, Deadline deadline) {
        if (type.equals(StructTag.SUI_COIN)) return coins(owner, cursor, limit, deadline);
        return page(owner, type, cursor, Math.min(limit, BATCH_MAX), deadline);
    }

    /** Nodes list coins by id, so that the richest are known only when all are; the cursor counts how many were shown. */
    private Page<ObjectView> coins(Address owner, Optional<Bytes> cursor, int limit, Deadline deadline) {
        List<ObjectView> all = new ArrayList<>();
        Optional<Bytes> next = Optional.empty();
        do {
            Page<ObjectView> page = page(owner, StructTag.SUI_COIN, next, BATCH_MAX, deadline);
            all.addAll(page.items());
            next = page.next();
        } while (next.isPresent() && all.size() < COINS_MAX);
        List<ObjectView> sorted = understood(RpcMethod.GET_OWNED_OBJECTS, () -> all.stream()
                .sorted(Comparator.comparing(Sui4jNode::balance, Long::compareUnsigned).reversed()).toList());
        int from = Math.min(sorted.size(), cursor.map(shown -> Integer.parseInt(text(shown))).orElse(0));
        int to = Math.min(sorted.size(), from + limit);
        return new Page<>(sorted.subList(from, to), to < sorted.size() ? Optional.of(bytes(Integer.toString(to))) : Optional.empty());
    }

    /** What stands behind a coin's id. */
    private static long balance(ObjectView coin) {
        var contents = new BcsReader(coin.contents());
        Address.read(contents);
        return contents.u64();
    }

    private Page<ObjectView> page(Address owner, StructTag type, Optional<Bytes> cursor, int limit, Deadline deadline) {
        var query = new ObjectResponseQuery();
        query.setFilter(new SuiObjectDataFilter().setStructTypeFilter(type.toString()));
        query.setOptions(objectOptions());
        var request = new GetOwnedObjects();
        request.setAddress(owner.toString());
        request.setQuery(query);
        request.setCursor(cursor.map(Sui4jNode::text).orElse(null));
        request.setLimit((long) limit);
        PageForSuiObjectResponseAndObjectId page =
                read(RpcMethod.GET_OWNED_OBJECTS, deadline, (client, service) -> client.getOwnedObjects(request).send());
        return understood(RpcMethod.GET_OWNED_OBJECTS, () -> {
            List<ObjectView> views =
                    RpcViews.present(page.getData(), "data").stream().map(RpcViews::object).flatMap(Optional::stream).toList();
            boolean more = Boolean.TRUE.equals(page.getHasNextPage());
            return new Page<>(views, more ? Optional.of(bytes(RpcViews.present(page.getNextCursor(), "nextCursor"))) : Optional.empty());
        });
    }

    @Override
    public long referenceGasPrice(Deadline deadline) {
        String text = read(RpcMethod.GET_GAS_PRICE, deadline, (client, service) -> client.getReferenceGasPrice().send());
        long price = understood(RpcMethod.GET_GAS_PRICE, () -> RpcViews.u64(new BigInteger(text), "result"));
        if (price <= 0) throw new NodeException.Nonsense(RpcMethod.GET_GAS_PRICE.label() + ": a reference gas price of " + price, null);
        return price;
    }

    /** Three calls: the chain is named by its first checkpoint, of which the node's own short answer tells only four bytes. */
    @Override
    public NodeInfo info(Deadline deadline) {
        CheckpointHead genesis = checkpointHead(GENESIS, deadline);
        String newest =
                read(RpcMethod.GET_NEWEST_CHECKPOINT, deadline, (client, service) -> client.getLatestCheckpointSequenceNumber().send());
        CheckpointHead head = checkpointHead(newest, deadline);
        return understood(RpcMethod.GET_CHECKPOINT, () -> {
            Digest chain = Digest.parse(RpcViews.present(genesis.digest(), "digest"));
            return new NodeInfo(chain, CHAINS.getOrDefault(chain.toString(), "unknown"), RpcViews.u64(head.epoch(), "epoch"),
                    RpcViews.u64(new BigInteger(newest), "result"), "JSON-RPC");
        });
    }

    private CheckpointHead checkpointHead(String sequence, Deadline deadline) {
        return read(RpcMethod.GET_CHECKPOINT, deadline, (client, service) ->
                new Request<>(RpcMethod.GET_CHECKPOINT.label(), List.of(sequence), service, CheckpointAnswer.class).send());
    }

    @Override
    public Optional<CheckpointSource> checkpoints() {
        return Optional.empty();
    }

    private <R, A extends Response<R>> R read(RpcMethod method, Deadline deadline, RpcWire.Question<A> question) {
        try {
            return answer(method, deadline, question);
        } catch (CallFailure failure) {
            throw Failures.ofRead(method, failure);
        }
    }

    private <R, A extends Response<R>> R answer(RpcMethod method, Deadline deadline, RpcWire.Question<A> question) throws CallFailure {
        return calls.read(new Calls.Call(method, cause, deadline), (endpoint, limit) -> wire.call(endpoint, method, limit, question));
    }

    private interface Reading<T> {
        T view();
    }

    /** Whatever a view cannot be made of is the node's nonsense, not our bug: null, too, which sui4j lets through wherever JSON has it. */
    private static <T> T understood(RpcMethod method, Reading<T> reading) {
        try {
            return reading.view();
        } catch (IllegalArgumentException | NullPointerException | BcsException e) {
            throw new NodeException.Nonsense(method.label() + ": " + e.getMessage(), e);
        }
    }

    private static ObjectDataOptions objectOptions() {
        ObjectDataOptions options = ObjectDataOptions.ownerAndTypeTrue();
        options.setShowBcs(true);
        options.setShowPreviousTransaction(true);
        return options;
    }

    private static TransactionBlockResponseOptions transactionOptions() {
        var options = new TransactionBlockResponseOptions();
        options.setShowRawEffects(true);
        options.setShowEvents(true);
        return options;
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    /** Ends all calls under way. */
    @Override
    public void close() {
        wire.close();
    }
}
