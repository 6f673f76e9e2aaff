package suiload.localnet;

import com.google.protobuf.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import suiload.bcs.BcsException;
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
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.proto.FundsWithdrawal;
import suiload.grpcweb.proto.GasPayment;
import suiload.grpcweb.proto.Input;
import suiload.grpcweb.proto.MakeMoveVector;
import suiload.grpcweb.proto.MoveCall;
import suiload.grpcweb.proto.ObjectReference;
import suiload.grpcweb.proto.ProgrammableTransaction;
import suiload.grpcweb.proto.Transaction;
import suiload.grpcweb.proto.TransactionExpiration;
import suiload.grpcweb.proto.TransactionKind;
import suiload.grpcweb.proto.Upgrade;

/**
 * Transactions out of messages. What is malformed throws {@link GrpcException} INVALID_ARGUMENT naming the field. Whatever the
 * ledger must be asked about is left to {@link Resolver}.
 */
final class TransactionReader {
    private TransactionReader() {}

    /** The transaction's BCS where the message carries it: then nothing else in it counts. */
    static Optional<Bytes> bcs(Transaction proto) {
        return proto.hasBcs() ? Optional.of(Bytes.of(proto.getBcs().getValue().toByteArray())) : Optional.empty();
    }

    static TransactionData decode(Bytes bcs) {
        try {
            return TransactionData.decode(bcs.toArray());
        } catch (BcsException e) {
            throw GrpcException.invalid("transaction", "invalid transaction: " + e.getMessage());
        }
    }

    /** Whether nothing is left to the server: then the transaction is taken as it is. */
    static boolean isComplete(Transaction proto) {
        if (proto.getVersion() != 1 || !proto.getKind().hasKind() || !proto.hasSender() || !proto.hasExpiration()) return false;
        GasPayment gas = proto.getGasPayment();
        if (!gas.hasOwner() || !gas.hasPrice() || !gas.hasBudget()) return false;
        return proto.getKind().getProgrammableTransaction().getInputsList().stream().allMatch(TransactionReader::isComplete);
    }

    private static boolean isComplete(Input input) {
        return switch (input.getKind()) {
            case PURE -> input.hasPure();
            case IMMUTABLE_OR_OWNED, RECEIVING -> input.hasObjectId() && input.hasVersion() && input.hasDigest();
            case SHARED -> input.hasObjectId() && input.hasVersion() && (input.hasMutable() || input.hasMutability());
            case FUNDS_WITHDRAWAL -> input.hasFundsWithdrawal();
            default -> false;
        };
    }

    /** A transaction for which {@link #isComplete} holds. */
    static TransactionData complete(Transaction proto) {
        ProgrammableTransaction program = program(proto);
        List<CallArg> inputs = program.getInputsList().stream().map(TransactionReader::input).toList();
        GasPayment gas = proto.getGasPayment();
        List<ObjectRef> payment = gas.getObjectsList().stream().map(TransactionReader::reference).toList();
        var gasData = new GasData(payment, address("transaction.gas_payment.owner", gas.getOwner()), gas.getPrice(), gas.getBudget());
        return new TransactionData(inputs, commands(program), sender(proto), gasData, expiration(proto));
    }

    static Address sender(Transaction proto) {
        if (!proto.hasSender()) throw GrpcException.missing("transaction.sender");
        return address("transaction.sender", proto.getSender());
    }

    static ProgrammableTransaction program(Transaction proto) {
        TransactionKind kind = proto.getKind();
        if (!kind.hasProgrammableTransaction()) throw GrpcException.missing("transaction.kind");
        if (kind.hasKind() && kind.getKind() != TransactionKind.Kind.PROGRAMMABLE_TRANSACTION) {
            throw GrpcException.invalid("transaction.kind", "only programmable transactions may be sent");
        }
        return kind.getProgrammableTransaction();
    }

