package suiload.localnet;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** What a transaction asks for, as JSON-RPC shows it (facts: sui-jsonrpc.md section 4.7). */
final class TransactionJson {
    private final Function<Address, Optional<MovePackageInterface>> packages;
    private final MoveFields fields;

    TransactionJson(Function<Address, Optional<MovePackageInterface>> packages, MoveFields fields) {
        this.packages = packages;
        this.fields = fields;
    }

    Map<String, Object> data(TransactionData data) {
        TypeTag[] types = new PureTypes(packages).of(data);
        List<Object> inputs = IntStream.range(0, types.length)
                .<Object>mapToObj(index -> input(data.inputs().get(index), Optional.ofNullable(types[index]))).toList();
        List<Object> commands = data.commands().stream().<Object>map(TransactionJson::command).toList();
        return Json.object("messageVersion", "v1",
                "transaction", Json.object("kind", "ProgrammableTransaction", "inputs", inputs, "transactions", commands),
                "sender", data.sender().toString(), "gasData", gas(data.gas()));
    }

    private static Map<String, Object> gas(GasData gas) {
        return Json.object("payment", gas.payment().stream().map(ObjectJson::reference).toList(), "owner", gas.owner().toString(),
                "price", Long.toUnsignedString(gas.price()), "budget", Long.toUnsignedString(gas.budget()));
    }

    private Map<String, Object> input(CallArg input, Optional<TypeTag> type) {
        return switch (input) {
            case CallArg.Pure(Bytes value) -> pure(value, type);
            case CallArg.Owned(ObjectRef ref) -> reference("immOrOwnedObject", ref);
            case CallArg.Receiving(ObjectRef ref) -> reference("receiving", ref);
            case CallArg.Shared shared -> Json.object("type", "object", "objectType", "sharedObject", "objectId", shared.id().toString(),
                    "initialSharedVersion", Long.toUnsignedString(shared.initialVersion()), "mutable", shared.mutable());
            case CallArg.Withdrawal withdrawal -> throw new IllegalStateException("withdrawals are refused before");
        };
    }

    private static Map<String, Object> reference(String kind, ObjectRef ref) {
        return Json.object("type", "object", "objectType", kind, "objectId", ref.id().toString(),
                "version", Long.toUnsignedString(ref.version()), "digest", ref.digest().toString());
    }

    /** By the type of the parameter that it feeds; as bytes when nobody says or they are none of that type. */
    private Map<String, Object> pure(Bytes value, Optional<TypeTag> type) {
        Optional<Object> read = type.flatMap(tag -> fields.bare(tag, value));
        return Json.object("type", "pure", "valueType", read.isPresent() ? type.map(TypeText::of) : Optional.empty(),
                "value", read.orElseGet(() -> MoveFields.numbers(value.toArray())));
    }

    private static Map<String, Object> command(Command command) {
        return switch (command) {
            case Command.MoveCall call -> Map.of("MoveCall", moveCall(call));
            case Command.TransferObjects(var objects, Argument recipient) ->
                    Map.of("TransferObjects", List.of(arguments(objects), argument(recipient)));
            case Command.SplitCoins(Argument coin, var amounts) -> Map.of("SplitCoins", List.of(argument(coin), arguments(amounts)));
            case Command.MergeCoins(Argument target, var sources) -> Map.of("MergeCoins", List.of(argument(target), arguments(sources)));
            case Command.MakeMoveVec(var type, var elements) ->
                    Map.of("MakeMoveVec", Arrays.asList(type.map(TypeText::of), arguments(elements)));
            case Command.Publish(var modules, var dependencies) -> Map.of("Publish", ids(dependencies));
            case Command.Upgrade upgrade -> Map.of("Upgrade",
                    List.of(ids(upgrade.dependencies()), upgrade.packageId().toString(), argument(upgrade.ticket())));
        };
    }

    private static Map<String, Object> moveCall(Command.MoveCall call) {
        Map<String, Object> json = Json.object("package", call.packageId().toString(), "module", call.module(),
                "function", call.function());
        if (!call.typeArguments().isEmpty()) json.put("type_arguments", call.typeArguments().stream().map(TypeText::of).toList());
        if (!call.arguments().isEmpty()) json.put("arguments", arguments(call.arguments()));
        return json;
    }

    private static List<String> ids(List<Address> ids) {
        return ids.stream().map(Address::toString).toList();
    }

    private static List<Object> arguments(List<Argument> arguments) {
        return arguments.stream().map(TransactionJson::argument).toList();
    }

    private static Object argument(Argument argument) {
        return switch (argument) {
            case Argument.GasCoin() -> "GasCoin";
            case Argument.Input(int index) -> Map.of("Input", index);
            case Argument.Result(int command) -> Map.of("Result", command);
            case Argument.NestedResult(int command, int position) -> Map.of("NestedResult", List.of(command, position));
        };
    }
}
