package suiload.localnet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** One Move value on its way from bytes to some form, by the layouts that packages declare. */
final class MoveRendering<T> {
    private static final int DEPTH_MAX = 80;
    /** A node's rendering budget; counted in characters of text and items. */
    private static final int SIZE_MAX = 1 << 20;

    private final Function<Address, Optional<MovePackageInterface>> packages;
    private final MoveForm<T> form;
    private final BcsReader in;
    private int size;

    private MoveRendering(Function<Address, Optional<MovePackageInterface>> packages, MoveForm<T> form, BcsReader in) {
        this.packages = packages;
        this.form = form;
        this.in = in;
    }

    /** The rendering; empty when a layout is unknown, the bytes are none of that type, or the value is too deep or too large. */
    static <T> Optional<T> of(Function<Address, Optional<MovePackageInterface>> packages, MoveForm<T> form, TypeTag type, Bytes bcs) {
        try {
            var whole = new Place(0, false);
            return Optional.of(BcsReader.decode(bcs.toArray(), in -> new MoveRendering<>(packages, form, in).value(type, whole)));
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

    private record Place(int depth, boolean inOption) {
        Place below() {
            return new Place(depth + 1, inOption);
        }
    }

    private T value(TypeTag type, Place place) {
        spend(1);
        if (place.depth > DEPTH_MAX) throw new Unrenderable();
        return switch (type) {
            case TypeTag.Primitive primitive -> primitive(primitive);
            case TypeTag.Vector(TypeTag element) when element == TypeTag.U8 -> bytes(in.bytes());
            case TypeTag.Vector(TypeTag element) -> form.list(in.vector(r -> value(element, place.below())));
            case TypeTag.Struct(StructTag tag) -> struct(tag, place);
        };
    }

    private T primitive(TypeTag.Primitive type) {
        return switch (type) {
            case BOOL -> form.bool(in.bool());
            case U8 -> form.number(in.u8());
            case U16 -> form.number(in.u16());
            case U32 -> form.number(in.u32());
            case U64 -> text(Long.toUnsignedString(in.u64()));
            case U128 -> text(in.u128().toString());
            case U256 -> text(in.u256().toString());
            case ADDRESS, SIGNER -> text(Address.read(in).toString());
        };
    }

    private T struct(StructTag tag, Place place) {
        return switch (standardName(tag)) {
            case "1::string::String", "1::ascii::String", "2::url::Url" -> text(in.string());
            case "1::type_name::TypeName" -> form.typeName(tag, spent(in.string()), place.inOption);
            case "1::option::Option" -> in.option(r -> value(onlyArgument(tag), new Place(place.depth + 1, true))).orElseGet(form::none);
            case "2::object::ID" -> text(Address.read(in).toString());
            case "2::object::UID" -> form.uid(spent(Address.read(in).toString()));
            case "2::balance::Balance" -> text(Long.toUnsignedString(in.u64()));
            default -> fields(tag, place);
        };
    }

    private static TypeTag onlyArgument(StructTag tag) {
        if (tag.typeArguments().size() != 1) throw new Unrenderable();
        return tag.typeArguments().getFirst();
    }

    private T fields(StructTag tag, Place place) {
        MovePackageInterface.Datatype declared = packages.apply(tag.address())
                .flatMap(code -> code.datatype(tag.module(), tag.name())).orElseThrow(Unrenderable::new);
        if (declared.typeParameters().size() != tag.typeArguments().size()) throw new Unrenderable();
        Map<String, T> fields = new LinkedHashMap<>();
        for (MovePackageInterface.Field field : declared.fields()) {
            fields.put(spent(field.name()), value(MoveTypes.instantiate(field.type(), tag.typeArguments()), place.below()));
        }
        return form.struct(tag, fields, place.inOption);
    }

    private T text(String text) {
        return form.text(spent(text));
    }

    /** Counted as the Base64 that nodes of today make of it. */
    private T bytes(byte[] bytes) {
        spend((bytes.length + 2) / 3 * 4);
        return form.bytes(bytes);
    }

    private String spent(String text) {
        spend(text.length());
        return text;
    }

    private void spend(int more) {
        size += more;
        if (size > SIZE_MAX) throw new Unrenderable();
    }

    /** Short name of a type of the standard library or the framework; empty for others. */
    private static String standardName(StructTag tag) {
        if (tag.address().equals(Address.MOVE_STDLIB)) return "1::" + tag.module() + "::" + tag.name();
        return tag.address().equals(Address.SUI_FRAMEWORK) ? "2::" + tag.module() + "::" + tag.name() : "";
    }
}
