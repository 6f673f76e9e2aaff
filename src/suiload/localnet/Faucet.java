package suiload.localnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.ExecutionStatus;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.Owner;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.crypto.SecretKey;
import suiload.http.Policy;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.json.JsonException;

/** Gives SUI to whoever asks, as the faucet of a local node does (facts: sui-grpc.md section 7). */
final class Faucet {
    private static final int COINS = 5;
    /** MIST in each coin: 200 SUI. */
    private static final long AMOUNT = 200_000_000_000L;
    private static final long GAS_BUDGET = 100_000_000;
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final SecretKey key;
    private final Address account;
    /** One at a time: all pay with the same coin. */
    private final ReentrantLock turn = new ReentrantLock(true);

    Faucet(Ledger ledger) {
        this.ledger = ledger;
        key = ledger.faucetKey();
        account = Address.ofPublicKey(key.publicKey());
    }

    void addTo(Routes routes) {
        routes.add("GET", "/", Policy.OPEN, request -> open(Response.text(200, "text/plain", "OK")));
        for (String path : List.of("/v2/gas", "/v1/gas", "/gas")) {
            routes.add("POST", path, Policy.OPEN, request -> open(give(request)));
            routes.add("OPTIONS", path, Policy.OPEN, ChainHeaders::preflight);
        }
    }

    private static Response open(Response response) {
        return response.withHeader("Access-Control-Allow-Origin", "*");
    }

    private Response give(Request request) throws InterruptedException {
        if (!request.header("content-type").orElse("").startsWith("application/json")) {
            return Response.text(415, "text/plain", "Expected request with `Content-Type: application/json`");
        }
        Json body;
        try {
            body = Json.parse(request.body());
        } catch (JsonException e) {
            return Response.text(400, "text/plain", "Failed to parse the request body as JSON: " + e.getMessage());
        }
        Address recipient;
        try {
            recipient = Address.parse(body.get("FixedAmountRequest").string("recipient"));
        } catch (JsonException | IllegalArgumentException e) {
            return Response.text(422, "text/plain", "Failed to deserialize the JSON body into the target type: " + e.getMessage());
        }
        return transfer(recipient);
    }

    private Response transfer(Address recipient) throws InterruptedException {
        if (!turn.tryLock(LOCK_WAIT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
            return Response.text(503, "text/plain", "The faucet is too busy");
        }
        try {
            SignedTransaction signed = SignedTransaction.sign(transaction(recipient), key);
            ExecutedTransaction executed = ledger.execute(signed.transaction(), signed.signatures());
            if (executed.effects().status() instanceof ExecutionStatus.Failure(var error, var _)) return failure(error.toString());
            return Response.json(Json.object("status", "Success", "coins_sent", sent(executed, recipient)));
        } catch (Rejection | IllegalStateException refused) {
            return failure(refused.getMessage());
        } finally {
            turn.unlock();
        }
    }

    private TransactionData transaction(Address recipient) {
        LedgerObject coin = ledger.owned(account, java.util.Optional.of(StructTag.SUI_COIN), java.util.Optional.empty(), 1).items().stream()
                .findFirst().orElseThrow(() -> new IllegalStateException("the faucet has no coin left"));
        List<Argument> coins = new ArrayList<>();
        for (int i = 0; i < COINS; i++) coins.add(new Argument.NestedResult(0, i));
        var to = new BcsWriter(32);
        recipient.write(to);
        List<CallArg> inputs = List.of(CallArg.pure(new BcsWriter(8).u64(AMOUNT)), CallArg.pure(to));
        List<Command> commands = List.of(
                new Command.SplitCoins(new Argument.GasCoin(), java.util.Collections.nCopies(COINS, new Argument.Input(0))),
                new Command.TransferObjects(coins, new Argument.Input(1)));
        var gas = new GasData(List.of(coin.ref()), account, ledger.referenceGasPrice(), GAS_BUDGET);
        return new TransactionData(inputs, commands, account, gas, new Expiration.None());
    }

    private static List<Map<String, Object>> sent(ExecutedTransaction executed, Address recipient) {
        var owner = new Owner.AddressOwner(recipient);
        return executed.after().stream().filter(coin -> coin.owner().equals(owner) && coin.balance().orElse(0) == AMOUNT)
                .map(coin -> Json.object("amount", AMOUNT, "id", coin.id().toString(), "transferTxDigest", executed.digest().toString()))
                .toList();
    }

    private static Response failure(String reason) {
        return Response.json(500, Json.object("status", Map.of("Failure", Map.of("internal", reason)), "coins_sent", null));
    }
}
