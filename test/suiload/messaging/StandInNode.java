package suiload.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Event;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.metrics.Deadline;
import suiload.sui.Cause;
import suiload.sui.CheckpointSource;
import suiload.sui.CheckpointView;
import suiload.sui.CheckpointView.Written;
import suiload.sui.Checkpoints;
import suiload.sui.Executed;
import suiload.sui.Node;
import suiload.sui.NodeException;
import suiload.sui.NodeInfo;
import suiload.sui.ObjectView;
import suiload.sui.Page;

/** A chain with channels and nothing else, whose node can be slow, behind, away, or break its streams. Every change is a checkpoint. */
final class StandInNode implements Node, CheckpointSource {
    static final Contract CONTRACT = Contract.of(Address.ofShort(0x5));

    /** What a creation made. */
    record Made(CreatedChannel channel, CheckpointView.Entry transaction) {
        Address id() {
            return channel.ref().id();
        }
    }

    private static final class State {
        final List<Address> caps = new ArrayList<>();
        long count;
        Optional<Message> last = Optional.empty();
        long updatedAtMs = 1_000;
    }

    /** A subscription: it is read to its end when one more was asked for than was told. */
    private static final class Stream {
        final BlockingQueue<Optional<CheckpointView>> queue = new LinkedBlockingQueue<>();
        final AtomicInteger asked = new AtomicInteger();
        private int told;

        void tell(Optional<CheckpointView> checkpoint) {
            told++;
            queue.add(checkpoint);
        }

        boolean readerWaits() {
            return asked.get() > told;
        }
    }

    private final Map<Address, ObjectView> objects = new HashMap<>();
    private final Map<Address, State> channels = new HashMap<>();
    private final Map<Address, CreatedChannel> created = new HashMap<>();
    private final List<CheckpointView> checkpoints = new ArrayList<>();
    private final List<Stream> streams = new ArrayList<>();
    private final Set<Address> hidden = new HashSet<>();
    private final AtomicInteger digests = new AtomicInteger();

    final AtomicInteger objectCalls = new AtomicInteger();
    final AtomicInteger ownedCalls = new AtomicInteger();
    final AtomicInteger checkpointCalls = new AtomicInteger();
    final AtomicInteger subscriptions = new AtomicInteger();
    volatile Supplier<NodeException> failure;
    volatile boolean checkpointsLimited;
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile long pruned = -1;

    StandInNode() {
        idle(1);
    }

    synchronized Made create(Address creator, Address... members) {
        Digest transaction = digest(digests.incrementAndGet());
        Address id = Address.created(transaction, 0);
        List<Written> written = new ArrayList<>();
        written.add(written(id, new Owner.Shared(3), CONTRACT.channelType()));
        written.add(new Written(Address.created(transaction, 1), true, new Owner.AddressOwner(creator), Optional.empty()));
        Address versioned = Address.created(transaction, 3);
        Address config = Address.dynamicField(versioned, TypeTag.U64, new BcsWriter(8).u64(1).toByteArray());
        written.add(new Written(config, true, new Owner.ObjectOwner(versioned), Optional.empty()));
        channels.put(id, new State());
        written.add(give(id, Address.created(transaction, 2), creator));
        for (int i = 0; i < members.length; i++) written.add(give(id, Address.created(transaction, 6 + i), members[i]));
        var entry = new CheckpointView.Entry(transaction, true, List.of(), written);
        CreatedChannel channel = CreatedChannel.in(transaction, written).orElseThrow();
        created.put(id, channel);
        write(id);
        publish(entry);
        return new Made(channel, entry);
    }

    /** A channel of another deployment of the same package. @return its id */
    synchronized Address createElsewhere(Address creator) {
        Contract other = Contract.of(Address.ofShort(0x07e4));
        Digest transaction = digest(digests.incrementAndGet());
        Address id = Address.created(transaction, 0);
        Address versioned = Address.created(transaction, 3);
        Address config = Address.dynamicField(versioned, TypeTag.U64, new BcsWriter(8).u64(1).toByteArray());
        publish(new CheckpointView.Entry(transaction, true, List.of(), List.of(written(id, new Owner.Shared(3), other.channelType()),
                new Written(config, true, new Owner.ObjectOwner(versioned), Optional.empty()),
                written(Address.created(transaction, 2), new Owner.AddressOwner(creator), other.memberCapType()))));
        return id;
    }

