package suiload.torture;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** F3: each fault of the weather for 10 s, at a rate that nearly every operation meets. */
final class FaultyNodeIsSurvived implements Promise {
    private static final int USERS = 20;
    private static final Duration EACH = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofMillis(25_250);
    private static final Set<Integer> CLEAN = Set.of(200, 408, 429, 502);
    private static final List<Map<String, Object>> WEATHERS = List.of(
            Map.of("execute.hang", "0.5", "read.hang", "0.5", "hang.for", "60s"),
            Map.of("execute.reset-before", "0.5", "read.reset-before", "0.5"),
            Map.of("execute.reset-after", "0.5", "read.reset-after", "0.5"),
            Map.of("execute.lost-answer", "0.5", "read.lost-answer", "0.5", "hang.for", "60s"),
            Map.of("execute.timeout", "0.8"),
            Map.of("execute.429", "0.5", "read.429", "0.5"),
            Map.of("execute.503", "0.8", "read.503", "0.8"),
            Map.of("read.stale", "1", "execute.timeout", "0.5"),
            Map.of("rate.calls", "20", "rate.window", "5s"));

    /** Attempts by status, 0 for none, and the longest one in nanoseconds. */
    private record Answers(Map<Integer, AtomicInteger> byStatus, AtomicLong longest) {
        void note(int status, long nanos) {
            byStatus.computeIfAbsent(status, s -> new AtomicInteger()).incrementAndGet();
            longest.accumulateAndGet(nanos, Math::max);
        }
    }

    @Override
    public String id() {
        return "F3";
    }

    @Override
    public String promised() {
        return "the weather's faults, 10 s each: success or a clean 408, 429 or 502, never past the deadline; normal within 5 s";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var answers = new Answers(new ConcurrentSkipListMap<>(), new AtomicLong());
        int unwell = 0;
        int wrong = 0;
        try (var service = WholeService.start()) {
            Chat chat = Chat.begin(service, USERS);
            List<Integer> sent = new ArrayList<>(java.util.Collections.nCopies(USERS, 0));
            for (Map<String, Object> weather : WEATHERS) {
                service.weather("calm", weather);
                List<Integer> before = List.copyOf(sent);
                under(chat, sent, answers);
                service.weather("calm", Map.of());
                Thread.sleep(5_000);
                // The same texts again are the same keys: what had no last word gets it now.
                for (int i = 0; i < USERS; i++) unwell += confirm(chat, i, before.get(i), sent.get(i));
            }
            for (int i = 0; i < USERS; i++) if (!chat.texts(chat.members().get(i)).equals(texts(i, sent.get(i)))) wrong++;
        }
        boolean clean = CLEAN.containsAll(answers.byStatus.keySet());
        return new Measured.Findings().add(clean, "answers %s", answers.byStatus)
                .add(answers.longest.get() <= DEADLINE.toNanos(), "longest %.2f s", answers.longest.get() / 1e9)
                .add(unwell == 0, "%d sends failed 5 s after a fault", unwell)
                .add(wrong == 0, "%d of %d channels lost, doubled or reordered messages", wrong, USERS).measured();
    }

    private static void under(Chat chat, List<Integer> sent, Answers answers) throws Exception {
        long end = System.nanoTime() + EACH.toNanos();
        List<Future<Integer>> users = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < USERS; i++) {
                int user = i;
                users.add(executor.submit(() -> {
                    int number = sent.get(user);
                    for (; System.nanoTime() < end; number++) attempt(chat, user, number, end, answers);
                    return number;
                }));
            }
            for (int i = 0; i < USERS; i++) sent.set(i, users.get(i).get());
        }
    }

    /** Tries one message until it succeeds or the time of this weather is over. */
    private static void attempt(Chat chat, int user, int number, long end, Answers answers) throws Exception {
        int status;
        do {
            long began = System.nanoTime();
            try {
                status = chat.tryToSend(chat.members().get(user), text(user, number)).statusCode();
            } catch (IOException noAnswer) {
                status = 0;
            }
            answers.note(status, System.nanoTime() - began);
            Thread.sleep(100);
        } while (status != 200 && System.nanoTime() < end);
    }

    private static int confirm(Chat chat, int user, int from, int to) throws Exception {
        int failed = 0;
        for (int number = from; number < to; number++) {
            HttpResponse<String> response = chat.tryToSend(chat.members().get(user), text(user, number));
            if (response.statusCode() != 200) failed++;
        }
        return failed;
    }

    private static String text(int user, int number) {
        return "user " + user + " message " + number;
    }

    private static List<String> texts(int user, int count) {
        List<String> texts = new ArrayList<>();
        for (int number = 0; number < count; number++) texts.add(text(user, number));
        return texts;
    }
}
