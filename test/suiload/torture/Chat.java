package suiload.torture;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import suiload.json.Json;

/** Users of a running service, each with a channel of its own, and what they do there. */
final class Chat {
    /** @param cap the user's member capability in its channel */
    record Member(String user, String channel, String cap) {
        Object message(String text) {
            return Json.object("sui_address", user, "channel_id", channel, "member_cap_id", cap, "message", text);
        }
    }

    static final String SEND = "/contract/channel/message";
    /** For 25,000 messages of each: ten minutes at full rate. */
    private static final long ENOUGH_MIST = 100_000_000_000L;

    private final WholeService service;
    private final List<Member> members = new ArrayList<>();

    private Chat(WholeService service) {
        this.service = service;
    }

    static Chat begin(WholeService service, int users) throws IOException, InterruptedException {
        var chat = new Chat(service);
        Json generated = ok(service.post("/users/generate/active?count=" + users, Json.object(), Optional.of("generate")));
        ok(service.insist("/users/fund", Json.object("amount_per_user", Long.toString(ENOUGH_MIST)), "fund", status -> { }));
        for (Json user : generated.list("users")) chat.join(user.string("sui_address"));
        return chat;
    }

    private void join(String user) throws IOException, InterruptedException {
        Object wanted = Json.object("sui_address", user, "channel_name", "torture", "initial_members", List.of());
        Json created = ok(service.insist("/contract/channel", wanted, "channel of " + user, status -> { }));
        Json channel = created.get("channel");
        members.add(new Member(user, channel.string("channelId"), channel.list("memberCaps").getFirst().string("memberCapId")));
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /** Sends once, whatever it takes. */
    HttpResponse<String> send(Member member, String text, WholeService.Otherwise otherwise) throws IOException, InterruptedException {
        return service.insist(SEND, member.message(text), text, otherwise);
    }

    /** Tries once. */
    HttpResponse<String> tryToSend(Member member, String text) throws IOException, InterruptedException {
        return service.post(SEND, member.message(text), Optional.of(text));
    }

    /** All messages of a channel, oldest first. */
    List<String> texts(Member member) throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>();
        String before = "";
        while (true) {
            List<Json> page = ok(service.get("/contract/channel/" + member.channel() + "/messages?limit=50" + before)).list("messages");
            for (Json message : page) texts.addFirst(text(message));
            if (page.size() < 50) return texts;
            before = "&before=" + page.getLast().u64("index");
        }
    }

    private static String text(Json message) {
        return new String(Base64.getDecoder().decode(message.string("ciphertext")), StandardCharsets.UTF_8);
    }

    private static Json ok(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) throw new IOException(response.statusCode() + ": " + response.body());
        return Json.parse(response.body());
    }
}
