package suiload.localnet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import suiload.chain.Address;
import suiload.chain.TypeTag;

/** What a package declares, module by module in the order of their names. */
public record MovePackageInterface(Address id, List<Module> modules) {
    public record Module(String name, List<Datatype> datatypes, List<Function> functions) {}

    public enum Ability { COPY, DROP, STORE, KEY }

    public enum Visibility { PRIVATE, PUBLIC, FRIEND }

    public record TypeParameter(Set<Ability> constraints, boolean phantom) {}

    /** A struct; its BCS is that of its fields in order. */
    public record Datatype(Address address, String module, String name, Set<Ability> abilities, List<TypeParameter> typeParameters,
            List<Field> fields) {}

    public record Field(String name, Type type) {}

    /** @param parameters with the trailing {@code &mut TxContext} where one is declared */
    public record Function(String name, Visibility visibility, boolean entry, List<TypeParameter> typeParameters,
            List<Parameter> parameters, List<Parameter> returns) {}

    public record Parameter(Reference reference, Type type) {}

    public enum Reference { VALUE, IMMUTABLE, MUTABLE }

    /** A type that may name the type parameters of its declaration. */
    public sealed interface Type {
        record Primitive(TypeTag.Primitive tag) implements Type {}

        record Vector(Type element) implements Type {}

        record Struct(Address address, String module, String name, List<Type> arguments) implements Type {}

        record Variable(int index) implements Type {}
    }

    public Optional<Module> module(String name) {
        return modules.stream().filter(module -> module.name.equals(name)).findFirst();
    }

    public Optional<Function> function(String module, String name) {
        return module(module).flatMap(m -> m.functions.stream().filter(function -> function.name.equals(name)).findFirst());
    }

    public Optional<Datatype> datatype(String module, String name) {
        return module(module).flatMap(m -> m.datatypes.stream().filter(datatype -> datatype.name.equals(name)).findFirst());
    }
}
