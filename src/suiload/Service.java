package suiload;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.http.AdminToken;
import suiload.http.HttpConfig;
import suiload.http.HttpService;
import suiload.http.JdkServerProperties;
import suiload.http.Routes;
import suiload.messaging.Contract;
import suiload.messaging.Messaging;
import suiload.messaging.MessagingConfig;
import suiload.messaging.MessagingRoutes;
import suiload.metrics.Deadline;
import suiload.metrics.Log;
import suiload.metrics.Metrics;
import suiload.metrics.ProcessMetrics;
import suiload.store.CannotStart;
import suiload.store.DataFolder;
import suiload.store.Database;
import suiload.store.DatabaseConfig;
import suiload.store.EmbeddedPostgres;
import suiload.store.Schema;
import suiload.sui.Cause;
import suiload.sui.Node;
import suiload.sui.NodeConfig;
import suiload.transactions.Purpose;
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

/**
 * The wiring: starts every part after those it leans on, and enters into the shutdown script how each is stopped, so that
 * parts stop in the reverse order: first the door, at last the data folder.
 */
final class Service {
    /** The messaging SDK's package on testnet and mainnet, and on the embedded network (facts: messaging-contract.md). */
    private static final String PACKAGE = "0x984960ebddd75c15c6d38355ac462621db0ffc7d6647214c802cd3b685e1af3d";
    private static final Duration NODE_WAIT = Duration.ofSeconds(20);
    /** A request ends within its deadline and a bit; after the drain everything else gets a few seconds. */
    private static final Duration DRAIN_EXTRA = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofSeconds(3);
    private static final Duration CHILD_STEP = Duration.ofSeconds(14);

    private final Settings settings;
    private final Path home;
    private final ShutdownScript shutdown;
    private final Metrics metrics = new Metrics();
    private final SecureRandom random = new SecureRandom();
    private final Routes routes = new Routes();

    private Service(Settings settings, Path home, ShutdownScript shutdown) {
        this.settings = settings;
        this.home = home;
        this.shutdown = shutdown;
    }

    /** What a running service tells about itself. */
    record Running(int port, URI node, Optional<EmbeddedNetwork> embedded, List<Routes.Route> routes) {}

    /** The database, and the network with the account that pays on it. */
    private record Network(URI first, List<URI> nodes, Optional<SecretKey> fundingKey, Optional<EmbeddedNetwork> embedded) {}

    /** @throws CannotStart in one line; what was started by then is in the shutdown script */
    static Running start(Settings settings, Path home, ShutdownScript shutdown) throws IOException {
        return new Service(settings, home, shutdown).start();
    }

