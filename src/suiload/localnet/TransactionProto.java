package suiload.localnet;

import com.google.protobuf.Timestamp;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Digest;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.Signatures;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.grpcweb.proto.Argument.ArgumentKind;
import suiload.grpcweb.proto.FundsWithdrawal;
import suiload.grpcweb.proto.GasPayment;
import suiload.grpcweb.proto.Input;
import suiload.grpcweb.proto.MakeMoveVector;
import suiload.grpcweb.proto.MergeCoins;
import suiload.grpcweb.proto.MoveCall;
import suiload.grpcweb.proto.ProgrammableTransaction;
import suiload.grpcweb.proto.Publish;
import suiload.grpcweb.proto.SignatureScheme;
import suiload.grpcweb.proto.SimpleSignature;
import suiload.grpcweb.proto.SplitCoins;
import suiload.grpcweb.proto.Transaction;
import suiload.grpcweb.proto.TransactionExpiration;
import suiload.grpcweb.proto.TransactionExpiration.TransactionExpirationKind;
import suiload.grpcweb.proto.TransactionKind;
import suiload.grpcweb.proto.TransferObjects;
import suiload.grpcweb.proto.Upgrade;
import suiload.grpcweb.proto.UserSignature;

/** Transactions and signatures as messages (facts: sui-grpc.md sections 5.2 and 5.3); {@link TransactionReader} is the way back. */
final class TransactionProto {
    private TransactionProto() {}

    /** @param bcs the encoding of the transaction, which its digest is of */
    static Transaction transaction(Bytes bcs, Digest digest, Mask mask) {
        var proto = Transaction.newBuilder();
        if (mask.has("bcs")) proto.setBcs(ObjectProto.bcs("TransactionData", bcs));
        if (mask.has("digest")) proto.setDigest(digest.toString());
        if (mask.hasAny("version", "kind", "sender", "gas_payment", "expiration")) {
            TransactionData data = TransactionData.decode(bcs.toArray());
            if (mask.has("version")) proto.setVersion(1);
            if (mask.has("kind")) proto.setKind(kind(data));
            if (mask.has("sender")) proto.setSender(data.sender().toString());
            if (mask.has("gas_payment")) proto.setGasPayment(gas(data.gas()));
            if (mask.has("expiration")) proto.setExpiration(expiration(data.expiration()));
        }
        return proto.build();
    }

    private static TransactionKind kind(TransactionData data) {
        var programmable = ProgrammableTransaction.newBuilder();
        data.inputs().forEach(input -> programmable.addInputs(input(input)));
        data.commands().forEach(command -> programmable.addCommands(command(command)));
        return TransactionKind.newBuilder().setKind(TransactionKind.Kind.PROGRAMMABLE_TRANSACTION)
                .setProgrammableTransaction(programmable).build();
    }

    private static GasPayment gas(GasData gas) {
        var proto = GasPayment.newBuilder().setOwner(gas.owner().toString()).setPrice(gas.price()).setBudget(gas.budget());
        gas.payment().forEach(ref -> proto.addObjects(ObjectProto.reference(ref)));
        return proto.build();
    }

    private static TransactionExpiration expiration(Expiration expiration) {
        var proto = TransactionExpiration.newBuilder();
        return switch (expiration) {
            case Expiration.None() -> proto.setKind(TransactionExpirationKind.NONE).build();
            case Expiration.Epoch(long epoch) -> proto.setKind(TransactionExpirationKind.EPOCH).setEpoch(epoch).build();
            case Expiration.ValidDuring(Expiration.Window window) ->
                    window(proto.setKind(TransactionExpirationKind.VALID_DURING), window).build();
            case Expiration.Validity(Expiration.Window window, var proposers) -> {
                window(proto.setKind(TransactionExpirationKind.VALIDITY), window);
                proposers.ifPresent(allowed -> {
                    var list = TransactionExpiration.AllowedProposers.newBuilder().setEpoch(allowed.epoch());
                    allowed.indices().forEach(index -> list.addProposers(index.intValue()));
                    proto.setAllowedProposers(list);
                });
                yield proto.build();
            }
        };
    }

    private static TransactionExpiration.Builder window(TransactionExpiration.Builder proto, Expiration.Window window) {
        window.minEpoch().ifPresent(proto::setMinEpoch);
        window.maxEpoch().ifPresent(proto::setEpoch);
        window.minTimestamp().ifPresent(ms -> proto.setMinTimestamp(timestamp(ms)));
        window.maxTimestamp().ifPresent(ms -> proto.setMaxTimestamp(timestamp(ms)));
        return proto.setChain(window.chain().toString()).setNonce((int) window.nonce());
    }

    static Timestamp timestamp(long ms) {
        return Timestamp.newBuilder().setSeconds(Math.floorDiv(ms, 1000L)).setNanos((int) Math.floorMod(ms, 1000L) * 1_000_000).build();
    }

    private static Input input(CallArg input) {
        var proto = Input.newBuilder();
        return switch (input) {
            case CallArg.Pure(Bytes value) -> proto.setKind(Input.InputKind.PURE).setPure(ObjectProto.bytes(value)).build();
            case CallArg.Owned(ObjectRef ref) -> reference(proto.setKind(Input.InputKind.IMMUTABLE_OR_OWNED), ref).build();
            case CallArg.Receiving(ObjectRef ref) -> reference(proto.setKind(Input.InputKind.RECEIVING), ref).build();
            case CallArg.Shared(Address id, long initialVersion, CallArg.Mutability mutability) -> proto.setKind(Input.InputKind.SHARED)
                    .setObjectId(id.toString()).setVersion(initialVersion).setMutable(mutability != CallArg.Mutability.IMMUTABLE)
                    .setMutability(mutability(mutability)).build();
            case CallArg.Withdrawal withdrawal ->
                    proto.setKind(Input.InputKind.FUNDS_WITHDRAWAL).setFundsWithdrawal(withdrawal(withdrawal)).build();
        };
    }

