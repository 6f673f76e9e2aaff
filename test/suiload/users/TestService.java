package suiload.users;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import suiload.chain.StructTag;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.localnet.Localnet;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.TestDatabase;
import suiload.sui.GrpcNode;
import suiload.sui.Node;
import suiload.sui.NodeConfig;
import suiload.transactions.SendException;
import suiload.transactions.Transactions;

/** Users' part of the service, with a real database and a real embedded network in calm weather. */
final class TestService implements AutoCloseable {
    final Path folder = TestDatabase.folder("users");
    final Metrics metrics = new Metrics();
    final SecureRandom random = new SecureRandom();
    final Localnet network;
    final Node chain;
    final SecretKey funding;
    final Database database = TestDatabase.open();
    final UserStore store = new UserStore(database);
    final MasterKeyFile masterKeys = MasterKeyFile.open(folder.resolve("master.key"), random);
    final Sealing sealing = new Sealing(masterKeys, random);
    final UserVault vault = new UserVault(store, sealing);
    final FundingPurpose purpose;
    final DrainPurpose drainPurpose = new DrainPurpose(store, vault);
    private final KeyWork work = new KeyWork(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpService http;
    Transactions transactions;
    Funding fundingDesk;
    Draining draining;

    TestService() throws IOException {
        this(node -> node);
    }

    /** @param faults stands between the service and the network */
    TestService(UnaryOperator<Node> faults) throws IOException {
        network = Localnet.start(new Localnet.Options(0, 0, folder.resolve("localnet"), TestDatabase.HOME.resolve("conf/weather"), "calm", 1));
        chain = GrpcNode.open(NodeConfig.of(List.of(URI.create("http://127.0.0.1:" + network.port()))), metrics);
        funding = SecretKey.parse(Files.readString(network.fundingKey()).strip());
        purpose = new FundingPurpose(store, Optional.of(funding));
        startTransactions(faults.apply(chain));
        var routes = new Routes();
        UserRoutes.register(routes, new UserRoutes.Parts(database, store, sealing, work, new UserRoutes.Money(fundingDesk, draining),
                new Once(transactions.idempotency()), transactions.references()), new UserRoutes.Rules(false, Optional.of(funding)), random);
        http = HttpService.start(HttpConfig.service("127.0.0.1", 0), routes, TestService::error, metrics);
        http.ready();
    }

    /** As after a restart: what the database holds is all that is known. */
    void startTransactions(Node node) {
        transactions = Transactions.open(database, node, List.of(purpose, drainPurpose), metrics);
        fundingDesk = new Funding(store, transactions, purpose, random);
        draining = new Draining(store, vault, transactions, drainPurpose);
    }

    private static HttpError error(Throwable failure) {
        return failure instanceof SendException.DeadlineExpired ? HttpError.timeout() : HttpError.internal();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    Json generate(String variant, int count) throws IOException, InterruptedException {
        return Json.parse(post("/users/generate/" + variant + "?count=" + count, "").body());
    }

    /** How many SUI coins an account has on chain: funded once is one. */
    int coins(Address owner) {
        return chain.owned(owner, StructTag.SUI_COIN, Optional.empty(), 10, Deadline.never()).items().size();
    }

    @Override
    public void close() {
        client.close();
        http.close();
        transactions.close();
        work.close();
        database.close();
        chain.close();
        network.close();
    }
}