    private static CallArg input(Input input) {
        return switch (input.getKind()) {
            case PURE -> new CallArg.Pure(Bytes.of(input.getPure().toByteArray()));
            case IMMUTABLE_OR_OWNED -> new CallArg.Owned(reference(input));
            case RECEIVING -> new CallArg.Receiving(reference(input));
            case SHARED -> new CallArg.Shared(address("object_id", input.getObjectId()), input.getVersion(), mutability(input));
            case FUNDS_WITHDRAWAL -> withdrawal(input.getFundsWithdrawal());
            default -> throw GrpcException.invalid("kind", "invalid input kind");
        };
    }

    private static ObjectRef reference(Input input) {
        return new ObjectRef(address("object_id", input.getObjectId()), input.getVersion(), digest("digest", input.getDigest()));
    }

    static ObjectRef reference(ObjectReference ref) {
        return new ObjectRef(address("object_id", ref.getObjectId()), ref.getVersion(), digest("digest", ref.getDigest()));
    }

    private static CallArg.Mutability mutability(Input input) {
        if (!input.hasMutability()) return input.getMutable() ? CallArg.Mutability.MUTABLE : CallArg.Mutability.IMMUTABLE;
        return switch (input.getMutability()) {
            case IMMUTABLE -> CallArg.Mutability.IMMUTABLE;
            case MUTABLE -> CallArg.Mutability.MUTABLE;
            case NON_EXCLUSIVE_WRITE -> CallArg.Mutability.NON_EXCLUSIVE_WRITE;
            default -> throw GrpcException.invalid("mutability", "unknown mutability");
        };
    }

    static CallArg withdrawal(FundsWithdrawal proto) {
        CallArg.Source source = switch (proto.getSource()) {
            case SENDER, SOURCE_UNKNOWN -> new CallArg.Source.Sender();
            case SPONSOR -> new CallArg.Source.Sponsor();
            case SENDER_ALLOWANCE ->
                    new CallArg.Source.SenderAllowance(address("funder", proto.getFunder()), address("allowance", proto.getAllowance()));
            default -> throw GrpcException.invalid("source", "unknown source of funds");
        };
        return new CallArg.Withdrawal(proto.getAmount(), type("coin_type", proto.getCoinType()), source);
    }

    static List<Command> commands(ProgrammableTransaction program) {
        return program.getCommandsList().stream().map(TransactionReader::command).toList();
    }

    private static Command command(suiload.grpcweb.proto.Command proto) {
        return switch (proto.getCommandCase()) {
            case MOVE_CALL -> moveCall(proto.getMoveCall());
            case TRANSFER_OBJECTS -> {
                var transfer = proto.getTransferObjects();
                yield new Command.TransferObjects(arguments(transfer.getObjectsList()), argument(transfer.getAddress()));
            }
            case SPLIT_COINS -> {
                var split = proto.getSplitCoins();
                yield new Command.SplitCoins(argument(split.getCoin()), arguments(split.getAmountsList()));
            }
            case MERGE_COINS -> {
                var merge = proto.getMergeCoins();
                yield new Command.MergeCoins(argument(merge.getCoin()), arguments(merge.getCoinsToMergeList()));
            }
            case PUBLISH -> {
                var publish = proto.getPublish();
                yield new Command.Publish(modules(publish.getModulesList()), packages(publish.getDependenciesList()));
            }
            case MAKE_MOVE_VECTOR -> makeMoveVector(proto.getMakeMoveVector());
            case UPGRADE -> upgrade(proto.getUpgrade());
            case COMMAND_NOT_SET -> throw GrpcException.missing("command");
        };
    }

    private static Command moveCall(MoveCall call) {
        List<TypeTag> types = call.getTypeArgumentsList().stream().map(text -> type("type_arguments", text)).toList();
        return new Command.MoveCall(address("package", call.getPackage()), call.getModule(), call.getFunction(), types,
                arguments(call.getArgumentsList()));
    }

