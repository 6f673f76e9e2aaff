package suiload.localnet;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** Move values as protobuf's JSON-like Value, by their declared layout (facts: sui-grpc.md section 2.3). */
final class MoveJson {
    private static final int DEPTH_MAX = 80;
    /** A node's rendering budget; counted in characters of text and items. */
    private static final int SIZE_MAX = 1 << 20;
    private static final Value NULL = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

    private final Function<Address, Optional<MovePackageInterface>> packages;

    MoveJson(Function<Address, Optional<MovePackageInterface>> packages) {
        this.packages = packages;
    }

    /** The rendering; empty when a layout is unknown or the value is too deep or too large, as nodes leave it out then. */
    Optional<Value> value(StructTag type, Bytes bcs) {
        return value(TypeTag.of(type), bcs);
    }

    Optional<Value> value(TypeTag type, Bytes bcs) {
        try {
            return Optional.of(BcsReader.decode(bcs.toArray(), in -> new Rendering(in).value(type, 0)));
        } catch (Unrenderable | BcsException e) {
            return Optional.empty();
        }
    }

    /** No rendering: carries nothing, for it is an outcome and not a fault. */
    private static final class Unrenderable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unrenderable() {
            super(null, null, false, false);
        }
    }

    /** One value on its way from bytes to Value. */
    private final class Rendering {
        private final BcsReader in;
        private int size;

        Rendering(BcsReader in) {
            this.in = in;
        }

        Value value(TypeTag type, int depth) {
            spend(1);
            if (depth > DEPTH_MAX) throw new Unrenderable();
            return switch (type) {
                case TypeTag.Primitive primitive -> primitive(primitive);
                case TypeTag.Vector(TypeTag element) when element == TypeTag.U8 -> text(Base64.getEncoder().encodeToString(in.bytes()));
                case TypeTag.Vector(TypeTag element) -> list(element, depth);
                case TypeTag.Struct(StructTag tag) -> struct(tag, depth);
            };
        }

        private Value primitive(TypeTag.Primitive type) {
            return switch (type) {
                case BOOL -> Value.newBuilder().setBoolValue(in.bool()).build();
                case U8 -> number(in.u8());
                case U16 -> number(in.u16());
                case U32 -> number(in.u32());
                case U64 -> text(Long.toUnsignedString(in.u64()));
                case U128 -> text(in.u128().toString());
                case U256 -> text(in.u256().toString());
                case ADDRESS, SIGNER -> text(Address.read(in).toString());
            };
        }

        private Value list(TypeTag element, int depth) {
            var items = ListValue.newBuilder();
            in.vector(r -> items.addValues(value(element, depth + 1)));
            return Value.newBuilder().setListValue(items).build();
        }

        private Value struct(StructTag tag, int depth) {
            return switch (standardName(tag)) {
                case "1::string::String", "1::ascii::String", "1::type_name::TypeName", "2::url::Url" -> text(in.string());
                case "1::option::Option" -> in.option(r -> value(onlyArgument(tag), depth + 1)).orElse(NULL);
                case "2::object::ID", "2::object::UID" -> text(Address.read(in).toString());
                case "2::balance::Balance" -> text(Long.toUnsignedString(in.u64()));
                default -> fields(tag, depth);
            };
        }

        private static TypeTag onlyArgument(StructTag tag) {
            if (tag.typeArguments().size() != 1) throw new Unrenderable();
            return tag.typeArguments().getFirst();
        }

        private Value fields(StructTag tag, int depth) {
            MovePackageInterface.Datatype declared = packages.apply(tag.address())
                    .flatMap(code -> code.datatype(tag.module(), tag.name())).orElseThrow(Unrenderable::new);
            var fields = Struct.newBuilder();
            for (MovePackageInterface.Field field : declared.fields()) {
                spend(field.name().length());
                fields.putFields(field.name(), value(concrete(field.type(), tag.typeArguments()), depth + 1));
            }
            return Value.newBuilder().setStructValue(fields).build();
        }

        private Value text(String text) {
            spend(text.length());
            return Value.newBuilder().setStringValue(text).build();
        }

        private static Value number(long value) {
            return Value.newBuilder().setNumberValue(value).build();
        }

        private void spend(int more) {
            size += more;
            if (size > SIZE_MAX) throw new Unrenderable();
        }
    }

    /** Short name of a type of the standard library or the framework; empty for others. */
    private static String standardName(StructTag tag) {
        if (tag.address().equals(Address.MOVE_STDLIB)) return "1::" + tag.module() + "::" + tag.name();
        return tag.address().equals(Address.SUI_FRAMEWORK) ? "2::" + tag.module() + "::" + tag.name() : "";
    }

    /** A declared type with the type parameters of its declaration put in. */
    static TypeTag concrete(MovePackageInterface.Type type, List<TypeTag> arguments) {
        return switch (type) {
            case MovePackageInterface.Type.Primitive(TypeTag.Primitive tag) -> tag;
            case MovePackageInterface.Type.Vector(MovePackageInterface.Type element) -> new TypeTag.Vector(concrete(element, arguments));
            case MovePackageInterface.Type.Struct struct -> TypeTag.of(new StructTag(struct.address(), struct.module(), struct.name(),
                    struct.arguments().stream().map(argument -> concrete(argument, arguments)).toList()));
            case MovePackageInterface.Type.Variable(int index) -> {
                if (index >= arguments.size()) throw new Unrenderable();
                yield arguments.get(index);
            }
        };
    }
}
