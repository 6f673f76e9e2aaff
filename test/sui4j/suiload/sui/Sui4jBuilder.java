package suiload.sui;

import io.dipcoin.sui.bcs.PureBcs.BasePureType;
import io.dipcoin.sui.bcs.types.arg.call.CallArg;
import io.dipcoin.sui.bcs.types.arg.call.CallArgObjectArg;
import io.dipcoin.sui.bcs.types.arg.call.CallArgPure;
import io.dipcoin.sui.bcs.types.arg.object.ObjectArgReceiving;
import io.dipcoin.sui.bcs.types.gas.SuiObjectRef;
import io.dipcoin.sui.bcs.types.tag.TypeTag;
import io.dipcoin.sui.bcs.types.tag.TypeTagAddress;
import io.dipcoin.sui.bcs.types.tag.TypeTagBool;
import io.dipcoin.sui.bcs.types.tag.TypeTagSigner;
import io.dipcoin.sui.bcs.types.tag.TypeTagStruct;
import io.dipcoin.sui.bcs.types.tag.TypeTagStructTag;
import io.dipcoin.sui.bcs.types.tag.TypeTagU128;
import io.dipcoin.sui.bcs.types.tag.TypeTagU16;
import io.dipcoin.sui.bcs.types.tag.TypeTagU256;
import io.dipcoin.sui.bcs.types.tag.TypeTagU32;
import io.dipcoin.sui.bcs.types.tag.TypeTagU64;
import io.dipcoin.sui.bcs.types.tag.TypeTagU8;
import io.dipcoin.sui.bcs.types.tag.TypeTagVector;
import io.dipcoin.sui.bcs.types.transaction.Argument;
import io.dipcoin.sui.bcs.types.transaction.Command;
import io.dipcoin.sui.bcs.types.transaction.ProgrammableMoveCall;
import io.dipcoin.sui.bcs.types.transaction.ProgrammableTransaction;
import io.dipcoin.sui.client.CommandBuilder;
import io.dipcoin.sui.client.TransactionBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import suiload.bcs.Bytes;
import suiload.chain.StructTag;
import suiload.json.Json;