    private static Command makeMoveVector(MakeMoveVector vector) {
        Optional<TypeTag> type = vector.hasElementType() ? Optional.of(type("element_type", vector.getElementType())) : Optional.empty();
        return new Command.MakeMoveVec(type, arguments(vector.getElementsList()));
    }

    private static Command upgrade(Upgrade upgrade) {
        return new Command.Upgrade(modules(upgrade.getModulesList()), packages(upgrade.getDependenciesList()),
                address("package", upgrade.getPackage()), argument(upgrade.getTicket()));
    }

    private static List<Bytes> modules(List<com.google.protobuf.ByteString> modules) {
        return modules.stream().map(code -> Bytes.of(code.toByteArray())).toList();
    }

    private static List<Address> packages(List<String> ids) {
        return ids.stream().map(id -> address("dependencies", id)).toList();
    }

    private static List<Argument> arguments(List<suiload.grpcweb.proto.Argument> arguments) {
        return arguments.stream().map(TransactionReader::argument).toList();
    }

    private static Argument argument(suiload.grpcweb.proto.Argument proto) {
        return switch (proto.getKind()) {
            case GAS -> new Argument.GasCoin();
            case INPUT -> new Argument.Input(u16("input", proto.getInput()));
            case RESULT -> proto.hasSubresult()
                    ? new Argument.NestedResult(u16("result", proto.getResult()), u16("subresult", proto.getSubresult()))
                    : new Argument.Result(u16("result", proto.getResult()));
            default -> throw GrpcException.invalid("kind", "unknown argument kind");
        };
    }

    private static int u16(String field, int value) {
        if (value < 0 || value > 0xffff) throw GrpcException.invalid(field, "index is not in 0…65535");
        return value;
    }

    /** None where the message has none. */
    static Expiration expiration(Transaction proto) {
        TransactionExpiration expiration = proto.getExpiration();
        return switch (expiration.getKind()) {
            case NONE, TRANSACTION_EXPIRATION_KIND_UNKNOWN -> new Expiration.None();
            case EPOCH -> new Expiration.Epoch(expiration.getEpoch());
            case VALID_DURING -> new Expiration.ValidDuring(window(expiration));
            case VALIDITY -> new Expiration.Validity(window(expiration), expiration.hasAllowedProposers()
                    ? Optional.of(new Expiration.Proposers(expiration.getAllowedProposers().getEpoch(),
                            expiration.getAllowedProposers().getProposersList().stream().map(Integer::toUnsignedLong).toList()))
                    : Optional.empty());
            default -> throw GrpcException.invalid("transaction.expiration", "unknown kind of expiration");
        };
    }

    private static Expiration.Window window(TransactionExpiration proto) {
        return new Expiration.Window(proto.hasMinEpoch() ? Optional.of(proto.getMinEpoch()) : Optional.empty(),
                proto.hasEpoch() ? Optional.of(proto.getEpoch()) : Optional.empty(),
                proto.hasMinTimestamp() ? Optional.of(millis(proto.getMinTimestamp())) : Optional.empty(),
                proto.hasMaxTimestamp() ? Optional.of(millis(proto.getMaxTimestamp())) : Optional.empty(),
                digest("transaction.expiration.chain", proto.getChain()), Integer.toUnsignedLong(proto.getNonce()));
    }

    private static long millis(Timestamp time) {
        return time.getSeconds() * 1000 + time.getNanos() / 1_000_000;
    }

    static Address address(String field, String text) {
        return parsed(field, text, Address::parse);
    }

    static Digest digest(String field, String text) {
        return parsed(field, text, Digest::parse);
    }

    static TypeTag type(String field, String text) {
        return parsed(field, text, TypeTag::parse);
    }

    private static <T> T parsed(String field, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw GrpcException.invalid(field, "invalid " + field + ": " + e.getMessage());
        }
    }
}
