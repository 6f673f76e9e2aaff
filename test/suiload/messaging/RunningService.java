package suiload.messaging;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.chain.Address;
import suiload.chain.StructTag;
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
import suiload.store.DatabaseConfig;
import suiload.store.TestDatabase;
import suiload.sui.GrpcNode;
import suiload.sui.NodeConfig;
import suiload.sui.NodeException;
import suiload.transactions.Purpose;
import suiload.transactions.SendException;
import suiload.transactions.Transactions;
import suiload.users.DrainPurpose;
import suiload.users.Draining;
import suiload.users.Funding;
import suiload.users.FundingPurpose;
import suiload.users.KeyWork;
import suiload.users.MasterKeyFile;
import suiload.users.Once;
import suiload.users.Sealing;
import suiload.users.UserRoutes;
import suiload.users.UserStore;
import suiload.users.UserVault;

/** Users and messaging, wired as in the service, on a real embedded network and a real database, behind a real socket. */
final class RunningService implements AutoCloseable {
    static final Contract CONTRACT =
            Contract.of(Address.parse("0x984960ebddd75c15c6d38355ac462621db0ffc7d6647214c802cd3b685e1af3d"));

    /** One answer. */
    record Answer(int status, Json json, HttpResponse<byte[]> response) {
        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    /** What outlives a restart of the service. */
    static final class World implements AutoCloseable {
        final Localnet network;
        final DatabaseConfig database = TestDatabase.config();
        final Path folder = TestDatabase.folder("messaging");
        final SecretKey funds;

        World(String weather) throws IOException {
            Path weathers = TestDatabase.HOME.resolve("conf/weather");
            network = Localnet.start(new Localnet.Options(0, 0, folder.resolve("localnet"), weathers, weather, 1));
            funds = SecretKey.parse(Files.readString(network.fundingKey()).strip());
        }

        private World(World other) {
            network = other.network;
            funds = other.funds;
        }

        /** @param changes keys of the weather and the values they have instead of the file's */
        void weather(String name, Map<String, String> changes) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + network.port() + "/weather"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Json.object("name", name, "changes", changes)))).build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) throw new AssertionError(answer.body());
            }
        }

        /** Another database on the same network. */
        World beside() {
            return new World(this);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    final Metrics metrics = new Metrics();
    final Messaging messaging;
    private final Database database;
    private final GrpcNode node;
    private final Transactions transactions;
    private final KeyWork work = new KeyWork(1);
    private final HttpService http;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningService(World world, MessagingConfig config) throws IOException {
        var random = new SecureRandom();
        database = Database.open(world.database, metrics);
        node = GrpcNode.open(NodeConfig.of(List.of(URI.create("http://127.0.0.1:" + world.network.port()))), metrics);
        var store = new UserStore(database);
        var sealing = new Sealing(MasterKeyFile.open(world.folder.resolve("master.key"), store, random), random);
        var vault = new UserVault(store, sealing);
        var funding = new FundingPurpose(store, Optional.of(world.funds));
        messaging = Messaging.open(config, node, database, vault, InstantSource.system(), random, metrics);
        List<Purpose> purposes = new ArrayList<>(messaging.purposes());
        var drain = new DrainPurpose(store, vault);
        purposes.addAll(List.of(funding, drain));
        transactions = Transactions.open(database, node, purposes, metrics);
        messaging.start();

        var routes = new Routes();
        var money = new UserRoutes.Money(new Funding(store, transactions, funding, random),
                new Draining(store, vault, transactions, drain));
        var parts = new UserRoutes.Parts(database, store, sealing, work, money, new Once(transactions.idempotency()),
                transactions.references());
        UserRoutes.register(routes, parts, new UserRoutes.Rules(false, Optional.of(world.funds)), random);
        MessagingRoutes.register(routes, messaging, transactions, vault, random);
        http = HttpService.start(HttpConfig.service("127.0.0.1", 0), routes, RunningService::error, metrics);
        http.ready();
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    Answer post(String path, Object body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        return send(request);
    }

    /** Addresses of new users; active ones are funded. */
    List<String> users(String variant, int count) throws IOException, InterruptedException {
        List<String> users = ok(post("/users/generate/" + variant + "?count=" + count, Map.of())).list("users").stream()
                .map(user -> user.string("sui_address")).toList();
        if (variant.equals("active")) ok(post("/users/fund", Map.of("amount_per_user", 2_000_000_000L)));
        return users;
    }

    static Json ok(Answer answer) {
        if (answer.status != 200) throw new AssertionError(answer.status + " " + answer.json);
        return answer.json;
    }

    /** MIST of an address, as the chain has it. */
    long balance(String address) {
        return node.owned(Address.parse(address), StructTag.SUI_COIN, Optional.empty(), 50, Deadline.after(Duration.ofSeconds(10))).items()
                .stream().mapToLong(coin -> BcsReader.decode(coin.contents().toArray(), in -> {
                    Address.read(in);
                    return in.u64();
                })).sum();
    }

    /** Calls to the node so far, but for the feed's and health's. */
    long nodeCalls(String... causes) {
        long sum = 0;
        for (String line : metrics.prometheus().lines().filter(each -> each.startsWith("suiload_node_calls_total{")).toList()) {
            long count = Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
            for (String cause : causes) if (line.contains("cause=\"" + cause + "\"")) sum += count;
        }
        return sum;
    }

    /** Whether the newest checkpoint has been heard of within two seconds: their interval is a quarter of one. */
    boolean feedIsFresh() {
        return metrics.prometheus().lines().filter(line -> line.startsWith("suiload_feed_silence_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1))).anyMatch(silence -> silence < 2);
    }

    void feedFollows() throws InterruptedException {
        StandInNode.await(this::feedIsFresh, "the feed follows");
    }

    @Override
    public void close() {
        http.close();
        messaging.close();
        transactions.close();
        work.close();
        node.close();
        database.close();
        client.close();
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), Json.parse(response.body()), response);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + http.port() + path);
    }

    private static HttpError error(Throwable failure) {
        return switch (failure) {
            case HttpError error -> error;
            case SendException.DeadlineExpired late -> HttpError.timeout();
            case NodeException away -> HttpError.badGateway("node", away.getMessage());
            case SendException.NotOnChain missing -> HttpError.notFound("Object", missing.getMessage());
            case SendException.KeyReused reused -> HttpError.unprocessable("idempotency_key_reused", "reused", reused.getMessage());
            default -> {
                failure.printStackTrace();
                yield HttpError.internal();
            }
        };
    }
}
