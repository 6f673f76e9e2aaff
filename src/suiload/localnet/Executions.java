package suiload.localnet;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.TransactionData;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.proto.CommandOutput;
import suiload.grpcweb.proto.CommandResult;
import suiload.grpcweb.proto.ExecuteTransactionRequest;
import suiload.grpcweb.proto.ExecuteTransactionResponse;
import suiload.grpcweb.proto.SimulateTransactionRequest;
import suiload.grpcweb.proto.SimulateTransactionResponse;
import suiload.grpcweb.proto.UserSignature;

/** TransactionExecutionService: execute and simulate (facts: sui-grpc.md section 4.3). */
final class Executions {
    private static final Mask EXECUTE_DEFAULT = Mask.of("effects");
    private static final int SIGNATURES_MAX = 2;

    private final Ledger ledger;
    private final Resolver resolver;
    private final GasSelection gasSelection;
    private final EffectsProto transactions;
    private final MoveJson json;

    Executions(Ledger ledger, EffectsProto transactions, MoveJson json) {
        this.ledger = ledger;
        resolver = new Resolver(ledger);
        gasSelection = new GasSelection(ledger);
        this.transactions = transactions;
        this.json = json;
    }

    /** A transaction taken apart and checked as far as can be without running it. */
    record Submission(Bytes transaction, List<Bytes> signatures, Mask mask) {}

    Submission read(ExecuteTransactionRequest request) {
        Mask mask = LedgerReads.mask(request.hasReadMask(), request.getReadMask(),
                suiload.grpcweb.proto.ExecutedTransaction.getDescriptor(), EXECUTE_DEFAULT);
        if (!request.hasTransaction()) throw GrpcException.missing("transaction");
        if (request.getSignaturesCount() > SIGNATURES_MAX) throw GrpcException.invalid("signatures", "too many signatures");
        var proto = request.getTransaction();
        Bytes transaction = TransactionReader.bcs(proto).orElseGet(() -> {
            if (!TransactionReader.isComplete(proto)) throw GrpcException.invalid("transaction", "transaction is not complete");
            return encode(TransactionReader.complete(proto));
        });
        return new Submission(transaction, signatures(request.getSignaturesList()), mask);
    }

    private static Bytes encode(TransactionData data) {
        try {
            return data.encode();
        } catch (BcsException e) {
            throw GrpcException.invalid("transaction", "invalid transaction: " + e.getMessage());
        }
    }

    static List<Bytes> signatures(List<UserSignature> signatures) {
        Bytes[] bytes = new Bytes[signatures.size()];
        for (int i = 0; i < bytes.length; i++) bytes[i] = signature("signatures[" + i + "]", signatures.get(i));
        return List.of(bytes);
    }

    /** The raw bytes, which may come with their length in front, or in parts. */
    static Bytes signature(String field, UserSignature proto) {
        if (proto.hasBcs()) {
            byte[] bytes = proto.getBcs().getValue().toByteArray();
            if (bytes.length == 0) throw GrpcException.invalid(field, "invalid signature: empty");
            return bytes[0] == bytes.length - 1 ? Bytes.of(BcsReader.decode(bytes, BcsReader::bytes)) : Bytes.of(bytes);
        }
        if (!proto.hasSimple()) throw GrpcException.missing(field);
        var simple = proto.getSimple();
        return new BcsWriter(97).u8(simple.getSchemeValue() & 0xff).fixed(simple.getSignature().toByteArray())
                .fixed(simple.getPublicKey().toByteArray()).toBytes();
    }

    ExecutedTransaction run(Submission submission) {
        try {
            return ledger.execute(submission.transaction, submission.signatures);
        } catch (Rejection rejection) {
            throw refusal(rejection);
        }
    }

    /** Without its place in a checkpoint, which a node does not know yet when it answers. */
    ExecuteTransactionResponse answer(Submission submission, ExecutedTransaction executed) {
        var proto = transactions.transaction(executed, submission.mask);
        if (proto.hasCheckpoint() || proto.hasTimestamp() || proto.hasTransactionIndex()) {
            proto = proto.toBuilder().clearCheckpoint().clearTimestamp().clearTransactionIndex().build();
        }
        return ExecuteTransactionResponse.newBuilder().setTransaction(proto).build();
    }

    static GrpcException refusal(Rejection rejection) {
        return new GrpcException(GrpcStatus.of(rejection.code().number()), rejection.getMessage());
    }

    SimulateTransactionResponse simulate(SimulateTransactionRequest request) {
        Mask mask = LedgerReads.mask(request.hasReadMask(), request.getReadMask(), SimulateTransactionResponse.getDescriptor(), Mask.ALL);
        if (!request.hasTransaction()) throw GrpcException.missing("transaction");
        boolean checks = switch (request.getChecks()) {
            case ENABLED -> true;
            case DISABLED -> false;
            case UNRECOGNIZED -> throw GrpcException.invalid("checks", "unknown value");
        };
        try {
            TransactionData data = resolver.resolve(request.getTransaction());
            if (checks && request.getDoGasSelection()) {
                data = gasSelection.select(data, request.getTransaction().hasBcs() || request.getTransaction().getGasPayment().hasBudget());
            }
            return answer(ledger.simulate(data, checks), mask);
        } catch (Rejection rejection) {
            // Whatever the code in an execution: there is no validator here that could know the object soon.
            throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, rejection.getMessage());
        }
    }

    private SimulateTransactionResponse answer(Simulation simulation, Mask mask) {
        var response = SimulateTransactionResponse.newBuilder();
        if (mask.has("transaction")) response.setTransaction(transactions.simulated(simulation.transaction(), mask.sub("transaction")));
        if (mask.has("command_outputs")) {
            Mask inside = mask.sub("command_outputs");
            simulation.outputs().forEach(output -> response.addCommandOutputs(result(output, inside)));
        }
        return response.build();
    }

    private CommandResult result(Simulation.CommandOutput output, Mask mask) {
        var result = CommandResult.newBuilder();
        if (mask.has("return_values")) {
            output.returned().forEach(value -> result.addReturnValues(output(value, Optional.empty(), mask.sub("return_values"))));
        }
        if (mask.has("mutated_by_ref")) {
            output.mutated().forEach(mutated ->
                    result.addMutatedByRef(output(mutated.value(), Optional.of(mutated.argument()), mask.sub("mutated_by_ref"))));
        }
        return result.build();
    }

    private CommandOutput output(Simulation.Value value, Optional<suiload.chain.Argument> argument, Mask mask) {
        var proto = CommandOutput.newBuilder();
        if (mask.has("argument")) argument.map(TransactionProto::argument).ifPresent(proto::setArgument);
        if (mask.has("value")) proto.setValue(ObjectProto.bcs(value.type().toString(), value.bcs()));
        if (mask.has("json")) json.value(value.type(), value.bcs()).ifPresent(proto::setJson);
        return proto.build();
    }
}
