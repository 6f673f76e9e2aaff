package suiload.sui;

/** The calls that we make over gRPC-Web (facts: sui-grpc.md section 4). */
enum GrpcMethod implements Method {
    EXECUTE("sui.rpc.v2.TransactionExecutionService", "ExecuteTransaction"),
    GET_TRANSACTION("sui.rpc.v2.LedgerService", "GetTransaction"),
    GET_OBJECTS("sui.rpc.v2.LedgerService", "BatchGetObjects"),
    GET_CHECKPOINT("sui.rpc.v2.LedgerService", "GetCheckpoint"),
    GET_EPOCH("sui.rpc.v2.LedgerService", "GetEpoch"),
    GET_SERVICE_INFO("sui.rpc.v2.LedgerService", "GetServiceInfo"),
    LIST_OWNED_OBJECTS("sui.rpc.v2.StateService", "ListOwnedObjects"),
    SUBSCRIBE_CHECKPOINTS("sui.rpc.v2.SubscriptionService", "SubscribeCheckpoints");

    private final String service;
    private final String name;

    GrpcMethod(String service, String name) {
        this.service = service;
        this.name = name;
    }

    /** Path below an endpoint's own, without the leading slash. */
    String path() {
        return service + "/" + name;
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public boolean submits() {
        return this == EXECUTE;
    }
}
