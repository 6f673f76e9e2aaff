package suiload.vectors;

import java.util.List;
import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** How a dynamic field's key is encoded, by its Move type. Structs whose layout nobody told have no shape. */
final class MoveKey {
    private MoveKey() {}

    static Optional<Shape<?>> shape(TypeTag type, Json value) {
        return switch (type) {
            case TypeTag.Primitive primitive -> Shapes.plain(primitive.toString());
            case TypeTag.Vector(TypeTag element) -> shape(element, value)
                    .map(shape -> element.equals(TypeTag.U8) ? Shapes.BYTES : Shapes.vector(shape));
            case TypeTag.Struct(StructTag tag) -> struct(tag, value);
        };
    }

    /** A struct of one field is encoded as the field: its value is that of the only member. */
    static Json value(Json value) {
        return value.isObject() && value.entries().size() == 1 ? value(value.entries().values().iterator().next()) : value;
    }

    private static Optional<Shape<?>> struct(StructTag tag, Json value) {
        if (tag.is(Address.MOVE_STDLIB, "string", "String")
                || tag.is(Address.MOVE_STDLIB, "ascii", "String")) return Shapes.plain("string");
        if (tag.is(Address.SUI_FRAMEWORK, "object", "ID")) return Shapes.plain("id");
        if (tag.is(Address.MOVE_STDLIB, "option", "Option")) return option(tag.typeArguments(), value);
        Json only = value(value);
        if (!value.isObject() || only.isObject()) return Optional.empty();
        if (only.isBool()) return Shapes.plain("bool");
        return only.isString() && only.asString().matches("0x[0-9a-f]{64}") ? Shapes.plain("address") : Optional.empty();
    }

    private static Optional<Shape<?>> option(List<TypeTag> arguments, Json value) {
        return arguments.size() == 1 ? shape(arguments.getFirst(), value).map(Shapes::option) : Optional.empty();
    }
}
