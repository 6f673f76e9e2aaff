package suiload.localnet;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** Move values as protobuf's JSON-like Value, by their declared layout (facts: sui-grpc.md section 2.3). */
final class MoveJson {
    private static final Value NULL = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    private static final MoveForm<Value> FORM = new Form();

    private final Function<Address, Optional<MovePackageInterface>> packages;

    MoveJson(Function<Address, Optional<MovePackageInterface>> packages) {
        this.packages = packages;
    }

    /** The rendering; empty when a layout is unknown or the value is too deep or too large, as nodes leave it out then. */
    Optional<Value> value(StructTag type, Bytes bcs) {
        return value(TypeTag.of(type), bcs);
    }

    Optional<Value> value(TypeTag type, Bytes bcs) {
        return MoveRendering.of(packages, FORM, type, bcs);
    }

    /** Structs without their types, bytes as Base64. */
    private static final class Form implements MoveForm<Value> {
        @Override
        public Value bool(boolean value) {
            return Value.newBuilder().setBoolValue(value).build();
        }

        @Override
        public Value number(long value) {
            return Value.newBuilder().setNumberValue(value).build();
        }

        @Override
        public Value text(String text) {
            return Value.newBuilder().setStringValue(text).build();
        }

        @Override
        public Value bytes(byte[] bytes) {
            return text(Base64.getEncoder().encodeToString(bytes));
        }

        @Override
        public Value list(List<Value> items) {
            return Value.newBuilder().setListValue(ListValue.newBuilder().addAllValues(items)).build();
        }

        @Override
        public Value none() {
            return NULL;
        }

        @Override
        public Value uid(String id) {
            return text(id);
        }

        @Override
        public Value typeName(StructTag tag, String name, boolean inOption) {
            return text(name);
        }

        @Override
        public Value struct(StructTag tag, Map<String, Value> fields, boolean inOption) {
            return Value.newBuilder().setStructValue(Struct.newBuilder().putAllFields(fields)).build();
        }
    }
}
