package suiload.localnet;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.Command;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;

/** What the inputs of a transaction are, going by the parameters that they feed. */
final class PureTypes {
    private final Function<Address, Optional<MovePackageInterface>> packages;

    PureTypes(Function<Address, Optional<MovePackageInterface>> packages) {
        this.packages = packages;
    }

    /** One per input; null where nothing says. */
    TypeTag[] of(TransactionData data) {
        TypeTag[] types = new TypeTag[data.inputs().size()];
        for (Command command : data.commands()) {
            switch (command) {
                case Command.MoveCall call -> ofCall(types, call);
                case Command.SplitCoins(Argument coin, List<Argument> amounts) ->
                        amounts.forEach(amount -> note(types, amount, TypeTag.U64));
                case Command.TransferObjects(List<Argument> objects, Argument recipient) -> note(types, recipient, TypeTag.ADDRESS);
                case Command.MakeMoveVec(Optional<TypeTag> type, List<Argument> elements) ->
                        type.ifPresent(tag -> elements.forEach(element -> note(types, element, tag)));
                case Command.MergeCoins merge -> { }
                case Command.Publish publish -> { }
                case Command.Upgrade upgrade -> { }
            }
        }
        return types;
    }

    private void ofCall(TypeTag[] types, Command.MoveCall call) {
        packages.apply(call.packageId()).flatMap(code -> code.function(call.module(), call.function()))
                .filter(function -> function.typeParameters().size() == call.typeArguments().size())
                .ifPresent(function -> {
                    int passed = Math.min(call.arguments().size(), function.parameters().size());
                    for (int i = 0; i < passed; i++) {
                        TypeTag type = MoveTypes.instantiate(function.parameters().get(i).type(), call.typeArguments());
                        note(types, call.arguments().get(i), type);
                    }
                });
    }

    private static void note(TypeTag[] types, Argument argument, TypeTag type) {
        if (argument instanceof Argument.Input(int index) && index < types.length) types[index] = type;
    }
}
