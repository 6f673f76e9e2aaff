package suiload.torture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import suiload.crypto.SecretKey;
import suiload.json.Json;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.EmbeddedPostgres;

/** K1: canary keys, in use for sending and funding, are looked for everywhere that is written or shown. */
final class KeysHidden implements Promise {
    private static final int SENDERS = 5;
    /** These hold master keys and the embedded network's rich account: secret files, but no canary belongs in them either. */
    private static final Set<String> NOT_CANARIES = Set.of("funding.key");

    @Override
    public String id() {
        return "K1";
    }

    @Override
    public String promised() {
        return "a canary key is found 0 times (raw, hex, base64, bech32) in tables, files, logs, metrics, error bodies, a thread dump";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var places = new TreeMap<String, byte[]>();
        List<SecretKey> canaries = new ArrayList<>();
        Path data = WholeService.newFolder();
        try (var service = WholeService.start(data, "ACCESS_LOG=true")) {
            List<Chat.Member> users = Chat.begin(service, SENDERS).members();
            for (Json user : Json.parse(service.get("/users/with-secrets").body()).list("items")) {
                canaries.add(SecretKey.parse(user.string("secret_key")));
            }
            use(service, users.getFirst(), canaries, places);
            places.put("metrics", bytes(service.get("/metrics").body()));
            places.put("tables", tables(data));
            places.put("thread dump", threadDump(service.process().pid()));
            Thread.sleep(500);
            places.put("log", bytes(String.join("\n", service.output)));
        }
        places.put("files", files(data));
        long found = places.entrySet().stream().mapToLong(place -> canaries.stream().filter(key -> shows(place.getValue(), key)).count()).sum();
        return new Measured.Findings().add(canaries.size() == SENDERS, "%d canaries", canaries.size())
                .add(found == 0, "found %d times in %s", found, places.keySet()).measured();
    }

    /** Keys in bodies, good and bad, by every route that takes one. */
    private static void use(WholeService service, Chat.Member user, List<SecretKey> canaries, Map<String, byte[]> places) throws Exception {
        var answers = new StringBuilder();
        for (SecretKey key : canaries) {
            String text = key.text();
            for (Object amount : List.of(1, "x", true)) {
                answers.append(service.post("/users/fund",
                        Json.object("sui_address", user.user(), "secret_key", text, "amount_per_user", amount)).body());
            }
            for (String channel : List.of(user.channel(), "0x1", "nonsense")) {
                answers.append(service.post("/contract/channel/message", Json.object("secret_key", text, "channel_id", channel,
                        "member_cap_id", user.cap(), "message", "canary")).body());
            }
            answers.append(service.post("/contract/channel", Json.object("secret_key", text + "x", "channel_name", "c", "initial_members", List.of())).body());
            answers.append(service.get("/users?after=" + text).body()).append(service.get("/" + "nowhere").body());
        }
        places.put("answers", bytes(answers.toString()));
    }

    private static byte[] tables(Path data) {
        var dump = new StringBuilder();
        try (Database database = Database.open(EmbeddedPostgres.running(data.resolve("postgres")).orElseThrow().withConnections(1), new Metrics())) {
            for (String name : database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", row -> row.string("tablename"))) {
                database.query("SELECT t::text AS row FROM " + name + " AS t", row -> dump.append(row.string("row")).append('\n'));
            }
        }
        return bytes(dump.toString());
    }

    private static byte[] threadDump(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process dump = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "Thread.print", "-l").redirectErrorStream(true).start();
        byte[] content = dump.getInputStream().readAllBytes();
        dump.waitFor();
        return content;
    }

    private static byte[] files(Path folder) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).filter(path -> !NOT_CANARIES.contains(path.getFileName().toString())).toList()) {
                all.write(Files.readAllBytes(path));
            }
        }
        return all.toByteArray();
    }

    private static boolean shows(byte[] content, SecretKey key) {
        byte[] seed = key.seed();
        String text = latin1(content);
        String hex = HexFormat.of().formatHex(seed);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(seed);
        return text.contains(latin1(seed)) || text.contains(hex) || text.contains(hex.toUpperCase(java.util.Locale.ROOT))
                || text.contains(base64) || text.contains(key.text());
    }

    /** Latin-1 keeps every byte, and strings search fast. */
    private static String latin1(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
