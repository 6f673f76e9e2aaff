package suiload.localnet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** {@code 0x1::vector}, {@code 0x1::option} (a vector of at most one) and the vectors with keys, {@code vec_map} and {@code vec_set}. */
final class CollectionFunctions {
    private static final long OPTION_IS_SET = 0x40000;
    private static final long OPTION_NOT_SET = 0x40001;
    private static final long KEY_EXISTS = 0;
    private static final long NO_KEY = 1;
    private static final long MAP_NOT_EMPTY = 2;
    private static final long UNEQUAL_LENGTHS = 5;
    /** Protocol limit (facts: sui-transactions.md section 11). */
    private static final int MAX_LENGTH = 262_144;
    /** Keys that are compared for one computation unit. */
    private static final int ENTRIES_PER_UNIT = 8;

    private final MoveTypes types;

    CollectionFunctions(MoveTypes types) {
        this.types = types;
    }

    void addTo(Map<String, MoveFunction> bodies) {
        addVector(bodies);
        addOption(bodies);
        addMap(bodies);
        addSet(bodies);
    }

    private void addVector(Map<String, MoveFunction> bodies) {
        bodies.put("0x1::vector::empty", frame -> List.of(vector(frame.typeArgument(0), List.of())));
        bodies.put("0x1::vector::singleton", frame -> List.of(vector(frame.typeArgument(0), List.of(frame.bytes(0)))));
        bodies.put("0x1::vector::length", frame -> List.of(MoveValue.u64(frame.reader(0).uleb())));
        bodies.put("0x1::vector::is_empty", frame -> List.of(MoveValue.bool(frame.reader(0).uleb() == 0)));
        bodies.put("0x1::vector::push_back", frame -> grown(frame, items -> items.add(frame.bytes(1))));
        bodies.put("0x1::vector::append", frame -> grown(frame, items -> items.addAll(items(frame, 1))));
        bodies.put("0x1::vector::reverse", frame -> changed(frame, Collections::reverse));
        bodies.put("0x1::vector::pop_back", frame -> {
            List<byte[]> items = items(frame, 0);
            if (items.isEmpty()) throw frame.primitiveError();
            byte[] last = items.removeLast();
            frame.set(0, encode(items));
            return List.of(new MoveValue(frame.typeArgument(0), last));
        });
        bodies.put("0x1::vector::destroy_empty", frame -> {
            if (frame.reader(0).uleb() != 0) throw frame.primitiveError();
            return List.of();
        });
    }

    private interface Change {
        void apply(List<byte[]> items);
    }

    private List<MoveValue> changed(CallFrame frame, Change change) {
        List<byte[]> items = items(frame, 0);
        change.apply(items);
        frame.set(0, encode(items));
        return List.of();
    }

    /** Changed by what the second argument holds. */
    private List<MoveValue> grown(CallFrame frame, Change change) {
        frame.scratch().requireRoom((long) frame.bytes(0).length + frame.bytes(1).length);
        return changed(frame, items -> {
            change.apply(items);
            if (items.size() > MAX_LENGTH) throw frame.primitiveError();
        });
    }

    private void addOption(Map<String, MoveFunction> bodies) {
        bodies.put("0x1::option::none", frame -> List.of(option(frame.typeArgument(0), List.of())));
        bodies.put("0x1::option::some", frame -> List.of(option(frame.typeArgument(0), List.of(frame.bytes(0)))));
        bodies.put("0x1::option::is_none", frame -> List.of(MoveValue.bool(frame.bytes(0)[0] == 0)));
        bodies.put("0x1::option::is_some", frame -> List.of(MoveValue.bool(frame.bytes(0)[0] == 1)));
        bodies.put("0x1::option::fill", frame -> {
            if (frame.bytes(0)[0] == 1) throw frame.abort(OPTION_IS_SET);
            frame.set(0, encode(List.of(frame.bytes(1))));
            return List.of();
        });
        bodies.put("0x1::option::extract", frame -> {
            MoveValue content = content(frame);
            frame.set(0, encode(List.of()));
            return List.of(content);
        });
        bodies.put("0x1::option::destroy_some", frame -> List.of(content(frame)));
        bodies.put("0x1::option::destroy_none", frame -> {
            if (frame.bytes(0)[0] == 1) throw frame.abort(OPTION_IS_SET);
            return List.of();
        });
        bodies.put("0x1::option::destroy_with_default", frame -> List.of(frame.bytes(0)[0] == 1 ? content(frame) : frame.value(1)));
    }

