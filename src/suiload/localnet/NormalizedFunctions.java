package suiload.localnet;

import java.util.List;
import java.util.Map;
import suiload.chain.Address;
import suiload.chain.TypeTag;
import suiload.json.Json;
import suiload.localnet.MovePackageInterface.Ability;
import suiload.localnet.MovePackageInterface.Function;
import suiload.localnet.MovePackageInterface.Parameter;
import suiload.localnet.MovePackageInterface.Type;

/** What a function of a package takes and gives, over JSON-RPC (facts: sui-jsonrpc.md section 4.6). */
final class NormalizedFunctions {
    Object function(JsonRpcParams params, Replica replica) {
        Address id = params.address(0, "package");
        String module = params.get(1, "module_name").asString();
        String name = params.get(2, "function_name").asString();
        MovePackageInterface code = replica.ledger().packageInterface(id)
                .orElseThrow(() -> JsonRpcException.invalid("Package object does not exist with ID " + id));
        if (code.module(module).isEmpty()) throw JsonRpcException.invalid("No module found with module name " + module);
        return code.function(module, name).map(NormalizedFunctions::json)
                .orElseThrow(() -> JsonRpcException.invalid("No function was found with function name " + name));
    }

    private static Map<String, Object> json(Function function) {
        String visibility = switch (function.visibility()) {
            case PRIVATE -> "Private";
            case PUBLIC -> "Public";
            case FRIEND -> "Friend";
        };
        List<Object> typeParameters = function.typeParameters().stream().<Object>map(parameter -> Map.of("abilities",
                parameter.constraints().stream().sorted().map(NormalizedFunctions::ability).toList())).toList();
        return Json.object("visibility", visibility, "isEntry", function.entry(), "typeParameters", typeParameters,
                "parameters", types(function.parameters()), "return", types(function.returns()));
    }

    private static String ability(Ability ability) {
        return switch (ability) {
            case COPY -> "Copy";
            case DROP -> "Drop";
            case STORE -> "Store";
            case KEY -> "Key";
        };
    }

    private static List<Object> types(List<Parameter> parameters) {
        return parameters.stream().map(parameter -> switch (parameter.reference()) {
            case VALUE -> type(parameter.type());
            case IMMUTABLE -> Map.of("Reference", type(parameter.type()));
            case MUTABLE -> Map.of("MutableReference", type(parameter.type()));
        }).toList();
    }

    private static Object type(Type type) {
        return switch (type) {
            case Type.Primitive(TypeTag.Primitive tag) -> primitive(tag);
            case Type.Vector(Type element) -> Map.of("Vector", type(element));
            case Type.Struct(Address address, String module, String name, List<Type> arguments) -> Map.of("Struct",
                    Json.object("address", TypeText.address(address), "module", module, "name", name,
                            "typeArguments", arguments.stream().map(NormalizedFunctions::type).toList()));
            case Type.Variable(int index) -> Map.of("TypeParameter", index);
        };
    }

    private static String primitive(TypeTag.Primitive tag) {
        return switch (tag) {
            case BOOL -> "Bool";
            case U8 -> "U8";
            case U16 -> "U16";
            case U32 -> "U32";
            case U64 -> "U64";
            case U128 -> "U128";
            case U256 -> "U256";
            case ADDRESS -> "Address";
            case SIGNER -> "Signer";
        };
    }
}
