package suiload.messaging;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.http.Policy;
import suiload.http.Query;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.sui.Cause;
import suiload.transactions.TransactionStatus;
import suiload.transactions.Transactions;
import suiload.users.Once;
import suiload.users.UserVault;

/** Everything under {@code /contract}. */
public final class MessagingRoutes {
    private static final int LIMIT = 10;
    private static final int LIMIT_MAX = 50;
    private static final long INDEX_MAX = 999_999_999_999_999_999L;

    private final Messaging messaging;
    private final Transactions transactions;
    private final UserVault users;
    private final Once once;
    private final SecureRandom random;

    private MessagingRoutes(Messaging messaging, Transactions transactions, UserVault users, SecureRandom random) {
        this.messaging = messaging;
        this.transactions = transactions;
        this.random = random;
        this.users = users;
        once = new Once(transactions.idempotency());
    }

    /** @param random for channel keys and nonces */
    public static void register(Routes routes, Messaging messaging, Transactions transactions, UserVault users, SecureRandom random) {
        var handlers = new MessagingRoutes(messaging, transactions, users, random);
        routes.add("POST", "/contract/channel", Policy.GUARDED, handlers::createChannel)
                .add("POST", "/contract/channel/message", Policy.GUARDED, handlers::sendMessage)
                .add("GET", "/contract/transactions/{digest}", Policy.GUARDED, handlers::transaction)
                .add("GET", "/contract/channel/memberships/{addr}", Policy.GUARDED, handlers::memberships)
                .add("GET", "/contract/channel/memberships/{addr}/with-metadata", Policy.GUARDED, handlers::membershipsWithMetadata)
                .add("GET", "/contract/channel/{id}", Policy.GUARDED, handlers::channel)
                .add("GET", "/contract/channel/{id}/messages", Policy.GUARDED, handlers::channelMessages)
                .add("GET", "/contract/messages/table/{table_id}", Policy.GUARDED, handlers::tableMessages);
    }

    private Response createChannel(Request request) throws Exception {
        return once.answer(request, claim -> {
            Json body = request.json();
            SecretKey signer = Fields.signer(body, users::secret);
            String name = Fields.channelName(body);
            List<Address> members = Fields.members(body, Address.ofPublicKey(signer.publicKey()));
            Bytes key = random(Contract.KEY_BYTES);
            return transactions.send(messaging.createChannel().intent(signer, name, members, key, request.id()), claim);
        });
    }

    private Response sendMessage(Request request) throws Exception {
        return once.answer(request, claim -> {
            Json body = request.json();
            SecretKey signer = Fields.signer(body, users::secret);
            Address channel = Fields.address(body, "channel_id");
            var cap = new MemberCap(Fields.address(body, "member_cap_id"), channel);
            Bytes message = Fields.message(body);
            transactions.references().learnShared(channel, messaging.channels().ref(channel).initialVersion());
            Bytes nonce = random(Contract.NONCE_BYTES);
            return transactions.send(messaging.sendMessage().intent(signer, cap, message, nonce, request.id()), claim);
        });
    }

    private Response transaction(Request request) {
        TransactionStatus status = transactions.status(Fields.digest("digest", request.parameter("digest")), ChannelReads.deadline());
        String gasCost = status.gasCost().isPresent() ? Long.toString(status.gasCost().getAsLong()) : null;
        return Response.json(Json.object("digest", status.digest().toString(), "status", status.state().label(),
                "gasCost", gasCost, "error", status.error()));
    }

    /** Caps of one address by id; {@code next} is the cursor of those behind. */
    private record CapPage(List<MemberCap> caps, Optional<String> next) {}

    private CapPage capPage(Request request) {
        Address owner = Fields.address("addr", request.parameter("addr"));
        Query query = request.query();
        int limit = limit(query);
        Optional<Address> cursor = query.string("cursor").map(text -> Fields.address("cursor", text));
        List<MemberCap> caps = messaging.memberships().of(owner, cursor, limit + 1);
        List<MemberCap> page = caps.subList(0, Math.min(limit, caps.size()));
        return new CapPage(page, caps.size() > limit ? Optional.of(page.getLast().id().toString()) : Optional.empty());
    }

    private Response memberships(Request request) {
        CapPage page = capPage(request);
        return Response.json(Json.object("message", found(page.caps.size(), "membership"), "memberships",
                page.caps.stream().map(MemberCap::json).toList(), "next", page.next));
    }

    /** Caps of members that were removed are left out: only here does it show. So a page may hold fewer than its limit. */
    private Response membershipsWithMetadata(Request request) {
        CapPage page = capPage(request);
        Set<Address> ids = new LinkedHashSet<>();
        page.caps.forEach(cap -> ids.add(cap.channel()));
        Map<Address, Channel> channels = messaging.channels().channels(ids, Cause.MEMBERSHIP);
        List<Map<String, Object>> memberships = new ArrayList<>();
        for (MemberCap cap : page.caps) {
            Channel channel = channels.get(cap.channel());
            if (channel == null || !channel.members().contains(cap.id())) continue;
            Map<String, Object> membership = cap.json();
            membership.put("channel", channel.json());
            memberships.add(membership);
        }
        return Response.json(Json.object("message", found(memberships.size(), "membership"), "memberships", memberships,
                "next", page.next));
    }

    private Response channel(Request request) {
        Channel channel = messaging.channels().channel(Fields.address("id", request.parameter("id")));
        return Response.json(Json.object("message", "Channel found", "channel", channel.json()));
    }

    private Response channelMessages(Request request) {
        return messages(messaging.channels().ref(Fields.address("id", request.parameter("id"))), request.query());
    }

    private Response tableMessages(Request request) {
        return messages(messaging.channels().refOfTable(Fields.address("table_id", request.parameter("table_id"))), request.query());
    }

    private Response messages(ChannelRef channel, Query query) {
        OptionalLong before = query.has("before") ? OptionalLong.of(query.integer("before", 0, INDEX_MAX, 0)) : OptionalLong.empty();
        MessageReads reads = messaging.messages();
        return Response.bytes(200, Response.JSON, reads.page(channel, reads.latest(channel, limit(query), before), MessagingRoutes::page));
    }

    private static byte[] page(SortedMap<Long, Message> messages) {
        List<Map<String, Object>> all = new ArrayList<>();
        messages.forEach((index, message) -> all.add(message.json(index)));
        return Json.bytes(Json.object("message", found(all.size(), "message"), "messages", all));
    }

    private static int limit(Query query) {
        return (int) query.integer("limit", 1, LIMIT_MAX, LIMIT);
    }

    private static String found(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s") + " found";
    }

    private Bytes random(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
