package suiload.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import suiload.crypto.Envelope;
import suiload.json.Json;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.EmbeddedPostgres;

/** K3: ten thousand secrets under load, with a rotation that is killed on the way. */
final class KeysRotate implements Promise {
    private static final int USERS = 10_000;
    private static final int SENDERS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "K3";
    }

    @Override
    public String promised() {
        return "10,000 secrets resealed within 60 s under load without a failed signature; resumes after kill -9";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var findings = new Measured.Findings();
        try (var service = WholeService.start()) {
            List<Chat.Member> users = Chat.begin(service, SENDERS).members();
            for (int made = SENDERS; made < USERS; made += 1000) {
                service.insist("/users/generate/passive?count=" + Math.min(1000, USERS - made), Json.object(), "passive " + made,
                        status -> { });
            }
            try (var senders = new Senders(service, users)) {
                Thread.sleep(1000);
                long began = System.nanoTime();
                findings.add(rotate(service.data) == 0, "rotated");
                double seconds = (System.nanoTime() - began) / 1e9;
                findings.add(sealedWith(service.data, 2) == USERS && seconds <= LIMIT.toSeconds(), "%d secrets in %.1f s", USERS, seconds);
                Process cutOff = command(service.data).start();
                while (cutOff.isAlive() && sealedWith(service.data, 3) == 0) Thread.sleep(5);
                Thread.sleep(new Random(seed).nextInt(200));
                cutOff.destroyForcibly().waitFor();
                long middle = sealedWith(service.data, 3);
                findings.add(rotate(service.data) == 0 && sealedWith(service.data, 3) + sealedWith(service.data, 4) == USERS,
                        "killed after %d, the next run finished", middle);
                senders.finish();
                findings.add(senders.statuses().keySet().equals(java.util.Set.of(200)), "sends meanwhile: %s", senders.statuses());
            }
        }
        return findings.measured();
    }

    private static int rotate(Path data) throws IOException, InterruptedException {
        Process process = command(data).start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) process.destroyForcibly();
        return process.waitFor();
    }

    private static ProcessBuilder command(Path data) {
        var builder = new ProcessBuilder(WholeService.HOME.resolve("build/suiload").toString(), "rotate-keys");
        builder.environment().put("DATA_DIR", data.toString());
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static long sealedWith(Path data, int masterKey) {
        try (Database database = Database.open(EmbeddedPostgres.running(data.resolve("postgres")).orElseThrow().withConnections(1), new Metrics())) {
            return database.query("SELECT sealed_secret FROM users", row -> Envelope.keyId(row.bytes("sealed_secret"))).stream()
                    .filter(id -> id == masterKey).count();
        }
    }
}
