package suiload.localnet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Event;
import suiload.chain.ExecutionError;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** What a running transaction has done so far and nobody else sees yet. */
final class Scratch {
    /** Protocol limits (facts: sui-transactions.md section 11). */
    private static final int MAX_NEW_IDS = 2048;
    private static final int MAX_EVENTS = 1024;
    private static final int MAX_EVENT_BYTES = 256_000;
    /** Bytes of values that one transaction may make: doubling a vector again and again must end somewhere. */
    private static final long MAX_VALUE_BYTES = 64 << 20;
    private static final long BYTES_PER_UNIT = 1024;

    /** Who runs it, which version its writes get, and after how many computation units it is out of gas. */
    record Context(Digest transaction, Address sender, long epoch, long epochStartMs, long lamport, long maxUnits) {}

    /** An object as it will be written. */
    record Write(StructTag type, byte[] contents, Owner owner) {}

    private final Context context;
    private final Map<Address, LedgerObject> inputs;
    private final Function<Address, LedgerObject> live;
    private final Map<Address, Write> writes = new LinkedHashMap<>();
    private final Set<Address> deleted = new LinkedHashSet<>();
    private final List<Event> events = new ArrayList<>();
    private long idsCreated;
    private long units;
    private long valueBytes;

    /**
     * @param inputs objects that the transaction names
     * @param live any object by id, null when there is none: for dynamic fields, which no transaction names
     */
    Scratch(Context context, Map<Address, LedgerObject> inputs, Function<Address, LedgerObject> live) {
        this.context = context;
        this.inputs = inputs;
        this.live = live;
    }

    Context context() {
        return context;
    }

    /** Counts computation units (see {@link GasModel}) and stops what takes too many: nobody else runs meanwhile. */
    void work(long units) {
        this.units += units;
        if (this.units > context.maxUnits) throw new MoveFailure(ExecutionError.Plain.INSUFFICIENT_GAS);
    }

    /** Stops before a value is made that would be too much: by then it would have its memory. */
    void requireRoom(long bytes) {
        if (valueBytes + bytes > MAX_VALUE_BYTES) throw new MoveFailure(new ExecutionError.MovePrimitiveRuntimeError(Optional.empty()));
    }

    /** Counts a value that was made. */
    void made(byte[] value) {
        requireRoom(value.length);
        valueBytes += value.length;
        work(value.length / BYTES_PER_UNIT);
    }

    long units() {
        return units;
    }

    Address freshId() {
        if (idsCreated >= MAX_NEW_IDS) throw new MoveFailure(new ExecutionError.MovePrimitiveRuntimeError(Optional.empty()));
        return Address.created(context.transaction, idsCreated++);
    }

    long idsCreated() {
        return idsCreated;
    }

    void transfer(MoveValue object, Address recipient) {
        write(object, new Owner.AddressOwner(recipient));
    }

    void freeze(MoveValue object) {
        write(object, new Owner.Immutable());
    }

    /** A new object, or one that is shared already and was passed by value; an owned one cannot become shared. */
    void share(MoveValue object) {
        LedgerObject before = inputs.get(object.id());
        if (before == null) {
            write(object, new Owner.Shared(context.lamport));
        } else if (before.owner() instanceof Owner.Shared shared) {
            write(object, shared);
        } else {
            throw CallFrame.abort(Address.SUI_FRAMEWORK, "transfer", "share_object_impl", 0);
        }
    }

    void write(MoveValue object, Owner owner) {
        if (!(object.type() instanceof TypeTag.Struct(StructTag tag))) throw new IllegalStateException(object.type() + " is no object");
        writes.put(object.id(), new Write(tag, object.bcs(), owner));
    }

    /** The object is gone: merged or destroyed. */
    void delete(Address id) {
        writes.remove(id);
        deleted.add(id);
    }

    /** Adds a dynamic field {@code 0x2::dynamic_field::Field<K, V>}. */
    void addField(Address parent, MoveValue name, MoveValue value) {
        Address id = Address.dynamicField(parent, name.type(), name.bcs());
        var contents = new BcsWriter(32 + name.bcs().length + value.bcs().length).fixed(id.bytes()).fixed(name.bcs()).fixed(value.bcs());
        StructTag type = StructTag.of(Address.SUI_FRAMEWORK, "dynamic_field", "Field", name.type(), value.type());
        writes.put(id, new Write(type, contents.toByteArray(), new Owner.ObjectOwner(parent)));
    }

    /** The contents of a dynamic field's object: id, name, value. */
    byte[] field(Address parent, MoveValue name) {
        Address id = Address.dynamicField(parent, name.type(), name.bcs());
        Write pending = writes.get(id);
        if (pending != null) return pending.contents;
        LedgerObject stored = live.apply(id);
        if (stored == null) throw CallFrame.abort(Address.SUI_FRAMEWORK, "dynamic_field", "borrow_child_object", 1);
        return stored.rawContents();
    }

    /** @param module of the called function, whose package the event's envelope names too */
    void emit(Address packageId, String module, StructTag type, byte[] contents) {
        if (events.size() >= MAX_EVENTS || contents.length > MAX_EVENT_BYTES) {
            throw new MoveFailure(new ExecutionError.MovePrimitiveRuntimeError(Optional.empty()));
        }
        events.add(new Event(packageId, module, context.sender, type, Bytes.of(contents)));
    }

    Map<Address, LedgerObject> inputs() {
        return inputs;
    }

    Map<Address, Write> writes() {
        return writes;
    }

    Set<Address> deleted() {
        return deleted;
    }

    List<Event> events() {
        return events;
    }
}
