package suiload.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import suiload.json.Json;

/**
 * A stand-in for the service: its routes over the JDK's server, its state in memory, and faults on request. It is not the
 * service and checks nothing that only the chain could know.
 */
public final class StandIn implements AutoCloseable {
    /** What to do with a request before it is handled. */
    public enum Trouble { NONE, BUSY, DROP, DROP_AFTER, STALL_BODY, RATE_LIMITED, DEADLINE, LATE, GARBLED }

    /** Decides on trouble; {@code number} counts the requests of this route. */
    public interface Troubles {
        Trouble of(String methodAndPath, int number);
    }

    private record Kept(int status, byte[] body) {}

    private record Chan(String id, String table, List<String> members, List<Map<String, Object>> messages) {}

    /** Before an address: the secret key that stands for that user here. */
    private static final String KEY_OF = "key of ";
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<String>> users = new HashMap<>();
    private final Map<String, Boolean> funded = new HashMap<>();
    private final Map<String, Chan> channels = new LinkedHashMap<>();
    /** Messages that are carried out only when somebody asks what became of them. */
    private final List<byte[]> late = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Kept> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private volatile Troubles troubles = (path, number) -> Trouble.NONE;
    private volatile long sendMillis = 5;
    private volatile int stallAt = Integer.MAX_VALUE;
    private volatile long stallMillis;
    private volatile long stalledSince;
    private volatile String network = "embedded";
    private volatile Supplier<Duration> delays = () -> Duration.ZERO;
    private volatile boolean losesMessages;
    private volatile boolean doublesMessages;
    private volatile Map<String, String> times = Map.of("X-Internal-Duration", "1");
    private volatile int fundedAtOnce = Integer.MAX_VALUE;
    private volatile int fundedMax = Integer.MAX_VALUE;
    public final AtomicInteger executed = new AtomicInteger();

    private StandIn(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 4096);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static StandIn start() throws IOException {
        return new StandIn(0);
    }

    /** On the port given, 0 for any free one: prints it and serves until its input ends. */
    public static void main(String[] args) throws IOException {
        try (StandIn service = new StandIn(Integer.parseInt(args[0]))) {
            System.out.println(service.port());
            System.in.readAllBytes();
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public StandIn withTroubles(Troubles wanted) {
        troubles = wanted;
        return this;
    }

    /** The network that it says it is on. */
    public StandIn on(String name) {
        network = name;
        return this;
    }

    /** How many users there are. */
    public int users() {
        synchronized (this) {
            return users.values().stream().mapToInt(List::size).sum();
        }
    }

    public StandIn withSendMillis(long millis) {
        sendMillis = millis;
        return this;
    }

    /** Answers of the API's routes come so much later. */
    public StandIn withDelays(Supplier<Duration> wanted) {
        delays = wanted;
        return this;
    }

    /** What it says that a request took, in milliseconds: all of it, and waiting for the chain. */
    StandIn withTimes(int service, int chain) {
        times = Map.of("X-Internal-Duration", Integer.toString(service), "X-Contract-Duration", Integer.toString(chain));
        return this;
    }

    /** Every tenth message is acknowledged but never stored, a late one never. */
    public StandIn losing() {
        losesMessages = true;
        return this;
    }

    /** Funds so many users a call, and so many in all. */
    public StandIn withFunds(int atOnce, int max) {
        fundedAtOnce = atOnce;
        fundedMax = max;
        return this;
    }

    /** Active users without coins that former runs left. */
    public StandIn withUnfunded(int count) {
        synchronized (this) {
            generate("active", count);
        }
        return this;
    }

    /** Every tenth message is stored twice. */
    public StandIn doubling() {
        doublesMessages = true;
        return this;
    }

    /** From the n-th message on, every message waits until {@code millis} after that one came. */
    public StandIn withStall(int message, long millis) {
        stallAt = message;
        stallMillis = millis;
        return this;
    }

    /** How often a route was asked: {@code POST /contract/channel/message}. Ids in paths are written {@code *}. */
    public int asked(String route) {
        return counts.getOrDefault(route, new AtomicInteger()).get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String route = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath().replaceAll("/0x[0-9a-f]+", "/*");
        int number = counts.computeIfAbsent(route, r -> new AtomicInteger()).incrementAndGet();
        Trouble trouble = troubles.of(route, number);
        switch (trouble) {
            case DROP -> exchange.close();
            case BUSY -> refuse(exchange, 503, "no_permit");
            case RATE_LIMITED -> refuse(exchange, 429, "rate_limited");
            case DEADLINE -> {
                Json.parse(answer(exchange, body).body()).find("digest").map(Json::asString)
                        .ifPresent(digest -> exchange.getResponseHeaders().set("X-Transaction-Digest", digest));
                refuse(exchange, 408, "deadline");
            }
            case LATE -> {
                late.add(body);
                exchange.getResponseHeaders().set("X-Transaction-Digest", "late");
                refuse(exchange, 408, "deadline");
            }
            case DROP_AFTER -> {
                answer(exchange, body);
                exchange.close();
            }
            case STALL_BODY -> stall(exchange);
            case GARBLED -> write(exchange, 200, Json.bytes(Json.object("oops", 1)));
            case NONE -> {
                if (!route.matches("GET /(metrics|health.*)?")) pause(delays.get());
                Kept kept = answer(exchange, body);
                times.forEach(exchange.getResponseHeaders()::set);
                if (exchange.getRequestMethod().equals("POST")) exchange.getResponseHeaders().set("X-Gas-Cost", "3881008");
                write(exchange, kept.status(), kept.body());
            }
        }
    }

    private Kept answer(HttpExchange exchange, byte[] body) {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null) return dispatch(exchange, body);
        return answers.computeIfAbsent(exchange.getRequestURI().getPath() + " " + key, k -> dispatch(exchange, body));
    }

    private static void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write(new byte[10]);
        exchange.getResponseBody().flush();
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", "0");
        write(exchange, status, Json.bytes(Json.object("error", "refused", "details", "on request", "code", code)));
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Kept dispatch(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange.getRequestURI().getQuery());
        if (path.equals("/contract/channel/message")) return send(Json.parse(body));
        synchronized (this) {
            return switch (exchange.getRequestMethod() + " " + path) {
                case "GET /" -> ok(Json.object("status", "healthy", "service", "User Provisioning Service", "version", "stand-in",
                        "network", network));
                case "GET /health/ready" -> ok(Json.object("status", "ready"));
                case "GET /metrics" -> new Kept(200, metrics().getBytes(StandardCharsets.UTF_8));
                case "GET /users" -> list(query, false);
                case "GET /users/with-secrets" -> list(query, true);
                case "POST /users/generate/active", "POST /users/generate/passive" ->
                        generate(path.substring(path.lastIndexOf('/') + 1), Integer.parseInt(query.getOrDefault("count", "1")));
                case "POST /users/fund" -> fund();
                case "POST /users/drain" -> drain();
                case "POST /contract/channel" -> create(Json.parse(body));
                default -> read(path, query);
            };
        }
    }

