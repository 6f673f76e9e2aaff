package suiload.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import suiload.json.Json;
import suiload.torture.WholeService;

/** A funded user with a channel of its own: what sending takes. */
record Account(String address, String channel, String memberCap) {
    /** Makes so many. */
    static List<Account> make(WholeService service, int count) throws IOException, InterruptedException {
        Json made = posted(service, "/users/generate/active?count=" + count, Json.object());
        posted(service, "/users/fund", Json.object("amount_per_user", "2000000000"));
        List<Account> accounts = new ArrayList<>();
        for (Json user : made.list("users")) {
            String address = user.string("sui_address");
            Json channel = posted(service, "/contract/channel", Json.object("sui_address", address, "channel_name", "bench",
                    "initial_members", List.of())).get("channel");
            accounts.add(new Account(address, channel.string("channelId"), channel.list("memberCaps").getFirst().string("memberCapId")));
        }
        return accounts;
    }

    Object message(String text) {
        return Json.object("sui_address", address, "channel_id", channel, "member_cap_id", memberCap, "message", text);
    }

    /** @throws IOException unless it is answered with 200 */
    static Json posted(WholeService service, String path, Object body) throws IOException, InterruptedException {
        return ok(path, service.post(path, body));
    }

    /** @throws IOException unless it is answered with 200 */
    static Json got(WholeService service, String path) throws IOException, InterruptedException {
        return ok(path, service.get(path));
    }

    private static Json ok(String path, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        return Json.parse(answer.body());
    }
}
