package suiload.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.messaging.RunningService.ok;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import suiload.json.Json;
import suiload.messaging.RunningService.Answer;

/**
 * Goal: the routes under /contract do on a chain what http-api.md says, with as few node calls as performance.md allows.
 * Method: the service's own wiring over a socket, on an embedded network in calm weather and a real database.
 */
class EndToEndTest {
    private static final MessagingConfig CONFIG = MessagingConfig.of(RunningService.CONTRACT);
    private static RunningService.World world;
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        world = new RunningService.World("calm");
        service = new RunningService(world, CONFIG);
        service.feedFollows();
    }

    @AfterAll
    static void stop() {
        service.close();
        world.close();
    }

    /** A channel as its creator sees it. */
    private record Made(String id, String table, Map<String, String> caps, Answer answer) {}

    @Test
    void aChannelIsMadeListedAndRead() throws Exception {
        List<String> users = service.users("active", 2);
        List<String> passive = service.users("passive", 8);
        List<String> members = new ArrayList<>(users.subList(1, 2));
        members.addAll(passive);
        Made made = create(users.getFirst(), members);
        assertEquals(10, made.caps.size());
        assertEquals(users.getFirst(), made.caps.keySet().iterator().next(), "the creator comes first");
        assertTrue(made.answer.header("X-Gas-Cost").isPresent());
        assertTrue(made.answer.header("X-Contract-Duration").isPresent());

        for (String member : made.caps.keySet()) {
            Answer answer = service.get("/contract/channel/memberships/" + member);
            assertFalse(answer.header("X-Contract-Duration").isPresent(), "answered without the chain");
            Json membership = ok(answer).list("memberships").getFirst();
            assertEquals(made.caps.get(member), membership.string("memberCapId"));
            assertEquals(made.id, membership.string("channelId"));
        }
        Json channel = ok(service.get("/contract/channel/" + made.id)).get("channel");
        assertEquals(made.table, channel.string("messagesTableId"));
        assertEquals("0", channel.string("messagesCount"));
        assertFalse(channel.has("lastMessage"));
        assertEquals(1, channel.integer("keyVersion", 0, 10));
        List<String> caps = channel.list("members").stream().map(Json::asString).toList();
        assertEquals(made.caps.get(users.getFirst()), caps.getFirst(), "the creator's entry is the first");
        assertEquals(Set.copyOf(made.caps.values()), Set.copyOf(caps));
        assertEquals(channel.string("createdAtMs"), channel.string("updatedAtMs"));
    }

    @Test
    void aReadAfterOnesOwnSendShowsIt() throws Exception {
        String alice = service.users("active", 1).getFirst();
        Made made = create(alice, List.of());
        for (int i = 0; i < 12; i++) {
            Answer sent = send(alice, made, "message " + i + " ✓");
            assertEquals("Message sent successfully to channel " + made.id, ok(sent).string("message"));
            assertEquals(sent.header("X-Gas-Cost").orElseThrow(), sent.json().string("gasCost"));
            Answer polled = service.get("/contract/messages/table/" + made.table + "?limit=1");
            assertEquals("message " + i + " ✓", text(messages(polled).getFirst()));
            assertFalse(polled.header("X-Contract-Duration").isPresent());
        }
        List<Json> page = messages(service.get("/contract/channel/" + made.id + "/messages?limit=5&before=8"));
        assertEquals(List.of("7", "6", "5", "4", "3"), page.stream().map(message -> message.string("index")).toList());
        Json first = page.getFirst();
        assertEquals(alice, first.string("sender"));
        assertEquals(12, Base64.getDecoder().decode(first.string("nonce")).length);
        assertEquals(List.of(), first.list("attachments"));
        assertEquals(10, messages(service.get("/contract/messages/table/" + made.table)).size(), "ten by default");

        Json channel = ok(service.get("/contract/channel/" + made.id)).get("channel");
        assertEquals("12", channel.string("messagesCount"));
        assertEquals("message 11 ✓", text(channel.get("lastMessage")));
        assertEquals("11", channel.get("lastMessage").string("index"));
    }

    /** P3: one call per message, at most 10 per 1,000 polls, at most 0.1 per membership read. */
    @Test
    void theNodeIsHardlyAsked() throws Exception {
        List<String> senders = service.users("active", 4);
        List<Made> channels = new ArrayList<>();
        for (int i = 0; i < 4; i++) channels.add(create(senders.get(i), service.users("passive", 4)));
        for (int i = 0; i < 4; i++) send(senders.get(i), channels.get(i), "first");
        long sends = service.nodeCalls("send", "settle", "refresh");
        long reads = service.nodeCalls("poll", "membership");
        for (int round = 0; round < 5; round++) for (int i = 0; i < 4; i++) ok(send(senders.get(i), channels.get(i), "message " + round));
        assertEquals(20, service.nodeCalls("send", "settle", "refresh") - sends);

        int memberships = 0;
        for (Made made : channels) {
            for (String member : made.caps.keySet()) {
                Json found = ok(service.get("/contract/channel/memberships/" + member + "/with-metadata")).list("memberships").getFirst();
                assertEquals("6", found.get("channel").string("messagesCount"));
                memberships++;
            }
        }
        for (int i = 0; i < 400; i++) {
            List<Json> latest = messages(service.get("/contract/messages/table/" + channels.get(i % 4).table));
            assertEquals(6, latest.size());
        }
        long asked = service.nodeCalls("poll", "membership") - reads;
        assertTrue(asked <= memberships / 10, asked + " calls for " + memberships + " membership reads and 400 polls");
    }

    @Test
    void oneMayWriteWithOnesOwnKey() throws Exception {
        service.users("active", 1);
        Json user = ok(service.get("/users/with-secrets?variant=active&limit=1")).list("items").getFirst();
        Map<String, Object> body = Map.of("secret_key", user.string("secret_key"), "channel_name", "mine", "initial_members", List.of());
        Json channel = ok(service.post("/contract/channel", body)).get("channel");
        assertEquals(user.string("sui_address"), channel.list("memberCaps").getFirst().string("address"));
    }

    @Test
    void theSameKeyWritesOnce() throws Exception {
        String alice = service.users("active", 1).getFirst();
        Made made = create(alice, List.of());
        Map<String, Object> body = message(alice, made, "once");
        Set<String> replies = new HashSet<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(clients.submit(() -> service.post("/contract/channel/message", body, "Idempotency-Key", "k1")));
            }
            for (Future<Answer> answer : answers) replies.add(new String(answer.get().response().body(), StandardCharsets.UTF_8));
        }
        assertEquals(1, replies.size(), "all alike, to the byte");
        assertEquals(1, messages(service.get("/contract/messages/table/" + made.table)).size());
        assertEquals(422, service.post("/contract/channel/message", message(alice, made, "else"), "Idempotency-Key", "k1").status());
        String digest = ok(service.post("/contract/channel/message", body, "Idempotency-Key", "k1")).string("digest");
        Json status = ok(service.get("/contract/transactions/" + digest));
        assertEquals("executed", status.string("status"));
        assertEquals(digest, status.string("digest"));
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        String alice = service.users("active", 1).getFirst();
        Made made = create(alice, List.of());
        refused(400, "message", service.post("/contract/channel/message", message(alice, made, "x".repeat(513))));
        ok(send(alice, made, "é".repeat(256)));
        refused(400, "message", service.post("/contract/channel/message", message(alice, made, "é".repeat(257))));
        Map<String, Object> noCap = new HashMap<>(message(alice, made, "x"));
        noCap.remove("member_cap_id");
        refused(400, "member_cap_id", service.post("/contract/channel/message", noCap));
        refused(400, "secret_key", service.post("/contract/channel", Map.of("channel_name", "x", "initial_members", List.of())));
        refused(400, "sui_address", service.post("/contract/channel",
                Map.of("sui_address", "0x1", "channel_name", "x", "initial_members", List.of())));
        refused(400, "initial_members[1]", service.post("/contract/channel",
                Map.of("sui_address", alice, "channel_name", "x", "initial_members", List.of("0x1", "zz"))));
        refused(400, "initial_members[0]", service.post("/contract/channel",
                Map.of("sui_address", alice, "channel_name", "x", "initial_members", List.of(alice))));
        List<String> ten = java.util.stream.IntStream.rangeClosed(1, 10).mapToObj(i -> "0x" + i).toList();
        refused(400, "initial_members", service.post("/contract/channel",
                Map.of("sui_address", alice, "channel_name", "x", "initial_members", ten)));
        refused(400, "channel_name", service.post("/contract/channel", Map.of("sui_address", alice, "initial_members", List.of())));
        refused(400, "initial_members", service.post("/contract/channel", Map.of("sui_address", alice, "channel_name", "x")));
        refused(400, "limit", service.get("/contract/channel/" + made.id + "/messages?limit=51"));
        refused(400, "before", service.get("/contract/channel/" + made.id + "/messages?before=x"));
        refused(400, "addr", service.get("/contract/channel/memberships/hello"));
        refused(400, "cursor", service.get("/contract/channel/memberships/0x1?cursor=hello"));
        refused(400, "cursor", service.get("/contract/channel/memberships/0x1/with-metadata?cursor=hello"));
        refused(400, "digest", service.get("/contract/transactions/0x1"));
        refused(400, "id", service.get("/contract/channel/0xzz"));
        refused(400, "table_id", service.get("/contract/messages/table/1"));
    }

    @Test
    void membershipsAreReadPageByPage() throws Exception {
        String alice = service.users("active", 1).getFirst();
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 3; i++) made.add(create(alice, List.of()).id);
        for (String form : List.of("", "/with-metadata")) {
            String path = "/contract/channel/memberships/" + alice + form + "?limit=2";
            Json first = ok(service.get(path));
            Json second = ok(service.get(path + "&cursor=" + first.string("next")));
            assertFalse(second.has("next"), "the last page");
            Set<String> read = new HashSet<>();
            for (Json page : List.of(first, second)) page.list("memberships").forEach(each -> read.add(each.string("channelId")));
            assertEquals(made, read);
        }
    }

    @Test
    void whatIsNotOnChainIsNotFound() throws Exception {
        String alice = service.users("active", 1).getFirst();
        Made made = create(alice, List.of());
        assertEquals(404, service.get("/contract/channel/0x1234").status());
        assertEquals(404, service.get("/contract/channel/" + made.caps.get(alice)).status(), "a cap is no channel");
        assertEquals(404, service.get("/contract/channel/0x1234/messages").status());
        assertEquals(404, service.get("/contract/messages/table/0x1234").status());
        Map<String, Object> strange = new HashMap<>(message(alice, made, "x"));
        strange.put("channel_id", "0x1234");
        assertEquals(404, service.post("/contract/channel/message", strange).status());
        strange.put("channel_id", made.id);
        strange.put("member_cap_id", "0x1234");
        assertEquals(404, service.post("/contract/channel/message", strange).status());
        assertEquals(List.of(), ok(service.get("/contract/channel/memberships/0x99")).list("memberships"));
    }

    @Test
    void anAbortIsToldWithModuleCodeAndMeaning() throws Exception {
        String alice = service.users("active", 1).getFirst();
        Made one = create(alice, List.of());
        Made other = create(alice, List.of());
        Map<String, Object> wrongCap = new HashMap<>(message(alice, one, "x"));
        wrongCap.put("channel_id", other.id);
        Answer answer = service.post("/contract/channel/message", wrongCap);
        assertEquals(422, answer.status());
        assertEquals("contract_aborted", answer.json().string("code"));
        assertTrue(answer.json().string("details").contains("module channel with code 1"), answer.json().toString());
        assertTrue(answer.header("X-Gas-Cost").isPresent(), "an abort costs gas");
        ok(send(alice, one, "and the cap is good as before"));
    }

    @Test
    void aSenderWithoutGasIsTold() throws Exception {
        String poor = service.users("passive", 1).getFirst();
        Answer answer = service.post("/contract/channel", Map.of("sui_address", poor, "channel_name", "x", "initial_members", List.of()));
        assertEquals(422, answer.status());
        assertEquals("insufficient_gas", answer.json().string("code"));
    }

    /** Somebody else's service on the same chain makes channels and sends: our feed sees both. */
    @Test
    void whatOthersDoArrivesThroughTheFeed() throws Exception {
        String alice = service.users("active", 1).getFirst();
        try (var other = new RunningService(world.beside(), CONFIG)) {
            other.feedFollows();
            String bob = other.users("active", 1).getFirst();
            Json channel = ok(other.post("/contract/channel",
                    Map.of("sui_address", bob, "channel_name", "theirs", "initial_members", List.of(alice)))).get("channel");
            Made made = made(channel, null);
            StandInNode.await(() -> !memberships(alice).isEmpty(), "the membership is known");
            ok(send(alice, made, "from us"));
            assertEquals("from us", text(messages(service.get("/contract/messages/table/" + made.table)).getFirst()));
            long before = service.nodeCalls("poll", "membership");
            ok(other.post("/contract/channel/message", message(bob, made, "from them")));
            StandInNode.await(() -> latest(made).equals("from them"), "their message arrives");
            assertEquals(before, service.nodeCalls("poll", "membership"));
            StandInNode.await(() -> {
                try {
                    return messages(other.get("/contract/messages/table/" + made.table)).size() == 2;
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }, "and ours is seen there");
        }
    }

    @Test
    void aRestartKnowsChannelsAndMemberships() throws Exception {
        try (var own = new RunningService.World("calm")) {
            Made made;
            String alice;
            String bob;
            try (var before = new RunningService(own, CONFIG)) {
                before.feedFollows();
                alice = before.users("active", 1).getFirst();
                bob = before.users("passive", 1).getFirst();
                made = made(ok(before.post("/contract/channel",
                        Map.of("sui_address", alice, "channel_name", "x", "initial_members", List.of(bob)))).get("channel"), null);
                ok(before.post("/contract/channel/message", message(alice, made, "kept")));
            }
            try (var after = new RunningService(own, CONFIG)) {
                after.feedFollows();
                assertEquals(1, ok(after.get("/contract/channel/memberships/" + bob)).list("memberships").size());
                assertEquals(0, after.nodeCalls("membership"));
                assertEquals("kept", text(messages(after.get("/contract/messages/table/" + made.table)).getFirst()));
                ok(after.post("/contract/channel/message", message(alice, made, "more")));
            }
        }
    }

    private static List<Json> memberships(String address) {
        try {
            return ok(service.get("/contract/channel/memberships/" + address)).list("memberships");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String latest(Made made) {
        try {
            return text(messages(service.get("/contract/messages/table/" + made.table)).getFirst());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Made create(String creator, List<String> members) throws IOException, InterruptedException {
        Map<String, Object> body = Map.of("sui_address", creator, "channel_name", "test", "initial_members", members);
        Answer answer = service.post("/contract/channel", body);
        return made(ok(answer).get("channel"), answer);
    }

    private static Made made(Json channel, Answer answer) {
        Map<String, String> caps = new java.util.LinkedHashMap<>();
        channel.list("memberCaps").forEach(cap -> caps.put(cap.string("address"), cap.string("memberCapId")));
        return new Made(channel.string("channelId"), channel.string("messagesTableId"), caps, answer);
    }

    private static Answer send(String sender, Made channel, String text) throws IOException, InterruptedException {
        return service.post("/contract/channel/message", message(sender, channel, text));
    }

    private static Map<String, Object> message(String sender, Made channel, String text) {
        return Map.of("sui_address", sender, "channel_id", channel.id, "member_cap_id", channel.caps.get(sender), "message", text);
    }

    private static List<Json> messages(Answer answer) {
        return ok(answer).list("messages");
    }

    private static String text(Json message) {
        return new String(Base64.getDecoder().decode(message.string("ciphertext")), StandardCharsets.UTF_8);
    }

    private static void refused(int status, String field, Answer answer) {
        assertEquals(status, answer.status(), answer.json().toString());
        assertTrue(answer.json().string("details").startsWith(field + " "), answer.json().toString());
    }
}
