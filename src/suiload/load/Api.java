package suiload.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import suiload.json.Json;
import suiload.json.JsonException;

/** The service's routes as provisioning and settlement use them. A failure that remains after all retries ends in {@link Failed}. */
final class Api {
    /** Longest list of users that the service gives or generates at once. */
    static final int USERS_AT_ONCE = 2000;
    /** Longest list of chain objects. */
    static final int PAGE = 50;

    private final Caller caller;
    private final Caller.Line line;
    private final String runId;
    private final AtomicLong keys;

    /** An operation that failed in its last attempt. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Outcome outcome;

        Failed(Call call, Outcome outcome) {
            super(call + ": " + words(outcome));
            this.outcome = outcome;
        }

        /** The HTTP status, or 0 when there was no response. */
        int status() {
            return outcome instanceof Outcome.Answer answer ? answer.status() : 0;
        }

        private static String words(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Answer answer -> answer.status() + " " + Replies.explained(answer);
                case Outcome.Broken broken -> broken.text();
                case Outcome.Interrupted interrupted -> "interrupted";
            };
        }
    }

    /** @param total of all that match */
    record Listed(List<String> addresses, Optional<String> next, long total) {}

    /**
     * @param returnedMist what arrived
     * @param remaining    users that another call will see to
     * @param errors       why some kept their coins, in the service's words
     */
    record Drained(long users, long failed, long returnedMist, long remaining, List<String> errors) {}

    record Created(String channelId, String tableId, Map<String, String> capByAddress) {}

    /** A channel that is there: its table, and how many messages it has. */
    record Kept(String tableId, long messages) {}

    record Membership(String channelId, String capId) {}

    record Memberships(List<Membership> items, Optional<String> next) {}

    Api(Caller caller, Caller.Line line, String runId) {
        this(caller, line, runId, new AtomicLong());
    }

    private Api(Caller caller, Caller.Line line, String runId, AtomicLong keys) {
        this.caller = caller;
        this.line = line;
        this.runId = runId;
        this.keys = keys;
    }

    /** The same routes over another connection. */
    Api on(Caller.Line other) {
        return new Api(caller, other, runId, keys);
    }

    /** One page of users, newest first. */
    Listed users(boolean active, Optional<Boolean> funded, Optional<String> after, int limit) {
        String path = "/users?variant=" + variant(active) + "&limit=" + limit + funded.map(f -> "&is_funded=" + f).orElse("")
                + after.map(a -> "&after=" + a).orElse("");
        return ask(Call.get(Operation.LIST_USERS, path), page -> new Listed(
                page.list("items").stream().map(item -> item.string("sui_address")).toList(), page.find("next").map(Json::asString),
                page.u64("total")));
    }

    /** @param to where the coins go; empty for the service's own funding account */
    Drained drain(Optional<String> to) {
        Map<String, Object> body = Json.object();
        to.ifPresent(address -> body.put("sui_address", address));
        return ask(post(Operation.DRAIN_USERS, "/users/drain", body), answer -> drained(answer.get("drainResult")));
    }

    private static Drained drained(Json result) {
        return new Drained(result.u64("successCount"), result.u64("failedCount"), result.u64("totalReturned"), result.u64("remaining"),
                result.list("errors").stream().map(Json::toString).toList());
    }

    void generate(boolean active, int count) {
        ask(post(Operation.GENERATE_USERS, "/users/generate/" + variant(active) + "?count=" + count, Map.of()), answer -> answer);
    }

    /** @return why funding failed for some, in the service's words; empty when it did for none */
    List<String> fund(LoadSettings.Funding funding) {
        Map<String, Object> body = Json.object("amount_per_user", Long.toString(funding.mistPerUser()));
        funding.address().ifPresent(address -> body.put("sui_address", address));
        funding.secretKey().ifPresent(key -> body.put("secret_key", key));
        return ask(post(Operation.FUND_USERS, "/users/fund", body), answer -> answer.get("fundingResult").find("errors")
                .map(errors -> errors.asList().stream().map(Json::toString).toList()).orElse(List.of()));
    }

    Created createChannel(String name, String creator, List<String> others) {
        return ask(post(Operation.CREATE_CHANNEL, "/contract/channel",
                Json.object("sui_address", creator, "channel_name", name, "initial_members", others)),
                answer -> created(answer.get("channel")));
    }

    private static Created created(Json channel) {
        Map<String, String> caps = new HashMap<>();
        channel.list("memberCaps").forEach(cap -> caps.put(cap.string("address"), cap.string("memberCapId")));
        return new Created(channel.string("channelId"), channel.string("messagesTableId"), caps);
    }

    Memberships memberships(String address, Optional<String> cursor) {
        String path = "/contract/channel/memberships/" + address + "?limit=" + PAGE + cursor.map(c -> "&cursor=" + Replies.encoded(c))
                .orElse("");
        return ask(Call.get(Operation.LIST_MEMBERSHIPS, path),
                page -> new Memberships(Replies.memberships(page), page.find("next").map(Json::asString)));
    }

    Kept channel(String id) {
        return ask(Call.get(Operation.READ_CHANNEL, "/contract/channel/" + id), answer -> new Kept(
                answer.get("channel").string("messagesTableId"), answer.get("channel").u64("messagesCount")));
    }

    /** Up to {@link #PAGE} messages below {@code before}, the latest first. */
    List<Replies.Message> messages(String channelId, Optional<Long> before) {
        String path = "/contract/channel/" + channelId + "/messages?limit=" + PAGE + before.map(index -> "&before=" + index).orElse("");
        return ask(Call.get(Operation.CHANNEL_MESSAGES, path), Replies::messages);
    }

    /** {@code pending}, {@code executed}, {@code failed} or {@code unknown}. */
    String transactionStatus(String digest) {
        return ask(Call.get(Operation.LOOK_UP_TRANSACTION, "/contract/transactions/" + Replies.encoded(digest)),
                answer -> answer.string("status"));
    }

    private Call post(Operation operation, String path, Map<String, Object> body) {
        return Call.post(operation, path, Json.bytes(body), runId + "-setup-" + keys.incrementAndGet());
    }

    /** A body that is not what the route promises is a failure too: it must not end the program. */
    private <T> T ask(Call call, Function<Json, T> reader) {
        Outcome outcome = caller.call(line, call, System.nanoTime());
        if (outcome instanceof Outcome.Interrupted) throw new RunStopped();
        if (!(outcome instanceof Outcome.Answer answer) || !answer.ok()) throw new Failed(call, outcome);
        try {
            return reader.apply(Json.parse(answer.body()));
        } catch (JsonException notReadable) {
            caller.unreadable(call, notReadable);
            throw new Failed(call, outcome);
        }
    }

    private static String variant(boolean active) {
        return active ? "active" : "passive";
    }
}