    private String metrics() {
        return "# HELP x\nsuiload_process_cpu_seconds_total " + System.nanoTime() / 1e10
                + "\nsuiload_process_resident_bytes 1.0E8\nsuiload_http_connections 5\n"
                + "suiload_node_calls_total{method=\"ExecuteTransaction\",cause=\"send\"} " + executed.get() + "\n";
    }

    private Kept list(Map<String, String> query, boolean secrets) {
        List<String> all = new ArrayList<>(users.getOrDefault(query.get("variant"), List.of()));
        Collections.reverse(all);
        if (query.containsKey("is_funded")) all.removeIf(address -> funded.getOrDefault(address,
                false) != Boolean.parseBoolean(query.get("is_funded")));
        int from = query.containsKey("after") ? all.indexOf(query.get("after")) + 1 : 0;
        List<String> page = all.subList(from, Math.min(all.size(), from + Integer.parseInt(query.get("limit"))));
        String next = page.isEmpty() || from + page.size() == all.size() ? null : page.getLast();
        return ok(Json.object("items", page.stream().map(address -> item(address, query.get("variant"), secrets)).toList(),
                "total", all.size(), "next", next));
    }

    private static Map<String, Object> item(String address, String variant, boolean secret) {
        Map<String, Object> item = Json.object("sui_address", address, "user_variant", variant);
        if (secret) item.put("secret_key", KEY_OF + address);
        return item;
    }

    /** A request names its user by address or by secret key. */
    private static String address(Json request) {
        return request.find("sui_address").map(Json::asString)
                .orElseGet(() -> request.string("secret_key").substring(KEY_OF.length()));
    }

    private Kept generate(String variant, int count) {
        for (int i = 0; i < count; i++) users.computeIfAbsent(variant, v -> new ArrayList<>())
                .add(id(variant.charAt(0) == 'a' ? 1 : 2, users.get(variant).size()));
        return ok(Json.object("message", count + " generated"));
    }

    /** The oldest first. */
    private Kept fund() {
        List<String> unfunded = users.getOrDefault("active", List.of()).stream().filter(address -> !funded.getOrDefault(address, false))
                .limit(Math.min(fundedAtOnce, fundedMax - funded.values().stream().filter(is -> is).count())).toList();
        unfunded.forEach(address -> funded.put(address, true));
        return ok(Json.object("message", "done", "fundingResult", Json.object("successCount", unfunded.size(), "failedCount", 0,
                "errors", List.of())));
    }

