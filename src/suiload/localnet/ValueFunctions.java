package suiload.localnet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** Strings, type names, ids, the clock and the transaction's context. */
final class ValueFunctions {
    private ValueFunctions() {}

    static final TypeTag ID = TypeTag.of(StructTag.of(Address.SUI_FRAMEWORK, "object", "ID"));
    static final TypeTag STRING = TypeTag.of(StructTag.of(Address.MOVE_STDLIB, "string", "String"));
    private static final TypeTag ASCII = TypeTag.of(StructTag.of(Address.MOVE_STDLIB, "ascii", "String"));
    private static final TypeTag TYPE_NAME = TypeTag.of(StructTag.of(Address.MOVE_STDLIB, "type_name", "TypeName"));
    private static final TypeTag BYTES = new TypeTag.Vector(TypeTag.U8);
    private static final long INVALID_ASCII = 0x10000;
    private static final long INVALID_UTF8 = 1;
    private static final long NO_ADDRESS = 0;

    static void addTo(Map<String, MoveFunction> bodies) {
        addStrings(bodies);
        addIds(bodies);
        bodies.put("0x1::type_name::get", frame -> List.of(new MoveValue(TYPE_NAME, text(typeName(frame.typeArgument(0))))));
        bodies.put("0x1::type_name::into_string", frame -> List.of(new MoveValue(ASCII, frame.bytes(0))));
        bodies.put("0x2::clock::timestamp_ms", frame -> List.of(MoveValue.u64(clock(frame, 0))));
        bodies.put("0x2::tx_context::sender", frame -> List.of(MoveValue.address(TypeTag.ADDRESS, frame.scratch().context().sender())));
        bodies.put("0x2::tx_context::epoch", frame -> List.of(MoveValue.u64(frame.scratch().context().epoch())));
        bodies.put("0x2::tx_context::epoch_timestamp_ms", frame -> List.of(MoveValue.u64(frame.scratch().context().epochStartMs())));
        bodies.put("0x2::tx_context::fresh_object_address",
                frame -> List.of(MoveValue.address(TypeTag.ADDRESS, frame.scratch().freshId())));
    }

    /** What the clock of argument {@code index} shows, ms since 1970. */
    static long clock(CallFrame frame, int index) {
        return Coins.balance(frame.bytes(index));
    }

    private static void addStrings(Map<String, MoveFunction> bodies) {
        bodies.put("0x1::ascii::string", frame -> List.of(new MoveValue(ASCII, ascii(frame))));
        bodies.put("0x1::ascii::length", frame -> List.of(MoveValue.u64(frame.reader(0).uleb())));
        bodies.put("0x1::ascii::into_bytes", frame -> List.of(new MoveValue(BYTES, frame.bytes(0))));
        bodies.put("0x1::string::utf8", frame -> List.of(new MoveValue(STRING, utf8(frame))));
        bodies.put("0x1::string::from_ascii", frame -> List.of(new MoveValue(STRING, frame.bytes(0))));
        bodies.put("0x1::string::to_ascii", frame -> List.of(new MoveValue(ASCII, ascii(frame))));
        bodies.put("0x1::string::length", frame -> List.of(MoveValue.u64(frame.reader(0).uleb())));
        bodies.put("0x1::string::into_bytes", frame -> List.of(new MoveValue(BYTES, frame.bytes(0))));
    }

    private static byte[] ascii(CallFrame frame) {
        for (byte each : frame.byteVector(0)) {
            if (each < 0) throw CallFrame.abort(Address.MOVE_STDLIB, "ascii", "string", INVALID_ASCII);
        }
        return frame.bytes(0);
    }

    private static byte[] utf8(CallFrame frame) {
        try {
            new BcsReader(frame.bytes(0)).string();
            return frame.bytes(0);
        } catch (BcsException e) {
            throw frame.abort(INVALID_UTF8);
        }
    }

    private static void addIds(Map<String, MoveFunction> bodies) {
        bodies.put("0x2::object::id_from_address", frame -> List.of(MoveValue.address(ID, frame.address(0))));
        bodies.put("0x2::object::id_to_address", frame -> List.of(MoveValue.address(TypeTag.ADDRESS, frame.address(0))));
        bodies.put("0x2::object::id", frame -> List.of(MoveValue.address(ID, frame.address(0))));
        bodies.put("0x2::object::id_address", frame -> List.of(MoveValue.address(TypeTag.ADDRESS, frame.address(0))));
        bodies.put("0x2::object::id_to_bytes", frame -> List.of(new MoveValue(BYTES,
                new BcsWriter(33).bytes(frame.bytes(0)).toByteArray())));
        bodies.put("0x2::object::id_from_bytes", frame -> {
            byte[] bytes = frame.byteVector(0);
            if (bytes.length != 32) throw CallFrame.abort(Address.SUI_FRAMEWORK, "address", "from_bytes", NO_ADDRESS);
            return List.of(new MoveValue(ID, bytes));
        });
    }

    /** As Move prints types: addresses with 64 digits and no 0x, no blanks. */
    private static String typeName(TypeTag tag) {
        return switch (tag) {
            case TypeTag.Primitive primitive -> primitive.toString();
            case TypeTag.Vector(TypeTag element) -> "vector<" + typeName(element) + ">";
            case TypeTag.Struct(StructTag struct) -> {
                String arguments = String.join(",", struct.typeArguments().stream().map(ValueFunctions::typeName).toList());
                yield struct.address().hex() + "::" + struct.module() + "::" + struct.name()
                        + (arguments.isEmpty() ? "" : "<" + arguments + ">");
            }
        };
    }

    private static byte[] text(String ascii) {
        return new BcsWriter(ascii.length() + 3).bytes(ascii.getBytes(StandardCharsets.US_ASCII)).toByteArray();
    }
}
