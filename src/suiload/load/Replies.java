package suiload.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import suiload.json.Json;
import suiload.json.JsonException;

/** Reading of the service's bodies. */
final class Replies {
    private Replies() {}

    /** @param index its place in the channel, from 0 without gaps */
    record Message(long index, String text) {}

    /** The {@code error} and {@code details} of an error body; its beginning when it is another's. */
    static String explained(Outcome.Answer answer) {
        String error = field(answer, "error").orElse("");
        String details = field(answer, "details").orElse("");
        if (error.isEmpty() && details.isEmpty()) return beginning(new String(answer.body(), StandardCharsets.UTF_8));
        return details.isEmpty() ? error : error + ": " + details;
    }

    /** A text field of the body; empty when there is none, or no JSON. */
    static Optional<String> field(Outcome.Answer answer, String name) {
        try {
            return Json.parse(answer.body()).find(name).filter(Json::isString).map(Json::asString);
        } catch (JsonException notOurs) {
            return Optional.empty();
        }
    }

    static List<Api.Membership> memberships(Json page) {
        return page.list("memberships").stream().map(item -> new Api.Membership(item.string("channelId"), item.string("memberCapId")))
                .toList();
    }

    static List<Message> messages(Json page) {
        return page.list("messages").stream().map(item -> new Message(item.u64("index"), text(item))).toList();
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** A load-test message is plain UTF-8; anything else is somebody else's and becomes some other text. */
    private static String text(Json message) {
        try {
            return new String(Base64.getDecoder().decode(message.string("ciphertext")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw message.wrong("has a ciphertext that is not base64");
        }
    }

    private static String beginning(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