    private static MoveValue content(CallFrame frame) {
        byte[] option = frame.bytes(0);
        if (option[0] == 0) throw frame.abort(OPTION_NOT_SET);
        return new MoveValue(frame.typeArgument(0), Arrays.copyOfRange(option, 1, option.length));
    }

    private void addMap(Map<String, MoveFunction> bodies) {
        bodies.put("0x2::vec_map::empty", frame -> List.of(new MoveValue(mapType(frame), encode(List.of()))));
        bodies.put("0x2::vec_map::size", frame -> List.of(MoveValue.u64(frame.reader(0).uleb())));
        bodies.put("0x2::vec_map::is_empty", frame -> List.of(MoveValue.bool(frame.reader(0).uleb() == 0)));
        bodies.put("0x2::vec_map::contains", frame -> List.of(MoveValue.bool(indexOf(entries(frame), frame.bytes(1)) >= 0)));
        bodies.put("0x2::vec_map::insert", frame -> {
            frame.scratch().requireRoom((long) frame.bytes(0).length + frame.bytes(1).length + frame.bytes(2).length);
            List<Entry> entries = entries(frame);
            insert(frame, entries, new Entry(frame.bytes(1), frame.bytes(2)));
            frame.set(0, encodeEntries(entries));
            return List.of();
        });
        bodies.put("0x2::vec_map::remove", this::remove);
        bodies.put("0x2::vec_map::destroy_empty", frame -> {
            if (frame.reader(0).uleb() != 0) throw frame.abort(MAP_NOT_EMPTY);
            return List.of();
        });
        bodies.put("0x2::vec_map::from_keys_values", this::fromKeysValues);
        bodies.put("0x2::vec_map::into_keys_values", frame -> {
            List<Entry> entries = entries(frame);
            return List.of(vector(frame.typeArgument(0), entries.stream().map(Entry::key).toList()),
                    vector(frame.typeArgument(1), entries.stream().map(Entry::value).toList()));
        });
    }

    private List<MoveValue> remove(CallFrame frame) {
        List<Entry> entries = entries(frame);
        int index = indexOf(entries, frame.bytes(1));
        if (index < 0) throw CallFrame.abort(Address.SUI_FRAMEWORK, "vec_map", "get_idx", NO_KEY);
        Entry entry = entries.remove(index);
        frame.set(0, encodeEntries(entries));
        return List.of(new MoveValue(frame.typeArgument(0), entry.key), new MoveValue(frame.typeArgument(1), entry.value));
    }