    private static Input.Builder reference(Input.Builder proto, ObjectRef ref) {
        return proto.setObjectId(ref.id().toString()).setVersion(ref.version()).setDigest(ref.digest().toString());
    }

    private static Input.Mutability mutability(CallArg.Mutability mutability) {
        return switch (mutability) {
            case IMMUTABLE -> Input.Mutability.IMMUTABLE;
            case MUTABLE -> Input.Mutability.MUTABLE;
            case NON_EXCLUSIVE_WRITE -> Input.Mutability.NON_EXCLUSIVE_WRITE;
        };
    }

    private static FundsWithdrawal withdrawal(CallArg.Withdrawal withdrawal) {
        var proto = FundsWithdrawal.newBuilder().setAmount(withdrawal.maxAmount()).setCoinType(withdrawal.coinType().toString());
        return switch (withdrawal.source()) {
            case CallArg.Source.Sender() -> proto.setSource(FundsWithdrawal.Source.SENDER).build();
            case CallArg.Source.Sponsor() -> proto.setSource(FundsWithdrawal.Source.SPONSOR).build();
            case CallArg.Source.SenderAllowance(Address funder, Address allowance) -> proto
                    .setSource(FundsWithdrawal.Source.SENDER_ALLOWANCE)
                    .setFunder(funder.toString()).setAllowance(allowance.toString()).build();
        };
    }

    private static suiload.grpcweb.proto.Command command(Command command) {
        var proto = suiload.grpcweb.proto.Command.newBuilder();
        return switch (command) {
            case Command.MoveCall call -> proto.setMoveCall(moveCall(call)).build();
            case Command.TransferObjects(var objects, Argument recipient) -> proto.setTransferObjects(
                    TransferObjects.newBuilder().addAllObjects(arguments(objects)).setAddress(argument(recipient))).build();
            case Command.SplitCoins(Argument coin, var amounts) -> proto.setSplitCoins(
                    SplitCoins.newBuilder().setCoin(argument(coin)).addAllAmounts(arguments(amounts))).build();
            case Command.MergeCoins(Argument destination, var sources) -> proto.setMergeCoins(
                    MergeCoins.newBuilder().setCoin(argument(destination)).addAllCoinsToMerge(arguments(sources))).build();
            case Command.Publish(var modules, var dependencies) -> proto.setPublish(Publish.newBuilder()
                    .addAllModules(modules.stream().map(ObjectProto::bytes).toList())
                    .addAllDependencies(dependencies.stream().map(Address::toString).toList())).build();
            case Command.MakeMoveVec(var type, var elements) -> {
                var vector = MakeMoveVector.newBuilder().addAllElements(arguments(elements));
                type.ifPresent(tag -> vector.setElementType(tag.toString()));
                yield proto.setMakeMoveVector(vector).build();
            }
            case Command.Upgrade upgrade -> proto.setUpgrade(Upgrade.newBuilder()
                    .addAllModules(upgrade.modules().stream().map(ObjectProto::bytes).toList())
                    .addAllDependencies(upgrade.dependencies().stream().map(Address::toString).toList())
                    .setPackage(upgrade.packageId().toString()).setTicket(argument(upgrade.ticket()))).build();
        };
    }

    private static MoveCall.Builder moveCall(Command.MoveCall call) {
        return MoveCall.newBuilder().setPackage(call.packageId().toString()).setModule(call.module()).setFunction(call.function())
                .addAllTypeArguments(call.typeArguments().stream().map(TypeTag::toString).toList())
                .addAllArguments(arguments(call.arguments()));
    }

    private static java.util.List<suiload.grpcweb.proto.Argument> arguments(java.util.List<Argument> arguments) {
        return arguments.stream().map(TransactionProto::argument).toList();
    }

    static suiload.grpcweb.proto.Argument argument(Argument argument) {
        var proto = suiload.grpcweb.proto.Argument.newBuilder();
        return switch (argument) {
            case Argument.GasCoin() -> proto.setKind(ArgumentKind.GAS).build();
            case Argument.Input(int index) -> proto.setKind(ArgumentKind.INPUT).setInput(index).build();
            case Argument.Result(int command) -> proto.setKind(ArgumentKind.RESULT).setResult(command).build();
            case Argument.NestedResult(int command, int position) ->
                    proto.setKind(ArgumentKind.RESULT).setResult(command).setSubresult(position).build();
        };
    }

    static UserSignature signature(Bytes signature) {
        var proto = UserSignature.newBuilder().setBcs(ObjectProto.bcs("UserSignatureBytes", signature));
        if (!Signatures.isEd25519(signature)) return proto.build();
        var bytes = ObjectProto.bytes(signature);
        var simple = SimpleSignature.newBuilder().setScheme(SignatureScheme.ED25519).setSignature(bytes.substring(1, 65))
                .setPublicKey(bytes.substring(65));
        return proto.setScheme(SignatureScheme.ED25519).setSimple(simple).build();
    }
}
