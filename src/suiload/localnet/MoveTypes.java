package suiload.localnet;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import suiload.bcs.BcsReader;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.localnet.MovePackageInterface.Ability;
import suiload.localnet.MovePackageInterface.Datatype;
import suiload.localnet.MovePackageInterface.Field;
import suiload.localnet.MovePackageInterface.Type;

/** What types of the known packages can do, and how their values are laid out. */
final class MoveTypes {
    private static final Set<Ability> PLAIN = EnumSet.of(Ability.COPY, Ability.DROP, Ability.STORE);
    private static final StructTag ID = StructTag.of(Address.SUI_FRAMEWORK, "object", "ID");
    private static final StructTag ASCII = StructTag.of(Address.MOVE_STDLIB, "ascii", "String");
    private static final StructTag STRING = StructTag.of(Address.MOVE_STDLIB, "string", "String");

    private record Name(Address address, String module, String name) {}

    private final Map<Address, MovePackageInterface> packages = new HashMap<>();
    private final Map<Name, Datatype> datatypes = new HashMap<>();

    MoveTypes(List<MovePackageInterface> packages) {
        for (MovePackageInterface each : packages) {
            this.packages.put(each.id(), each);
            each.modules().forEach(module -> module.datatypes()
                    .forEach(datatype -> datatypes.put(new Name(each.id(), module.name(), datatype.name()), datatype)));
        }
    }

    /** The standard library, the framework and the messaging package. */
    static MoveTypes known() {
        return new MoveTypes(InterfaceParser.parse(List.of(FrameworkInterface.STDLIB, FrameworkInterface.SUI, MessagingInterface.text())));
    }

    Optional<MovePackageInterface> packageInterface(Address id) {
        return Optional.ofNullable(packages.get(id));
    }

    Optional<Datatype> datatype(StructTag tag) {
        return Optional.ofNullable(datatypes.get(new Name(tag.address(), tag.module(), tag.name())));
    }

    /** Whether every struct in {@code tag} is known and has the right number of type arguments. */
    boolean exists(TypeTag tag) {
        return switch (tag) {
            case TypeTag.Primitive primitive -> true;
            case TypeTag.Vector(TypeTag element) -> exists(element);
            case TypeTag.Struct(StructTag struct) -> datatype(struct)
                    .filter(datatype -> datatype.typeParameters().size() == struct.typeArguments().size())
                    .isPresent() && struct.typeArguments().stream().allMatch(this::exists);
        };
    }

    /** A struct's declared abilities, each only where every type argument that is not phantom has it (key asks them for store). */
    Set<Ability> abilities(TypeTag tag) {
        return switch (tag) {
            case TypeTag.Primitive primitive -> primitive == TypeTag.Primitive.SIGNER ? EnumSet.of(Ability.DROP) : PLAIN;
            case TypeTag.Vector(TypeTag element) -> {
                Set<Ability> abilities = EnumSet.copyOf(PLAIN);
                abilities.retainAll(abilities(element));
                yield abilities;
            }
            case TypeTag.Struct(StructTag struct) -> structAbilities(struct);
        };
    }

    boolean has(TypeTag tag, Ability ability) {
        return abilities(tag).contains(ability);
    }

    private Set<Ability> structAbilities(StructTag struct) {
        Datatype datatype = require(struct);
        if (struct.typeArguments().isEmpty()) return datatype.abilities();
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        abilities.addAll(datatype.abilities());
        for (int i = 0; i < struct.typeArguments().size(); i++) {
            if (datatype.typeParameters().get(i).phantom()) continue;
            // Once for all abilities: asked ability by ability, nested types take time exponential in their depth.
            Set<Ability> argument = abilities(struct.typeArguments().get(i));
            abilities.removeIf(ability -> !argument.contains(ability == Ability.KEY ? Ability.STORE : ability));
        }
        return abilities;
    }

    /** {@code type} with its variables replaced. */
    static TypeTag instantiate(Type type, List<TypeTag> arguments) {
        return switch (type) {
            case Type.Primitive(TypeTag.Primitive tag) -> tag;
            case Type.Vector(Type element) -> new TypeTag.Vector(instantiate(element, arguments));
            case Type.Variable(int index) -> arguments.get(index);
            case Type.Struct(Address address, String module, String name, List<Type> inner) -> {
                List<TypeTag> tags = new ArrayList<>(inner.size());
                for (Type each : inner) tags.add(instantiate(each, arguments));
                yield TypeTag.of(new StructTag(address, module, name, tags));
            }
        };
    }

    /** Whether a pure input may have this type: primitives, ids, strings, and vectors and options of these. */
    static boolean pure(TypeTag tag) {
        return switch (tag) {
            case TypeTag.Primitive primitive -> primitive != TypeTag.Primitive.SIGNER;
            case TypeTag.Vector(TypeTag element) -> pure(element);
            case TypeTag.Struct(StructTag struct) -> struct.equals(ID) || struct.equals(ASCII) || struct.equals(STRING)
                    || isOption(struct) && pure(struct.typeArguments().getFirst());
        };
    }

    private static boolean isOption(StructTag struct) {
        return struct.is(Address.MOVE_STDLIB, "option", "Option") && struct.typeArguments().size() == 1;
    }

    /**
     * Reads past one value, checking it.
     *
     * @throws suiload.bcs.BcsException when the bytes are none of that type
     */
    void skip(TypeTag tag, BcsReader in) {
        switch (tag) {
            case TypeTag.Primitive primitive -> skipPrimitive(primitive, in);
            case TypeTag.Vector(TypeTag element) -> skipVector(element, in);
            case TypeTag.Struct(StructTag struct) -> skipStruct(struct, in);
        }
    }

    private static void skipPrimitive(TypeTag.Primitive primitive, BcsReader in) {
        switch (primitive) {
            case BOOL -> in.bool();
            case U8 -> in.u8();
            case U16 -> in.u16();
            case U32 -> in.u32();
            case U64 -> in.u64();
            case U128 -> in.fixed(16);
            case U256, ADDRESS, SIGNER -> in.fixed(32);
        }
    }

    private void skipVector(TypeTag element, BcsReader in) {
        if (element == TypeTag.U8) {
            in.bytes();
            return;
        }
        long count = in.uleb();
        if (count > in.remaining()) throw in.bad("a vector of " + count + " elements in " + in.remaining() + " bytes");
        for (long i = 0; i < count; i++) skip(element, in);
    }

    private void skipStruct(StructTag struct, BcsReader in) {
        if (struct.equals(STRING)) {
            in.string();
        } else if (struct.equals(ASCII)) {
            for (byte each : in.bytes()) if (each < 0) throw in.bad("not ASCII");
        } else if (isOption(struct)) {
            if (in.bool()) skip(struct.typeArguments().getFirst(), in);
        } else {
            for (Field field : require(struct).fields()) skip(instantiate(field.type(), struct.typeArguments()), in);
        }
    }

    private Datatype require(StructTag struct) {
        return datatype(struct).orElseThrow(() -> new IllegalStateException("unknown type " + struct));
    }
}