    /** Three users a call. */
    private Kept drain() {
        List<String> some = users.getOrDefault("active", List.of()).stream().filter(funded::get).limit(3).toList();
        some.forEach(address -> funded.put(address, false));
        long left = funded.values().stream().filter(is -> is).count();
        return ok(Json.object("message", "done", "drainResult", Json.object("successCount", some.size(), "failedCount", 0,
                "totalReturned", Long.toString(some.size() * 1_500_000_000L), "remaining", left, "errors", List.of())));
    }

    private Kept create(Json request) {
        List<String> members = new ArrayList<>(List.of(address(request)));
        request.list("initial_members").forEach(member -> members.add(member.asString()));
        Chan channel = new Chan(id(3, channels.size()), id(4, channels.size()), members, Collections.synchronizedList(new ArrayList<>()));
        channels.put(channel.id(), channel);
        executed.incrementAndGet();
        return ok(Json.object("channel", Json.object("channelId", channel.id(), "messagesTableId", channel.table(), "memberCaps",
                members.stream().map(m -> Json.object("address", m, "memberCapId", cap(channel, m))).toList())));
    }

    private void stall(int message) {
        if (message >= stallAt && stalledSince == 0) stalledSince = System.nanoTime();
        long since = stalledSince;
        if (since != 0) pause(Duration.ofMillis(stallMillis).minusNanos(System.nanoTime() - since));
    }

    private Kept send(Json request) {
        stall(asked("POST /contract/channel/message"));
        pause(Duration.ofMillis(sendMillis));
        Chan channel;
        synchronized (this) {
            channel = channels.get(request.string("channel_id"));
        }
        int number = executed.incrementAndGet();
        boolean special = number % 10 == 0;
        if (!(losesMessages && special)) store(channel, request);
        if (doublesMessages && special) store(channel, request);
        return ok(Json.object("message", "sent", "digest", "d" + number, "gasCost", "3881008"));
    }

    private static void store(Chan channel, Json request) {
        synchronized (channel.messages()) {
            channel.messages().add(Json.object("index", Integer.toString(channel.messages().size()), "sender",
                    address(request), "ciphertext",
                    Base64.getEncoder().encodeToString(request.string("message").getBytes(StandardCharsets.UTF_8))));
        }
    }

    private Kept read(String path, Map<String, String> query) {
        String[] parts = path.split("/");
        if (path.matches("/contract/channel/memberships/0x[0-9a-f]+")) return memberships(parts[4], false);
        if (path.matches("/contract/channel/memberships/0x[0-9a-f]+/with-metadata")) return memberships(parts[4], true);
        if (path.matches("/contract/messages/table/0x[0-9a-f]+")) {
            return messages(channels.values().stream().filter(c -> c.table().equals(parts[4])).findFirst().orElseThrow(), query);
        }
        if (path.equals("/contract/transactions/late")) return carriedOut();
        if (path.matches("/contract/channel/0x[0-9a-f]+/messages")) return messages(channels.get(parts[3]), query);
        if (path.matches("/contract/channel/0x[0-9a-f]+")) return ok(Json.object("channel", about(channels.get(parts[3]))));
        return new Kept(404, Json.bytes(Json.object("error", "no such path", "code", "not_found")));
    }

    private Kept carriedOut() {
        late.forEach(body -> {
            Json request = Json.parse(body);
            if (!losesMessages) store(channels.get(request.string("channel_id")), request);
        });
        late.clear();
        return ok(Json.object("status", "executed"));
    }

    private Kept memberships(String address, boolean metadata) {
        List<Object> items = new ArrayList<>();
        channels.values().stream().filter(c -> c.members().contains(address)).forEach(c -> {
            Map<String, Object> item = Json.object("memberCapId", cap(c, address), "channelId", c.id());
            if (metadata) item.put("channel", about(c));
            items.add(item);
        });
        return ok(Json.object("message", "found", "memberships", items, "next", null));
    }

    private static Map<String, Object> about(Chan channel) {
        return Json.object("id", channel.id(), "messagesTableId", channel.table(), "messagesCount",
                Integer.toString(channel.messages().size()));
    }

    private static Kept messages(Chan channel, Map<String, String> query) {
        synchronized (channel.messages()) {
            int end = query.containsKey("before") ? Integer.parseInt(query.get("before")) : channel.messages().size();
            List<Map<String, Object>> latest = new ArrayList<>(channel.messages()
                    .subList(Math.max(0, end - Integer.parseInt(query.getOrDefault("limit", "10"))), end));
            Collections.reverse(latest);
            return ok(Json.object("message", "found", "messages", latest));
        }
    }

    private static String cap(Chan channel, String member) {
        return "0x" + Integer.toHexString(channel.id().hashCode()) + member.substring(2);
    }

    private static String id(int kind, int number) {
        return String.format("0x%d%063x", kind, number);
    }

    private static Kept ok(Object body) {
        return new Kept(200, Json.bytes(body));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        if (text != null) for (String pair : text.split("&")) query.put(pair.substring(0, pair.indexOf('=')),
                pair.substring(pair.indexOf('=') + 1));
        return query;
    }
}