    /** As {@link #send}, in a channel that emits no events. */
    synchronized void sendSilently(Address channel, Address sender, String text) {
        send(channel, sender, text, false);
    }

    /** Sends {@code text}, whose time on chain is its index. */
    synchronized MessageAdded send(Address channel, Address sender, String text) {
        return send(channel, sender, text, true);
    }

    private MessageAdded send(Address channel, Address sender, String text, boolean told) {
        State state = channels.get(channel);
        long index = state.count++;
        Bytes ciphertext = Bytes.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var message = new Message(sender, ciphertext, Bytes.of(new byte[12]), 1, List.of(), index);
        state.last = Optional.of(message);
        Address table = created.get(channel).ref().messagesTable();
        Address field = Address.tableEntry(table, index);
        var contents = new BcsWriter();
        field.write(contents);
        message.write(contents.u64(index));
        objects.put(field, view(field, new Owner.ObjectOwner(table), CONTRACT.messageFieldType(), contents.toBytes()));
        write(channel);
        var added = new MessageAdded(channel, index, sender, ciphertext, message.nonce(), 1, List.of(), List.of(), index);
        publish(new CheckpointView.Entry(digest(digests.incrementAndGet()), true, told ? List.of(event(added)) : List.of(),
                List.of(new Written(channel, false, new Owner.Shared(3), Optional.of(CONTRACT.channelType())),
                        written(field, new Owner.ObjectOwner(table), CONTRACT.messageFieldType()))));
        return added;
    }

    /** @return the cap of the new member */
    synchronized Address addMember(Address channel, Address member) {
        Digest transaction = digest(digests.incrementAndGet());
        channels.get(channel).updatedAtMs++;
        Written cap = give(channel, Address.created(transaction, 0), member);
        write(channel);
        publish(new CheckpointView.Entry(transaction, true, List.of(),
                List.of(new Written(channel, false, new Owner.Shared(3), Optional.of(CONTRACT.channelType())), cap)));
        return cap.id();
    }

    synchronized void removeMember(Address channel, Address cap) {
        channels.get(channel).caps.remove(cap);
        write(channel);
        publish(new CheckpointView.Entry(digest(digests.incrementAndGet()), true, List.of(),
                List.of(new Written(channel, false, new Owner.Shared(3), Optional.of(CONTRACT.channelType())))));
    }

    /** Checkpoints in which nothing happens. */
    synchronized void idle(int count) {
        for (int i = 0; i < count; i++) publish(null);
    }

    /** Objects that the node does not show yet. */
    synchronized void hide(Address... ids) {
        hidden.addAll(List.of(ids));
    }

    synchronized void showAll() {
        hidden.clear();
    }

    /** Ends every subscription, after what was published so far. */
    synchronized void breakStreams() {
        streams.forEach(stream -> stream.tell(Optional.empty()));
        streams.clear();
    }

    /** Whether somebody has a subscription, and all who have one are done with what was published. */
    synchronized boolean readersWait() {
        return !streams.isEmpty() && streams.stream().allMatch(Stream::readerWaits);
    }

    synchronized long newest() {
        return checkpoints.size() - 1L;
    }

    int calls() {
        return objectCalls.get() + ownedCalls.get();
    }

    @Override
    public Node because(Cause cause) {
        return this;
    }

    @Override
    public Map<Address, ObjectView> objects(Collection<Address> ids, Deadline deadline) {
        objectCalls.incrementAndGet();
        pass();
        synchronized (this) {
            Map<Address, ObjectView> found = new LinkedHashMap<>();
            for (Address id : ids) if (objects.containsKey(id) && !hidden.contains(id)) found.put(id, objects.get(id));
            return found;
        }
    }

    @Override
    public Page<ObjectView> owned(Address owner, StructTag type, Optional<Bytes> cursor, int limit, Deadline deadline) {
        ownedCalls.incrementAndGet();
        pass();
        synchronized (this) {
            return new Page<>(objects.values().stream()
                    .filter(view -> view.owner().equals(new Owner.AddressOwner(owner)) && view.type().equals(type))
                    .filter(view -> !hidden.contains(view.ref().id())).toList(), Optional.empty());
        }
    }

    @Override
    public Optional<CheckpointSource> checkpoints() {
        return Optional.of(this);
    }

