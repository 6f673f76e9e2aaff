package suiload.localnet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.Command;
import suiload.chain.TypeTag;
import suiload.localnet.MovePackageInterface.Parameter;
import suiload.localnet.MovePackageInterface.Reference;
import suiload.localnet.MovePackageInterface.Type;

/** The declared functions with their native bodies. */
final class MoveLibrary {
    private record Name(Address packageId, String module, String function) {}

    /**
     * A function as a transaction calls it.
     *
     * @param parameters without TxContext, which is never passed
     * @param body null where none is known: only functions that no transaction may call
     */
    record Callable(MovePackageInterface.Function declaration, List<Parameter> parameters, List<TypeTag> fixedTypes, MoveFunction body) {
        TypeTag parameterType(int index, List<TypeTag> typeArguments) {
            return fixedTypes.isEmpty() ? MoveTypes.instantiate(parameters.get(index).type(), typeArguments) : fixedTypes.get(index);
        }
    }

    private final MoveTypes types;
    private final Map<Name, Callable> functions = new HashMap<>();

    private MoveLibrary(MoveTypes types) {
        this.types = types;
    }

    /** The framework and the messaging package. */
    static MoveLibrary create(MoveTypes types) {
        Map<String, MoveFunction> bodies = new HashMap<>();
        CoinFunctions.addTo(bodies);
        new CollectionFunctions(types).addTo(bodies);
        ValueFunctions.addTo(bodies);
        new ChannelFunctions(MessagingInterface.ID).addTo(bodies);
        var library = new MoveLibrary(types);
        for (Address id : List.of(Address.MOVE_STDLIB, Address.SUI_FRAMEWORK, MessagingInterface.ID)) {
            library.declare(types.packageInterface(id).orElseThrow(), bodies);
        }
        if (!bodies.isEmpty()) throw new IllegalStateException("bodies without a declaration: " + bodies.keySet());
        return library;
    }

    MoveTypes types() {
        return types;
    }

    Optional<Callable> find(Command.MoveCall call) {
        return Optional.ofNullable(functions.get(new Name(call.packageId(), call.module(), call.function())));
    }

    private void declare(MovePackageInterface declared, Map<String, MoveFunction> bodies) {
        for (MovePackageInterface.Module module : declared.modules()) {
            for (MovePackageInterface.Function function : module.functions()) {
                MoveFunction body = bodies.remove(key(declared.id(), module.name(), function.name()));
                functions.put(new Name(declared.id(), module.name(), function.name()), callable(function, body));
            }
        }
    }

    private static String key(Address id, String module, String function) {
        return (id.equals(MessagingInterface.ID) ? "" : "0x" + id.w3() + "::") + module + "::" + function;
    }

    private static Callable callable(MovePackageInterface.Function function, MoveFunction body) {
        List<Parameter> passed = function.parameters().stream().filter(parameter -> !isContext(parameter)).toList();
        boolean generic = !function.typeParameters().isEmpty();
        return new Callable(function, passed,
                generic ? List.of() : passed.stream().map(parameter -> MoveTypes.instantiate(parameter.type(), List.of())).toList(), body);
    }

    private static boolean isContext(Parameter parameter) {
        return parameter.reference() != Reference.VALUE
                && parameter.type() instanceof Type.Struct(Address address, String module, String name, List<Type> arguments)
                && address.equals(Address.SUI_FRAMEWORK) && module.equals("tx_context") && name.equals("TxContext");
    }
}