    private List<MoveValue> fromKeysValues(CallFrame frame) {
        List<byte[]> keys = items(frame, 0);
        List<byte[]> values = split(frame.bytes(1), frame.typeArgument(1));
        if (keys.size() != values.size()) throw frame.abort(UNEQUAL_LENGTHS);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) insert(frame, entries, new Entry(keys.get(i), values.get(i)));
        return List.of(new MoveValue(mapType(frame), encodeEntries(entries)));
    }

    private record Entry(byte[] key, byte[] value) {}

    private static void insert(CallFrame frame, List<Entry> entries, Entry entry) {
        frame.scratch().work(entries.size() / ENTRIES_PER_UNIT);
        if (indexOf(entries, entry.key) >= 0) throw CallFrame.abort(Address.SUI_FRAMEWORK, "vec_map", "insert", KEY_EXISTS);
        if (entries.size() >= MAX_LENGTH) throw frame.primitiveError();
        entries.add(entry);
    }

    private static int indexOf(List<Entry> entries, byte[] key) {
        for (int i = 0; i < entries.size(); i++) if (Arrays.equals(entries.get(i).key, key)) return i;
        return -1;
    }

    private List<Entry> entries(CallFrame frame) {
        BcsReader in = frame.reader(0);
        List<Entry> entries = new ArrayList<>();
        for (long left = in.uleb(); left > 0; left--) {
            entries.add(new Entry(item(frame.bytes(0), in, frame.typeArgument(0)), item(frame.bytes(0), in, frame.typeArgument(1))));
        }
        return entries;
    }

    private static byte[] encodeEntries(List<Entry> entries) {
        var out = new BcsWriter(256).uleb(entries.size());
        entries.forEach(entry -> out.fixed(entry.key).fixed(entry.value));
        return out.toByteArray();
    }

    private static TypeTag mapType(CallFrame frame) {
        return TypeTag.of(StructTag.of(Address.SUI_FRAMEWORK, "vec_map", "VecMap", frame.typeArgument(0), frame.typeArgument(1)));
    }

    private void addSet(Map<String, MoveFunction> bodies) {
        bodies.put("0x2::vec_set::empty", frame -> List.of(set(frame, List.of())));
        bodies.put("0x2::vec_set::singleton", frame -> List.of(set(frame, List.of(frame.bytes(0)))));
        bodies.put("0x2::vec_set::size", frame -> List.of(MoveValue.u64(frame.reader(0).uleb())));
        bodies.put("0x2::vec_set::contains", frame -> List.of(MoveValue.bool(contains(items(frame, 0), frame.bytes(1)))));
        bodies.put("0x2::vec_set::insert", frame -> grown(frame, items -> addNew(frame, items, frame.bytes(1))));
        bodies.put("0x2::vec_set::into_keys", frame -> List.of(vector(frame.typeArgument(0), items(frame, 0))));
        bodies.put("0x2::vec_set::from_keys", frame -> {
            List<byte[]> set = new ArrayList<>();
            for (byte[] key : items(frame, 0)) addNew(frame, set, key);
            return List.of(set(frame, set));
        });
    }

    private static void addNew(CallFrame frame, List<byte[]> items, byte[] item) {
        frame.scratch().work(items.size() / ENTRIES_PER_UNIT);
        if (contains(items, item)) throw CallFrame.abort(Address.SUI_FRAMEWORK, "vec_set", "insert", KEY_EXISTS);
        items.add(item);
    }

    private static boolean contains(List<byte[]> items, byte[] wanted) {
        return items.stream().anyMatch(item -> Arrays.equals(item, wanted));
    }

    private static MoveValue set(CallFrame frame, List<byte[]> items) {
        return new MoveValue(TypeTag.of(StructTag.of(Address.SUI_FRAMEWORK, "vec_set", "VecSet", frame.typeArgument(0))), encode(items));
    }

    private static MoveValue vector(TypeTag element, List<byte[]> items) {
        return new MoveValue(new TypeTag.Vector(element), encode(items));
    }

    private static MoveValue option(TypeTag element, List<byte[]> items) {
        return new MoveValue(TypeTag.of(StructTag.of(Address.MOVE_STDLIB, "option", "Option", element)), encode(items));
    }

    /** The elements of the vector of the first type argument that an argument holds; may be changed. */
    private List<byte[]> items(CallFrame frame, int argument) {
        return split(frame.bytes(argument), frame.typeArgument(0));
    }

    private List<byte[]> split(byte[] vector, TypeTag element) {
        var in = new BcsReader(vector);
        List<byte[]> items = new ArrayList<>();
        for (long left = in.uleb(); left > 0; left--) items.add(item(vector, in, element));
        return items;
    }

    private byte[] item(byte[] whole, BcsReader in, TypeTag type) {
        int start = in.position();
        types.skip(type, in);
        return Arrays.copyOfRange(whole, start, in.position());
    }

    private static byte[] encode(List<byte[]> items) {
        var out = new BcsWriter(256).uleb(items.size());
        items.forEach(out::fixed);
        return out.toByteArray();
    }
}
