package suiload.vectors;

import java.util.List;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Digest;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** Transactions out of their JSON description, in the field names of {@code transactions.json}. */
final class TransactionJson {
    private TransactionJson() {}

    private static final long U16_MAX = 0xffff;
    private static final long U32_MAX = 0xffff_ffffL;

    static TransactionData transaction(Json json) {
        return new TransactionData(
                json.list("inputs").stream().map(TransactionJson::input).toList(),
                json.list("commands").stream().map(TransactionJson::command).toList(),
                address(json, "sender"), gasData(json.get("gasData")), expiration(json.get("expiration")));
    }

    static CallArg input(Json json) {
        return switch (kind(json)) {
            case "Pure" -> new CallArg.Pure(Bytes.ofHex(json.string("bytesHex")));
            case "ImmOrOwnedObject" -> new CallArg.Owned(objectRef(json));
            case "Receiving" -> new CallArg.Receiving(objectRef(json));
            case "SharedObject" -> new CallArg.Shared(address(json, "objectId"), u64(json, "initialSharedVersion"),
                    json.bool("mutable") ? CallArg.Mutability.MUTABLE : CallArg.Mutability.IMMUTABLE);
            case "FundsWithdrawal" -> new CallArg.Withdrawal(u64(json, "maxAmount"), TypeTag.parse(json.string("coinType")),
                    source(json.get("withdrawFrom")));
            default -> throw unknownKind("input", json);
        };
    }

    static Command command(Json json) {
        return switch (kind(json)) {
            case "MoveCall" -> new Command.MoveCall(address(json, "package"), json.string("module"), json.string("function"),
                    json.list("typeArguments").stream().map(tag -> TypeTag.parse(tag.asString())).toList(), arguments(json, "arguments"));
            case "TransferObjects" -> new Command.TransferObjects(arguments(json, "objects"), argument(json.get("address")));
            case "SplitCoins" -> new Command.SplitCoins(argument(json.get("coin")), arguments(json, "amounts"));
            case "MergeCoins" -> new Command.MergeCoins(argument(json.get("destination")), arguments(json, "sources"));
            case "Publish" -> new Command.Publish(modules(json), dependencies(json));
            case "MakeMoveVec" -> new Command.MakeMoveVec(json.find("type").map(tag -> TypeTag.parse(tag.asString())),
                    arguments(json, "elements"));
            case "Upgrade" -> new Command.Upgrade(modules(json), dependencies(json), address(json, "package"),
                    argument(json.get("ticket")));
            default -> throw unknownKind("command", json);
        };
    }

    static Argument argument(Json json) {
        return switch (kind(json)) {
            case "GasCoin" -> new Argument.GasCoin();
            case "Input" -> new Argument.Input(u16(json, "index"));
            case "Result" -> new Argument.Result(u16(json, "index"));
            case "NestedResult" -> new Argument.NestedResult(u16(json, "index"), u16(json, "subIndex"));
            default -> throw unknownKind("argument", json);
        };
    }

    static GasData gasData(Json json) {
        return new GasData(json.list("payment").stream().map(TransactionJson::objectRef).toList(),
                address(json, "owner"), u64(json, "price"), u64(json, "budget"));
    }

    static Expiration expiration(Json json) {
        return switch (kind(json)) {
            case "None" -> new Expiration.None();
            case "Epoch" -> new Expiration.Epoch(u64(json, "epoch"));
            case "ValidDuring" -> new Expiration.ValidDuring(window(json));
            case "Validity" -> new Expiration.Validity(window(json), json.find("allowedProposers").map(TransactionJson::proposers));
            default -> throw unknownKind("expiration", json);
        };
    }

    static ObjectRef objectRef(Json json) {
        return new ObjectRef(address(json, "objectId"), u64(json, "version"), Digest.parse(json.string("digest")));
    }

    static Address address(Json json, String field) {
        return Address.parse(json.string(field));
    }

    static long u64(Json json, String field) {
        return Shapes.u64(json.get(field));
    }

    private static int u16(Json json, String field) {
        return (int) json.integer(field, 0, U16_MAX);
    }

    private static CallArg.Source source(Json json) {
        return switch (kind(json)) {
            case "Sender" -> new CallArg.Source.Sender();
            case "Sponsor" -> new CallArg.Source.Sponsor();
            case "SenderAllowance" -> new CallArg.Source.SenderAllowance(address(json, "funder"), address(json, "allowance"));
            default -> throw unknownKind("withdrawal source", json);
        };
    }

    private static Expiration.Window window(Json json) {
        return new Expiration.Window(optionalU64(json, "minEpoch"), optionalU64(json, "maxEpoch"), optionalU64(json, "minTimestamp"),
                optionalU64(json, "maxTimestamp"), Digest.parse(json.string("chain")), json.integer("nonce", 0, U32_MAX));
    }

    private static Expiration.Proposers proposers(Json json) {
        return new Expiration.Proposers(u64(json, "epoch"), json.list("proposers").stream().map(Json::asLong).toList());
    }

    private static Optional<Long> optionalU64(Json json, String field) {
        return json.find(field).map(Shapes::u64);
    }

    private static List<Argument> arguments(Json json, String field) {
        return json.list(field).stream().map(TransactionJson::argument).toList();
    }

    private static List<Bytes> modules(Json json) {
        return json.list("modulesHex").stream().map(code -> Bytes.ofHex(code.asString())).toList();
    }

    private static List<Address> dependencies(Json json) {
        return json.list("dependencies").stream().map(id -> Address.parse(id.asString())).toList();
    }

    private static String kind(Json json) {
        return json.string("kind");
    }

    private static Mismatch unknownKind(String what, Json json) {
        return new Mismatch("unknown " + what + " kind '" + kind(json) + "'");
    }
}
