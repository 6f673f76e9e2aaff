package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.proto.GasPayment;
import suiload.grpcweb.proto.Input;
import suiload.grpcweb.proto.ObjectReference;
import suiload.grpcweb.proto.Transaction;

/**
 * Completes the transactions that clients send in part: object inputs by id alone, gas unset (facts: sui-grpc.md section 4.3,
 * the algorithm of SimulateTransaction). Refusals are {@link GrpcException}s as a node's.
 */
final class Resolver {
    /** The protocol's highest budget, which stands for "as much as it takes"; MIST. */
    static final long MAX_BUDGET = 50_000_000_000_000L;
    private static final StructTag RECEIVING = StructTag.of(Address.SUI_FRAMEWORK, "transfer", "Receiving");

    private final Ledger ledger;

    Resolver(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The whole transaction; gas coins are as the client gave them, maybe none. */
    TransactionData resolve(Transaction proto) {
        Optional<Bytes> bcs = TransactionReader.bcs(proto);
        if (bcs.isPresent()) return TransactionReader.decode(bcs.get());
        if (TransactionReader.isComplete(proto)) return TransactionReader.complete(proto);
        Address sender = TransactionReader.sender(proto);
        var program = TransactionReader.program(proto);
        List<Command> commands = TransactionReader.commands(program);
        commands.forEach(this::checkPackage);
        List<CallArg> inputs = new ArrayList<>(program.getInputsCount());
        for (int i = 0; i < program.getInputsCount(); i++) inputs.add(input(program.getInputs(i), i, commands));
        return new TransactionData(inputs, commands, sender, gas(proto, sender), TransactionReader.expiration(proto));
    }

    private void checkPackage(Command command) {
        if (!(command instanceof Command.MoveCall call) || ledger.packageInterface(call.packageId()).isPresent()) return;
        if (ledger.object(call.packageId()).isEmpty()) throw new GrpcException(GrpcStatus.NOT_FOUND, "");
        throw invalid("object " + call.packageId() + " is not a package");
    }

    private GasData gas(Transaction proto, Address sender) {
        if (!proto.hasGasPayment()) return new GasData(List.of(), sender, ledger.referenceGasPrice(), MAX_BUDGET);
        GasPayment gas = proto.getGasPayment();
        if (!gas.hasOwner()) throw GrpcException.missing("transaction.gas_payment.owner");
        List<LedgerObject> coins = gas.getObjectsList().stream().map(this::coin).toList();
        long budget = coins.isEmpty() ? MAX_BUDGET : Math.min(total(coins), MAX_BUDGET);
        Address owner = TransactionReader.address("transaction.gas_payment.owner", gas.getOwner());
        return new GasData(coins.stream().map(LedgerObject::ref).toList(), owner,
                gas.hasPrice() ? gas.getPrice() : ledger.referenceGasPrice(), gas.hasBudget() ? gas.getBudget() : budget);
    }

    static long total(List<LedgerObject> coins) {
        return coins.stream().mapToLong(coin -> coin.balance().orElse(0)).sum();
    }

    private LedgerObject coin(ObjectReference ref) {
        LedgerObject coin = current(TransactionReader.address("transaction.gas_payment.objects", ref.getObjectId()));
        if (coin.isPackage() || !coin.type().equals(StructTag.SUI_COIN)) {
            throw invalid("object " + coin.id() + " is not a SUI coin");
        }
        checkReference(coin, ref.hasVersion() ? Optional.of(ref.getVersion()) : Optional.empty(),
                ref.hasDigest() ? Optional.of(ref.getDigest()) : Optional.empty());
        return coin;
    }

    private LedgerObject current(Address id) {
        return ledger.object(id).orElseThrow(() -> new GrpcException(GrpcStatus.NOT_FOUND, "Object " + id + " not found"));
    }

    private static GrpcException invalid(String message) {
        return new GrpcException(GrpcStatus.INVALID_ARGUMENT, message);
    }

    private static void checkReference(LedgerObject object, Optional<Long> version, Optional<String> digest) {
        if (version.isPresent() && version.get() != object.version()) {
            throw invalid("provided version doesn't match for object " + object.id() + ", provided: "
                    + Long.toUnsignedString(version.get()) + " actual: " + Long.toUnsignedString(object.version()));
        }
        if (digest.isPresent() && !TransactionReader.digest("digest", digest.get()).equals(object.digest())) {
            throw invalid("provided digest doesn't match for object " + object.id() + ", provided: "
                    + digest.get() + " actual: " + object.digest());
        }
    }

    private CallArg input(Input input, int index, List<Command> commands) {
        if (input.hasPure() && !input.hasObjectId() && !input.hasFundsWithdrawal() && isKind(input, Input.InputKind.PURE)) {
            return new CallArg.Pure(Bytes.of(input.getPure().toByteArray()));
        }
        if (input.hasFundsWithdrawal() && isKind(input, Input.InputKind.FUNDS_WITHDRAWAL)) {
            return TransactionReader.withdrawal(input.getFundsWithdrawal());
        }
        if (input.hasLiteral()) throw invalid("Feature is not supported: literal inputs; give the value's BCS as pure");
        if (!input.hasObjectId() || input.hasPure()) {
            throw invalid("invalid unresolved input argument");
        }
        LedgerObject object = current(TransactionReader.address("object_id", input.getObjectId()));
        return switch (input.getKind()) {
            case IMMUTABLE_OR_OWNED -> owned(object, input);
            case RECEIVING -> new CallArg.Receiving(checked(object, input));
            case SHARED -> shared(object, input, index, commands);
            case INPUT_KIND_UNKNOWN -> byOwner(object, input, index, commands);
            default -> throw invalid("invalid unresolved input argument");
        };
    }

    private static boolean isKind(Input input, Input.InputKind kind) {
        return !input.hasKind() || input.getKind() == kind;
    }

    private CallArg byOwner(LedgerObject object, Input input, int index, List<Command> commands) {
        return switch (object.owner()) {
            case Owner.Immutable() -> new CallArg.Owned(checked(object, input));
            case Owner.AddressOwner(Address ignored) -> isReceived(index, commands)
                    ? new CallArg.Receiving(checked(object, input)) : new CallArg.Owned(checked(object, input));
            case Owner.Shared(long ignored) -> shared(object, input, index, commands);
            case Owner.ConsensusAddress ignored -> shared(object, input, index, commands);
            case Owner.ObjectOwner(Address parent) ->
                    throw invalid("object " + object.id() + " is object owned by " + parent);
        };
    }

    private static ObjectRef checked(LedgerObject object, Input input) {
        checkReference(object, input.hasVersion() ? Optional.of(input.getVersion()) : Optional.empty(),
                input.hasDigest() ? Optional.of(input.getDigest()) : Optional.empty());
        return object.ref();
    }

    private static CallArg owned(LedgerObject object, Input input) {
        return switch (object.owner()) {
            case Owner.AddressOwner ignored -> new CallArg.Owned(checked(object, input));
            case Owner.Immutable() -> new CallArg.Owned(checked(object, input));
            default -> throw invalid("object " + object.id() + " is neither owned by an address nor immutable");
        };
    }

    /** The initial version comes from the ledger; a client's {@code mutable=false} is honoured. */
    private CallArg shared(LedgerObject object, Input input, int index, List<Command> commands) {
        long initialVersion = switch (object.owner()) {
            case Owner.Shared(long version) -> version;
            case Owner.ConsensusAddress(long version, Address ignored) -> version;
            default -> throw invalid("object " + object.id() + " is not a shared or consensus object");
        };
        boolean mutable = !(input.hasMutable() && !input.getMutable()) && isMutated(index, commands);
        return new CallArg.Shared(object.id(), initialVersion, mutable ? CallArg.Mutability.MUTABLE : CallArg.Mutability.IMMUTABLE);
    }

    private boolean isMutated(int index, List<Command> commands) {
        return commands.stream().anyMatch(command -> switch (command) {
            case Command.MoveCall call -> parameters(call, index).stream().anyMatch(Resolver::takesMutably);
            case Command.TransferObjects transfer -> uses(transfer.objects(), index);
            case Command.SplitCoins split -> uses(List.of(split.coin()), index);
            case Command.MergeCoins merge -> uses(List.of(merge.destination()), index) || uses(merge.sources(), index);
            case Command.MakeMoveVec vector -> uses(vector.elements(), index);
            case Command.Publish ignored -> false;
            case Command.Upgrade upgrade -> uses(List.of(upgrade.ticket()), index);
        });
    }

    /** By {@code &mut}, or by value of a struct or a type parameter. */
    private static boolean takesMutably(MovePackageInterface.Parameter parameter) {
        return switch (parameter.reference()) {
            case MUTABLE -> true;
            case IMMUTABLE -> false;
            case VALUE -> !(parameter.type() instanceof MovePackageInterface.Type.Primitive);
        };
    }

    private boolean isReceived(int index, List<Command> commands) {
        return commands.stream().anyMatch(command -> command instanceof Command.MoveCall call && parameters(call, index).stream()
                .anyMatch(parameter -> parameter.type() instanceof MovePackageInterface.Type.Struct struct
                        && RECEIVING.is(struct.address(), struct.module(), struct.name())));
    }

    private static boolean uses(List<Argument> arguments, int index) {
        return arguments.contains(new Argument.Input(index));
    }

    /** The parameters of a called function that input {@code index} is given to. */
    private List<MovePackageInterface.Parameter> parameters(Command.MoveCall call, int index) {
        if (!uses(call.arguments(), index)) return List.of();
        var function = ledger.packageInterface(call.packageId()).flatMap(code -> code.function(call.module(), call.function()))
                .orElseThrow(() -> invalid("unable to find function " + call.packageId() + "::" + call.module() + "::" + call.function()));
        List<MovePackageInterface.Parameter> given = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            if (!call.arguments().get(i).equals(new Argument.Input(index))) continue;
            if (i >= function.parameters().size()) throw invalid("invalid input parameter");
            given.add(function.parameters().get(i));
        }
        return given;
    }
}
