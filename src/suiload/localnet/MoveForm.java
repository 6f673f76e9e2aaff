package suiload.localnet;

import java.util.List;
import java.util.Map;
import suiload.chain.StructTag;

/** A way to write Move values down: each method makes one value of a whole {@code T}. {@link MoveRendering} walks the layout. */
interface MoveForm<T> {
    T bool(boolean value);

    /** A u8, u16 or u32. */
    T number(long value);

    /** Wider integers and balances in decimal, addresses, ids, strings. */
    T text(String text);

    /** A {@code vector<u8>}. */
    T bytes(byte[] bytes);

    T list(List<T> items);

    /** An option without a value; never null. */
    T none();

    T uid(String id);

    T typeName(StructTag tag, String name, boolean inOption);

    /**
     * @param fields by name, in the order of the declaration
     * @param inOption whether the struct is the value of an option, or inside such a value
     */
    T struct(StructTag tag, Map<String, T> fields, boolean inOption);
}