    private Running start() throws IOException {
        NodeClients.require(settings.text(Setting.NODE_CLIENT));
        JdkServerProperties.readLimit(settings.time(Setting.REQUEST_TIMEOUT).toSeconds());
        PortCheck.free(settings.text(Setting.HOST), settings.integer(Setting.PORT));
        DataFolder folder = DataFolder.open(home.resolve(settings.text(Setting.DATA_DIR)), "suiload serve on port " + settings.text(Setting.PORT));
        shutdown.add("data_folder", STEP, folder::close);
        ProcessMetrics.register(metrics);
        Network network;
        Database database;
        // Both children take their time to start, and neither needs the other.
        try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Network> networkStart = CompletableFuture.supplyAsync(() -> network(folder.path()), starters);
            database = database(folder.path());
            network = joined(networkStart);
        }
        Node node = node(network);
        ChainBinding.check(database, node.because(Cause.HEALTH).info(Deadline.after(NODE_WAIT)).chainId().toString());
        return new Running(serve(database, node, network, folder.path()), network.first(), network.embedded(), routes.all());
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private Database database(Path data) {
        DatabaseConfig config = settings.optional(Setting.DATABASE_URL).map(DatabaseConfig::parse).orElseGet(() -> {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("build/postgres"), data.resolve("postgres"));
            shutdown.add("postgres", CHILD_STEP, postgres::close);
            return postgres.config();
        });
        Database database = Database.open(config.withConnections(settings.integer(Setting.DATABASE_POOL)), metrics);
        shutdown.add("database", STEP, database::close);
        Schema.migrate(database, home.resolve("conf/schema"));
        return database;
    }

    private Network network(Path data) {
        Optional<SecretKey> own = settings.optional(Setting.FUNDING_SECRET_KEY).map(SecretKey::parse);
        if (!settings.embeddedNetwork()) {
            List<URI> nodes = settings.fullNodes();
            return new Network(nodes.getFirst(), nodes, own, Optional.empty());
        }
        EmbeddedNetwork embedded = EmbeddedNetwork.start(settings, home, data);
        shutdown.add("localnet", CHILD_STEP, embedded::close);
        NetworkFaults faults = NetworkFaults.register(embedded.uri(), metrics);
        shutdown.add("localnet_metrics", STEP, faults::close);
        return new Network(embedded.uri(), List.of(embedded.uri()), Optional.of(own.orElseGet(embedded::fundingKey)), Optional.of(embedded));
    }

    private Node node(Network network) {
        NodeConfig config = NodeConfig.of(network.nodes()).withCallsInFlight(settings.integer(Setting.NODE_MAX_IN_FLIGHT));
        Node node = NodeClients.open(settings.text(Setting.NODE_CLIENT), settings.optional(Setting.FULLNODE_API_KEY)
                .map(key -> config.withApiKey(settings.text(Setting.FULLNODE_API_KEY_HEADER), key)).orElse(config), metrics);
        if (settings.flag(Setting.FEED) && node.checkpoints().isEmpty()) {
            Log.info("feed.none", "node_client", settings.text(Setting.NODE_CLIENT),
                    "channels_read_every", settings.text(Setting.READ_CACHE_INTERVAL));
        }
        shutdown.add("node", STEP, node::close);
        return node;
    }

    /** The port that was bound. */
    private int serve(Database database, Node node, Network network, Path data) throws IOException {
        var store = new UserStore(database);
        var sealing = new Sealing(MasterKeyFile.open(data.resolve("master.key"), store, random), random);
        var vault = new UserVault(store, sealing);
        var fundingPurpose = new FundingPurpose(store, network.fundingKey());
        Messaging messaging = Messaging.open(messagingConfig(), node, database, vault, InstantSource.system(), random, metrics);
        List<Purpose> purposes = new ArrayList<>(messaging.purposes());
        var drainPurpose = new DrainPurpose(store, vault);
        purposes.addAll(List.of(fundingPurpose, drainPurpose));
        Transactions transactions = Transactions.open(database, node, purposes, metrics);
        shutdown.add("transactions", settings.time(Setting.REQUEST_DEADLINE), transactions::close);
        shutdown.add("messaging", STEP, messaging::close);
        messaging.start();
        KeyWork keyWork = KeyWork.ofThisMachine();
        shutdown.add("key_work", STEP, keyWork::close);

        var money = new UserRoutes.Money(new Funding(store, transactions, fundingPurpose, random),
                new Draining(store, vault, transactions, drainPurpose));
        var once = new Once(transactions.idempotency());
        SystemRoutes.register(routes, settings, database, node, metrics);
        ApiDocs.register(routes, home.resolve("conf/openapi.json"), Version.text());
        UserRoutes.register(routes, new UserRoutes.Parts(database, store, sealing, keyWork, money, once, transactions.references()),
                new UserRoutes.Rules(settings.flag(Setting.ALLOW_REMOTE_SECRETS), network.fundingKey()), random);
        MessagingRoutes.register(routes, messaging, transactions, vault, random);
        return open();
    }

    private int open() throws IOException {
        try {
            HttpService http = HttpService.start(httpConfig(), routes, ErrorTable::answer, metrics);
            shutdown.announceBy(http::endReadiness);
            shutdown.add("http", settings.time(Setting.REQUEST_DEADLINE).plus(DRAIN_EXTRA),
                    () -> http.drain(settings.time(Setting.REQUEST_DEADLINE).plusSeconds(1)));
            http.ready();
            return http.port();
        } catch (BindException e) {
            throw PortCheck.taken(settings.text(Setting.HOST), settings.integer(Setting.PORT), e);
        }
    }

    private MessagingConfig messagingConfig() {
        Contract contract = Contract.of(Address.parse(settings.optional(Setting.PACKAGE_ID).orElse(PACKAGE)));
        return new MessagingConfig(contract, settings.flag(Setting.FEED), settings.time(Setting.READ_CACHE_INTERVAL),
                settings.number(Setting.MESSAGE_CACHE_MIB) << 20);
    }

    private HttpConfig httpConfig() {
        HttpConfig standard = HttpConfig.service(settings.text(Setting.HOST), settings.integer(Setting.PORT));
        HttpConfig.Guard guard = standard.guard().orElseThrow();
        var own = new HttpConfig.Guard(settings.integer(Setting.MAX_CONCURRENT_REQUESTS), guard.waiting(), settings.time(Setting.ADMISSION_WAIT),
                settings.time(Setting.REQUEST_DEADLINE), guard.streams(), settings.optional(Setting.ADMIN_TOKEN).map(AdminToken::of));
        return standard.withGuard(own).withAccessLog(settings.flag(Setting.ACCESS_LOG));
    }
}
