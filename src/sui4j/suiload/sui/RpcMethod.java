package suiload.sui;

/** The calls that we make over JSON-RPC (facts: sui-jsonrpc.md section 3). */
enum RpcMethod implements Method {
    EXECUTE("sui_executeTransactionBlock"),
    GET_TRANSACTION("sui_getTransactionBlock"),
    GET_OBJECTS("sui_multiGetObjects"),
    GET_OWNED_OBJECTS("suix_getOwnedObjects"),
    GET_GAS_PRICE("suix_getReferenceGasPrice"),
    GET_CHECKPOINT("sui_getCheckpoint"),
    GET_NEWEST_CHECKPOINT("sui_getLatestCheckpointSequenceNumber");

    private final String label;

    RpcMethod(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean submits() {
        return this == EXECUTE;
    }
}