    @Override
    public Optional<CheckpointView> checkpoint(long sequence, Deadline deadline) {
        checkpointCalls.incrementAndGet();
        if (checkpointsLimited) throw new NodeException.RateLimited("enough", Duration.ofSeconds(1));
        pass();
        synchronized (this) {
            return sequence > pruned && sequence < checkpoints.size() ? Optional.of(checkpoints.get((int) sequence)) : Optional.empty();
        }
    }

    @Override
    public synchronized Checkpoints subscribe() {
        if (failure != null) throw failure.get();
        subscriptions.incrementAndGet();
        var stream = new Stream();
        stream.tell(Optional.of(checkpoints.getLast()));
        streams.add(stream);
        return new Checkpoints() {
            @Override
            public CheckpointView next() throws InterruptedException {
                stream.asked.incrementAndGet();
                return stream.queue.take().orElseThrow(() -> new NodeException.Unavailable("the stream ended", null));
            }

            @Override
            public void close() {
                synchronized (StandInNode.this) {
                    streams.remove(stream);
                }
            }
        };
    }

    @Override
    public NodeInfo info(Deadline deadline) {
        return new NodeInfo(Digest.ZERO, "unknown", 0, newest(), "stand-in");
    }

    @Override
    public Executed execute(SignedTransaction transaction, Deadline deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Executed> transaction(Digest digest, Deadline deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long referenceGasPrice(Deadline deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    static Event event(MessageAdded added) {
        var out = new BcsWriter();
        added.channel().write(out);
        added.sender().write(out.u64(added.index()));
        out.bytes(added.ciphertext()).bytes(added.nonce()).u32(added.keyVersion()).vector(added.attachmentRefs(), BcsWriter::string)
                .vector(added.attachmentNonces(), BcsWriter::bytes).u64(added.createdAtMs());
        return new Event(CONTRACT.packageId(), "channel", added.sender(), CONTRACT.messageAddedType(), out.toBytes());
    }

    static Digest digest(int number) {
        return Digest.of(Address.ofShort(number).bytes());
    }

    private void pass() {
        try {
            if (!gate.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("the test never opened the gate");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException.TimedOut("interrupted", e);
        }
        Supplier<NodeException> now = failure;
        if (now != null) throw now.get();
    }

    private Written give(Address channel, Address cap, Address owner) {
        channels.get(channel).caps.add(cap);
        var contents = new BcsWriter();
        cap.write(contents);
        channel.write(contents);
        objects.put(cap, view(cap, new Owner.AddressOwner(owner), CONTRACT.memberCapType(), contents.toBytes()));
        return written(cap, new Owner.AddressOwner(owner), CONTRACT.memberCapType());
    }

    private void write(Address channel) {
        objects.put(channel, view(channel, new Owner.Shared(3), CONTRACT.channelType(), contents(channel)));
    }

    private Bytes contents(Address channel) {
        State state = channels.get(channel);
        var out = new BcsWriter();
        channel.write(out);
        out.u64(1).vector(state.caps, (w, cap) -> {
            cap.write(w);
            w.vector(List.of("SimpleMessenger"), BcsWriter::string);
        });
        Address.ofShort(0xcf).write(out);
        created.get(channel).ref().messagesTable().write(out.u64(1));
        out.u64(state.count).u64(state.count).option(state.last, (w, message) -> message.write(w));
        out.u64(1_000).u64(state.updatedAtMs).bytes(new byte[32]).u32(1);
        Address.ofShort(0x7b).write(out);
        return out.u64(0).toBytes();
    }

    private void publish(CheckpointView.Entry entry) {
        var checkpoint = new CheckpointView(checkpoints.size(), entry == null ? List.of() : List.of(entry));
        checkpoints.add(checkpoint);
        streams.forEach(stream -> stream.tell(Optional.of(checkpoint)));
    }

    private static Written written(Address id, Owner owner, StructTag type) {
        return new Written(id, true, owner, Optional.of(type));
    }

    private static ObjectView view(Address id, Owner owner, StructTag type, Bytes contents) {
        return new ObjectView(new ObjectRef(id, 3, Digest.ZERO), owner, type, contents, Optional.empty());
    }

    /** Bounded waiting for something that another thread does. */
    static void await(java.util.function.BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within 10 s: " + what);
            Thread.sleep(5);
        }
    }
}
