package suiload.localnet;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import suiload.grpcweb.proto.BatchGetObjectsRequest;
import suiload.grpcweb.proto.BatchGetTransactionsRequest;
import suiload.grpcweb.proto.GetBalanceRequest;
import suiload.grpcweb.proto.GetCheckpointRequest;
import suiload.grpcweb.proto.GetCoinInfoRequest;
import suiload.grpcweb.proto.GetDatatypeRequest;
import suiload.grpcweb.proto.GetEpochRequest;
import suiload.grpcweb.proto.GetFunctionRequest;
import suiload.grpcweb.proto.GetObjectRequest;
import suiload.grpcweb.proto.GetPackageRequest;
import suiload.grpcweb.proto.GetServiceInfoRequest;
import suiload.grpcweb.proto.GetTransactionRequest;
import suiload.grpcweb.proto.ListBalancesRequest;
import suiload.grpcweb.proto.ListDynamicFieldsRequest;
import suiload.grpcweb.proto.ListOwnedObjectsRequest;
import suiload.grpcweb.proto.ListPackageVersionsRequest;
import suiload.grpcweb.proto.SimulateTransactionRequest;
import suiload.grpcweb.proto.VerifySignatureRequest;

/** Every procedure that the embedded network answers, by {@code Service/Method}. */
final class Services {
    private static final String PACKAGE = "sui.rpc.v2.";
    /** Services that a node has beside those below; none of their procedures is answered here. */
    private static final Set<String> KNOWN = Set.of("LedgerService", "StateService", "TransactionExecutionService", "SubscriptionService",
            "MovePackageService", "SignatureVerificationService", "NameService");

    private final Map<String, Rpc> procedures = new HashMap<>();
    private final Executions executions;
    private final CheckpointProto checkpoints;

    Services(Ledger ledger) {
        var json = new MoveJson(ledger::packageInterface);
        var objects = new ObjectProto(json);
        var transactions = new EffectsProto(json, objects, ledger::object);
        executions = new Executions(ledger, transactions, json);
        checkpoints = new CheckpointProto(transactions, ledger);
        addLedger(new LedgerReads(objects, transactions, checkpoints));
        addState(new StateReads(objects));
        addPackages(new PackageReads());
        add("TransactionExecutionService/ExecuteTransaction", new Rpc.Execute());
        add("TransactionExecutionService/SimulateTransaction", Rpc.simulate(SimulateTransactionRequest.parser(), executions::simulate));
        add("SubscriptionService/SubscribeCheckpoints", new Rpc.Subscribe());
        add("SignatureVerificationService/VerifySignature",
                Rpc.read(VerifySignatureRequest.parser(), (request, replica) -> new SignatureVerification().verify(request)));
    }

    private void addLedger(LedgerReads reads) {
        add("LedgerService/GetServiceInfo", Rpc.read(GetServiceInfoRequest.parser(), (request, replica) -> reads.serviceInfo(replica)));
        add("LedgerService/GetObject", Rpc.read(GetObjectRequest.parser(), reads::object));
        add("LedgerService/BatchGetObjects", Rpc.read(BatchGetObjectsRequest.parser(), reads::objects));
        add("LedgerService/GetTransaction", Rpc.read(GetTransactionRequest.parser(), reads::transaction));
        add("LedgerService/BatchGetTransactions", Rpc.read(BatchGetTransactionsRequest.parser(), reads::transactions));
        add("LedgerService/GetCheckpoint", Rpc.read(GetCheckpointRequest.parser(), reads::checkpoint));
        add("LedgerService/GetEpoch", Rpc.read(GetEpochRequest.parser(), reads::epoch));
    }

    private void addState(StateReads reads) {
        add("StateService/ListOwnedObjects", Rpc.read(ListOwnedObjectsRequest.parser(), reads::owned));
        add("StateService/ListDynamicFields", Rpc.read(ListDynamicFieldsRequest.parser(), reads::dynamicFields));
        add("StateService/GetBalance", Rpc.read(GetBalanceRequest.parser(), reads::balance));
        add("StateService/ListBalances", Rpc.read(ListBalancesRequest.parser(), reads::balances));
        add("StateService/GetCoinInfo", Rpc.read(GetCoinInfoRequest.parser(), (request, replica) -> reads.coinInfo(request)));
    }

    private void addPackages(PackageReads reads) {
        add("MovePackageService/GetFunction", Rpc.read(GetFunctionRequest.parser(), reads::function));
        add("MovePackageService/GetDatatype", Rpc.read(GetDatatypeRequest.parser(), reads::datatype));
        add("MovePackageService/GetPackage", Rpc.read(GetPackageRequest.parser(), reads::code));
        add("MovePackageService/ListPackageVersions", Rpc.read(ListPackageVersionsRequest.parser(), reads::versions));
    }

    private void add(String name, Rpc rpc) {
        procedures.put(PACKAGE + name, rpc);
    }

    /** By {@code package.Service/Method}. */
    Map<String, Rpc> procedures() {
        return Map.copyOf(procedures);
    }

    /** Whether a node has such a service: its unknown procedures are unimplemented, those of other services not found. */
    static boolean isService(String name) {
        return name.startsWith(PACKAGE) && KNOWN.contains(name.substring(PACKAGE.length()));
    }

    Executions executions() {
        return executions;
    }

    CheckpointProto checkpoints() {
        return checkpoints;
    }
}
