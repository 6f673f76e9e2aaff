package suiload.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** F1: {@code kill -9} again and again while users send. */
final class CrashSafety implements Promise {
    private static final int KILLS = 200;
    private static final int TOLD_EVERY = 20;
    private static final int USERS = 20;
    private static final Duration READY_MAX = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "F1";
    }

    @Override
    public String promised() {
        return "200 seeded kill -9 under load: no acknowledged write lost, none doubled, ready again within 10 s";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var random = new Random(seed);
        List<Duration> starts = new ArrayList<>();
        int wrong = 0;
        int sent = 0;
        try (var service = WholeService.start(); ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Chat chat = Chat.begin(service, USERS);
            var over = new AtomicBoolean();
            List<Future<List<String>>> senders =
                    chat.members().stream().map(member -> executor.submit(() -> send(chat, member, over))).toList();
            for (int i = 0; i < KILLS; i++) {
                Thread.sleep(200 + random.nextInt(2_000));
                service.kill();
                starts.add(service.restart());
                if (starts.size() % TOLD_EVERY == 0) {
                    System.err.printf("        %d of %d kills, ready again after %d ms at most%n", starts.size(), KILLS, Collections.max(starts).toMillis());
                }
            }
            over.set(true);
            for (int i = 0; i < USERS; i++) {
                List<String> acknowledged = senders.get(i).get();
                sent += acknowledged.size();
                if (!chat.texts(chat.members().get(i)).equals(acknowledged)) wrong++;
            }
        }
        Duration slowest = Collections.max(starts);
        return new Measured.Findings()
                .add(wrong == 0, "%d of %d channels differ from the %d acknowledged messages", wrong, USERS, sent)
                .add(slowest.compareTo(READY_MAX) <= 0, "%d kills, ready again after %d ms at most", starts.size(), slowest.toMillis())
                .measured();
    }

    /** One message after another, each until it is acknowledged: so the channel must hold exactly these, in this order. */
    private static List<String> send(Chat chat, Chat.Member member, AtomicBoolean over) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        while (!over.get()) {
            String text = member.user() + " " + acknowledged.size();
            var response = chat.send(member, text, status -> { });
            if (response.statusCode() != 200) throw new IllegalStateException(response.body());
            acknowledged.add(text);
            Thread.sleep(100);
        }
        return acknowledged;
    }
}