/** A transaction of the golden vectors, put together with sui4j's builder. */
final class Sui4jBuilder {
    /** Something that sui4j's builder has no way to say, or says wrongly; the message is the kind of thing. */
    static final class NotOffered extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotOffered(String what) {
            super(what);
        }
    }

    private Sui4jBuilder() {}

    /** BCS of the TransactionData. */
    static byte[] build(Json vector) throws IOException {
        var program = new ProgrammableTransaction();
        for (Json input : vector.list("inputs")) {
            int before = program.getInputList().size();
            program.addInput(input(input));
            // It merges equal inputs, and so renumbers those after them.
            if (program.getInputList().size() == before) throw new NotOffered("equal inputs");
        }
        vector.list("commands").forEach(command -> program.addCommand(command(command)));
        Json gas = vector.get("gasData");
        var data = TransactionBuilder.buildGasData(gas.list("payment").stream().map(Sui4jBuilder::ref).toList(), gas.string("owner"),
                gas.u64("price"), new BigInteger(gas.string("budget")));
        String sender = vector.string("sender");
        Json expiration = vector.get("expiration");
        String bytes = switch (expiration.string("kind")) {
            case "None" -> TransactionBuilder.serializeTransactionBytes(program, sender, data);
            case "Epoch" -> TransactionBuilder.serializeTransactionBytes(program, sender, data, expiration.u64("epoch"));
            default -> throw new NotOffered("expiration");
        };
        return Base64.getDecoder().decode(bytes);
    }

    private static CallArg input(Json input) {
        return switch (input.string("kind")) {
            case "Pure" -> pure(input);
            case "ImmOrOwnedObject" ->
                    TransactionBuilder.buildImmOrOwnedObject(input.string("objectId"), input.u64("version"), input.string("digest"));
            case "SharedObject" -> TransactionBuilder.buildSharedObject(input.string("objectId"), input.u64("initialSharedVersion"),
                    input.bool("mutable"));
            case "Receiving" -> new CallArgObjectArg(new ObjectArgReceiving(ref(input)));
            default -> throw new NotOffered("funds withdrawal");
        };
    }

    private static CallArg pure(Json input) {
        String type = input.find("type").map(Json::asString).orElse("unknown");
        return switch (type) {
            case "bool" -> new CallArgPure(input.bool("value"), BasePureType.BOOL);
            case "u8" -> new CallArgPure((byte) number(input).intValue(), BasePureType.U8);
            case "u16" -> new CallArgPure((short) number(input).intValue(), BasePureType.U16);
            case "u32" -> new CallArgPure(number(input).intValue(), BasePureType.U32);
            case "u64" -> new CallArgPure(number(input).longValue(), BasePureType.U64);
            case "u128" -> new CallArgPure(unsigned(input, 128), BasePureType.U128);
            case "u256" -> new CallArgPure(unsigned(input, 256), BasePureType.U256);
            case "address", "id" -> new CallArgPure(input.string("value"), BasePureType.ADDRESS);
            case "vector<u8>" -> new CallArgPure(bytes(input.string("value")), BasePureType.VECTOR_U8);
            // Other vectors and options it does not type, and a string it writes without the length of the value around it.
            default -> throw new NotOffered("pure values but numbers, bool, address and bytes");
        };
    }

    private static BigInteger number(Json input) {
        return new BigInteger(input.string("value"));
    }

    /** Its writer takes the sign's zero byte for a digit too many. */
    private static BigInteger unsigned(Json input, int bits) {
        BigInteger value = number(input);
        if (value.bitLength() == bits) throw new NotOffered("u128 and u256 with the top bit");
        return value;
    }

    private static SuiObjectRef ref(Json ref) {
        return new SuiObjectRef(ref.string("objectId"), ref.u64("version"), ref.string("digest"));
    }

    private static Command command(Json command) {
        return switch (command.string("kind")) {
            case "MoveCall" -> CommandBuilder.moveCall(new ProgrammableMoveCall(command.string("package"), command.string("module"),
                    command.string("function"), command.list("typeArguments").stream().map(Json::asString)
                            .map(suiload.chain.TypeTag::parse).map(Sui4jBuilder::tag).toList(), arguments(command, "arguments")));
            case "TransferObjects" -> CommandBuilder.transferObjects(arguments(command, "objects"), argument(command.get("address")));
            case "SplitCoins" -> CommandBuilder.splitCoins(argument(command.get("coin")), arguments(command, "amounts"));
            case "MergeCoins" -> CommandBuilder.mergeCoins(argument(command.get("destination")), arguments(command, "sources"));
            case "MakeMoveVec" -> moveVec(command);
            case "Publish" -> CommandBuilder.publish(modules(command), texts(command, "dependencies"));
            case "Upgrade" -> CommandBuilder.upgrade(modules(command), texts(command, "dependencies"), command.string("package"),
                    argument(command.get("ticket")));
            default -> throw command.wrong("is no command");
        };
    }

    /** It writes the element type as text where a type tag belongs. */
    private static Command moveVec(Json command) {
        if (command.has("type")) throw new NotOffered("vectors with an element type");
        return CommandBuilder.makeMoveVec(null, arguments(command, "elements"));
    }

    private static List<byte[]> modules(Json command) {
        return texts(command, "modulesHex").stream().map(Sui4jBuilder::bytes).toList();
    }

    private static List<String> texts(Json command, String field) {
        return command.list(field).stream().map(Json::asString).toList();
    }

    private static List<Argument> arguments(Json command, String field) {
        return command.list(field).stream().map(Sui4jBuilder::argument).toList();
    }

    private static Argument argument(Json argument) {
        return switch (argument.string("kind")) {
            case "GasCoin" -> Argument.GasCoin.INSTANCE;
            case "Input" -> Argument.ofInput(index(argument, "index"));
            case "Result" -> Argument.ofResult(index(argument, "index"));
            case "NestedResult" -> new Argument.NestedResult(index(argument, "index"), index(argument, "subIndex"));
            default -> throw argument.wrong("is no argument");
        };
    }

    private static int index(Json argument, String field) {
        return (int) argument.integer(field, 0, 0xffff);
    }

    private static TypeTag tag(suiload.chain.TypeTag tag) {
        return switch (tag) {
            case suiload.chain.TypeTag.Primitive primitive -> switch (primitive) {
                case BOOL -> TypeTagBool.INSTANCE;
                case U8 -> TypeTagU8.INSTANCE;
                case U16 -> TypeTagU16.INSTANCE;
                case U32 -> TypeTagU32.INSTANCE;
                case U64 -> TypeTagU64.INSTANCE;
                case U128 -> TypeTagU128.INSTANCE;
                case U256 -> TypeTagU256.INSTANCE;
                case ADDRESS -> TypeTagAddress.INSTANCE;
                case SIGNER -> TypeTagSigner.INSTANCE;
            };
            case suiload.chain.TypeTag.Vector(suiload.chain.TypeTag element) -> new TypeTagVector(tag(element));
            case suiload.chain.TypeTag.Struct(StructTag struct) -> new TypeTagStruct(new TypeTagStructTag(struct.address().toString(),
                    struct.module(), struct.name(), struct.typeArguments().stream().map(Sui4jBuilder::tag).toList()));
        };
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static Bytes expected(Json vector) {
        return Bytes.of(Base64.getDecoder().decode(vector.string("bytes")));
    }
}
