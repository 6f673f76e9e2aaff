package suiload.localnet;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import suiload.chain.Address;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Policy;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.metrics.Metrics;

/** A running embedded network: ledger, node and faucet, on loopback. */
public final class Localnet implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    /** Where a running network says how it is reached: read by the weather command. */
    static final String ENDPOINT_FILE = "endpoint.json";
    private static final String KEY_FILE = "funding.key";

    /**
     * @param port of the node; 0 for a free one, as is the faucet's
     * @param data its folder; the ledger is in it, the key of the funded account and where it is reached
     * @param weatherFolder {@code conf/weather}
     * @param seed of the weather's chances
     */
    public record Options(int port, int faucetPort, Path data, Path weatherFolder, String weather, long seed) {}

    private final Ledger ledger;
    private final Weather weather;
    private final Path fundingKey;
    private final HttpService node;
    private final HttpService faucet;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Localnet(Ledger ledger, Weather weather, Path fundingKey, HttpService node, HttpService faucet) {
        this.ledger = ledger;
        this.weather = weather;
        this.fundingKey = fundingKey;
        this.node = node;
        this.faucet = faucet;
    }

    /**
     * Opens the ledger and answers at once.
     *
     * @throws LedgerException          when the folder is in use or damaged
     * @throws IllegalArgumentException when there is no such weather
     * @throws IOException              when a port is taken or a file cannot be written
     */
    public static Localnet start(Options options) throws IOException {
        Climate climate = Climate.load(options.weatherFolder, options.weather);
        Files.createDirectories(options.data);
        Ledger ledger = Ledger.open(LedgerConfig.in(options.data.resolve("ledger")));
        try {
            return start(options, climate, ledger);
        } catch (IOException | RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    private static Localnet start(Options options, Climate climate, Ledger ledger) throws IOException {
        var metrics = new Metrics();
        var weather = new Weather(climate, options.seed, System::nanoTime, metrics);
        Path key = writeKey(options.data, ledger);
        var passage = new Passage(ledger, weather, new RecentChanges(System::nanoTime));
        HttpService node = listen(options.port, nodeRoutes(options, ledger, weather, passage, metrics), metrics);
        try {
            var routes = new Routes();
            new Faucet(ledger).addTo(routes);
            HttpService faucet = listen(options.faucetPort, routes, metrics);
            long pid = ProcessHandle.current().pid();
            Map<String, Object> endpoint = Json.object("port", node.port(), "faucet_port", faucet.port(), "pid", pid);
            replace(options.data.resolve(ENDPOINT_FILE), Json.pretty(endpoint));
            return new Localnet(ledger, weather, key, node, faucet);
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static Routes nodeRoutes(Options options, Ledger ledger, Weather weather, Passage passage, Metrics metrics) {
        var routes = new Routes();
        new Front(ledger, passage, System::nanoTime, metrics).addTo(routes);
        new JsonRpcFront(ledger, passage, metrics).addTo(routes);
        new WeatherControl(options.weatherFolder, weather).addTo(routes);
        routes.add("GET", "/health", Policy.OPEN, request -> Response.text(200, "text/plain", "up"));
        routes.add("GET", "/metrics", Policy.OPEN, request -> Response.text(200, Metrics.CONTENT_TYPE, metrics.prometheus()));
        return routes;
    }

    private static HttpService listen(int port, Routes routes, Metrics metrics) throws IOException {
        try {
            return HttpService.start(HttpConfig.plain(HOST, port), routes, bug -> HttpError.internal(), metrics);
        } catch (java.net.BindException e) {
            throw new IOException("port " + port + " is in use on " + HOST, e);
        }
    }

    /** Readable by its owner only, from the first moment on. */
    private static Path writeKey(Path data, Ledger ledger) throws IOException {
        Path file = data.resolve(KEY_FILE);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException kept) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(file, ledger.fundedKey().text() + "\n");
        return file.toAbsolutePath();
    }

    private static void replace(Path file, String content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, content);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    public int port() {
        return node.port();
    }

    public int faucetPort() {
        return faucet.port();
    }

    /** File with the secret key of an account that is rich here; mode 0600. */
    public Path fundingKey() {
        return fundingKey;
    }

    /** The account of {@link #fundingKey}. */
    public Address fundingAddress() {
        return Address.ofPublicKey(ledger.fundedKey().publicKey());
    }

    public String chainId() {
        return ledger.chainId().toString();
    }

    /** Name of the weather that now is. */
    public String weather() {
        return weather.climate().name();
    }

    Ledger ledger() {
        return ledger;
    }

    /** Stops answering, then closes the ledger; once. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        faucet.close();
        node.close();
        ledger.close();
    }
}
