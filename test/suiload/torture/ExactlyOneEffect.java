package suiload.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** I1: every key's message is sent once, although each is asked for ten times at once and the service is killed midway. */
final class ExactlyOneEffect implements Promise {
    private static final int KEYS = 1000;
    private static final int DUPLICATES = 10;
    private static final int USERS = 40;
    private static final int KEYS_AT_ONCE = 60;

    @Override
    public String id() {
        return "I1";
    }

    @Override
    public String promised() {
        return "1,000 keys × 10 concurrent duplicates, kill -9 midway: one transaction each, replies byte-equal";
    }

    @Override
    public Measured run(long seed) throws Exception {
        try (var service = WholeService.start()) {
            Chat chat = Chat.begin(service, USERS);
            Map<String, Set<String>> replies = new ConcurrentHashMap<>();
            var cutOff = new AtomicInteger();
            insistOnAll(service, chat, replies, cutOff);
            Map<String, Integer> effects = new HashMap<>();
            for (Chat.Member member : chat.members()) chat.texts(member).forEach(text -> effects.merge(text, 1, Integer::sum));
            long doubled = effects.values().stream().filter(count -> count > 1).count();
            long differing = replies.values().stream().filter(bodies -> bodies.size() > 1).count();
            return new Measured.Findings()
                    .add(effects.size() == KEYS && doubled == 0, "%d effects for %d keys, %d doubled", effects.size(), KEYS, doubled)
                    .add(replies.size() == KEYS && differing == 0, "%d keys with differing replies", differing)
                    .add(cutOff.get() > 0, "%d attempts without an answer while it was down", cutOff.get())
                    .measured();
        }
    }

    private static void insistOnAll(WholeService service, Chat chat, Map<String, Set<String>> replies, AtomicInteger cutOff)
            throws Exception {
        var width = new Semaphore(KEYS_AT_ONCE * DUPLICATES);
        List<Future<?>> requests = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < KEYS * DUPLICATES; i++) {
                String text = "key " + i / DUPLICATES;
                Chat.Member member = chat.members().get(i / DUPLICATES % USERS);
                width.acquire();
                requests.add(executor.submit(() -> {
                    try {
                        var response = chat.send(member, text, status -> cutOff.addAndGet(status == 0 ? 1 : 0));
                        replies.computeIfAbsent(text, key -> ConcurrentHashMap.newKeySet()).add(response.statusCode() + response.body());
                    } finally {
                        width.release();
                    }
                    return null;
                }));
                if (i == KEYS * DUPLICATES / 2) {
                    service.kill();
                    service.restart();
                }
            }
            for (Future<?> request : requests) request.get();
        }
    }
}
