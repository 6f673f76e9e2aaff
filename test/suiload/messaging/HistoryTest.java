package suiload.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.messaging.RunningService.ok;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import suiload.json.Json;
import suiload.messaging.RunningService.Answer;

/**
 * Goal: histories are valid in bad weather (reliability.md F4, short form): every user's messages are read back in order and once, a
 * read after one's own send shows it, and what gas cost is what is missing on the account.
 * Method: users send at once, in pairs to a channel, through a storm; requests are repeated under their key as the driver does.
 */
class HistoryTest {
    private static final int CHANNELS = 2;
    private static final int MESSAGES = 5;
    private static final int ATTEMPTS_MAX = 12;
    /** The storm's faults, but not its patience: a test has less. */
    private static final Map<String, String> QUICK = Map.of("hang.for", "1s", "stale.by", "1s",
            "execute.latency", "p0=5ms p50=20ms p95=100ms p100=500ms", "read.latency", "p0=5ms p50=20ms p95=100ms p100=500ms");
    private static final long FUNDS = 2_000_000_000L;

    /** A user's place: where it writes to and with what. */
    private record Seat(String user, String channel, String table, String cap) {}

    @Test
    void everyMessageIsThereOnceAndInOrder() throws Exception {
        try (var world = new RunningService.World("calm");
                var service = new RunningService(world, MessagingConfig.of(RunningService.CONTRACT))) {
            service.feedFollows();
            Map<String, Long> spent = new HashMap<>();
            List<Seat> seats = seats(service, spent);
            world.weather("storm", QUICK);
            try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Long>> costs = seats.stream().map(seat -> users.submit(() -> sendAll(service, seat))).toList();
                for (int i = 0; i < seats.size(); i++) spent.merge(seats.get(i).user, costs.get(i).get(), Long::sum);
            }
            world.weather("calm", Map.of());
            for (Seat seat : seats) {
                List<String> own = history(service, seat).stream().filter(text -> text.startsWith(seat.user)).toList();
                List<String> sent = new ArrayList<>();
                for (int i = 0; i < MESSAGES; i++) sent.add(text(seat, i));
                assertEquals(sent, own);
                assertEquals(FUNDS - spent.get(seat.user), service.balance(seat.user), "gas of " + seat.user);
            }
        }
    }

    private static List<Seat> seats(RunningService service, Map<String, Long> spent) throws Exception {
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            List<String> pair = service.users("active", 2);
            Answer answer = service.post("/contract/channel", Map.of("sui_address", pair.getFirst(), "channel_name", "history",
                    "initial_members", pair.subList(1, 2)));
            Json channel = ok(answer).get("channel");
            spent.put(pair.getFirst(), Long.parseLong(answer.header("X-Gas-Cost").orElseThrow()));
            for (Json cap : channel.list("memberCaps")) {
                seats.add(new Seat(cap.string("address"), channel.string("channelId"), channel.string("messagesTableId"),
                        cap.string("memberCapId")));
            }
        }
        return seats;
    }

    /** @return what it cost */
    private static long sendAll(RunningService service, Seat seat) throws Exception {
        long cost = 0;
        for (int i = 0; i < MESSAGES; i++) {
            Map<String, Object> body = Map.of("sui_address", seat.user, "channel_id", seat.channel, "member_cap_id", seat.cap,
                    "message", text(seat, i));
            Answer sent = service.post("/contract/channel/message", body, "Idempotency-Key", text(seat, i));
            for (int attempt = 1; sent.status() != 200 && attempt < ATTEMPTS_MAX; attempt++) {
                assertTrue(sent.status() == 408 || sent.status() == 429 || sent.status() >= 502, sent.status() + " " + sent.json());
                Thread.sleep(200);
                sent = service.post("/contract/channel/message", body, "Idempotency-Key", text(seat, i));
            }
            cost += Long.parseLong(ok(sent).string("gasCost"));
            String expected = text(seat, i);
            List<Json> page = page(service, seat, "?limit=50");
            assertTrue(page.stream().anyMatch(message -> text(message).equals(expected)), "a read shows " + expected);
        }
        return cost;
    }

    /** All messages of a channel, oldest first, paged back from the end. */
    private static List<String> history(RunningService service, Seat seat) throws Exception {
        List<String> texts = new ArrayList<>();
        String before = "";
        for (List<Json> page = page(service, seat, "?limit=4"); !page.isEmpty(); page = page(service, seat, "?limit=4&before=" + before)) {
            page.forEach(message -> texts.add(text(message)));
            before = page.getLast().string("index");
        }
        return texts.reversed();
    }

    private static List<Json> page(RunningService service, Seat seat, String query) throws Exception {
        Answer answer = service.get("/contract/messages/table/" + seat.table + query);
        for (int attempt = 1; answer.status() != 200 && attempt < ATTEMPTS_MAX; attempt++) {
            answer = service.get("/contract/messages/table/" + seat.table + query);
        }
        return ok(answer).list("messages");
    }

    private static String text(Seat seat, int number) {
        return seat.user + " says " + number;
    }

    private static String text(Json message) {
        return new String(Base64.getDecoder().decode(message.string("ciphertext")), StandardCharsets.UTF_8);
    }
}
