package suiload.users;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.http.HttpError;
import suiload.http.Policy;
import suiload.http.Query;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.metrics.Deadline;
import suiload.metrics.RequestContext;
import suiload.store.Database;
import suiload.transactions.Claim;
import suiload.transactions.References;
import suiload.transactions.Reply;

/** {@code /users}: lists, bulk generation, funding and its undoing. */
public final class UserRoutes {
    private static final int LIST_MAX = 2000;
    private static final int LIST_DEFAULT = 50;
    private static final int GENERATE_MAX = 2000;
    /** A hundred million SUI: a batch of fifty still fits a u64. */
    private static final long AMOUNT_MAX = 100_000_000L * 1_000_000_000L;
    /** What a message costs on the public networks (facts: predecessor.md): enough for the figure "how many sends remain". */
    private static final long SEND_MIST = 3_881_008;

    /** What the routes work with. */
    public record Parts(Database database, UserStore store, Sealing sealing, KeyWork work, Money money, Once once, References references) {}

    /** Both ways of it. */
    public record Money(Funding funding, Draining draining) {}

    /**
     * Who may do what.
     *
     * @param remoteSecrets whether peers other than this machine may read secret keys
     * @param fundingKey    the service's own funding account
     */
    public record Rules(boolean remoteSecrets, Optional<SecretKey> fundingKey) {}

    private final Parts parts;
    private final Rules rules;
    private final SecureRandom random;

    private UserRoutes(Parts parts, Rules rules, SecureRandom random) {
        this.parts = parts;
        this.rules = rules;
        this.random = random;
    }

    public static void register(Routes routes, Parts parts, Rules rules, SecureRandom random) {
        var users = new UserRoutes(parts, rules, random);
        routes.add("GET", "/users", Policy.GUARDED, users::list);
        routes.add("GET", "/users/with-secrets", Policy.GUARDED, users::listWithSecrets);
        routes.add("POST", "/users/generate/{variant}", Policy.GUARDED, users::generate);
        routes.add("POST", "/users/fund", Policy.GUARDED, users::fund);
        routes.add("POST", "/users/drain", Policy.GUARDED, users::drain);
    }

    private Response list(Request request) {
        return Response.json(page(request.query()).json(this::item));
    }

    private Response listWithSecrets(Request request) throws InterruptedException {
        if (!rules.remoteSecrets() && !request.local()) {
            throw HttpError.forbidden("secrets_local_only",
                    "Secret keys are answered only to this machine. Set ALLOW_REMOTE_SECRETS=true on a network you trust.");
        }
        UserPage page = page(request.query());
        List<String> secrets = parts.work().map(page.users(), user -> parts.sealing().open(user.sealed(), user.address()).text());
        var remaining = secrets.iterator();
        return Response.json(page.json(user -> {
            Map<String, Object> item = item(user);
            item.put("secret_key", remaining.next());
            return item;
        }));
    }

    private Map<String, Object> item(User user) {
        Map<String, Object> item = Json.object(
                "sui_address", user.address().toString(), "user_variant", user.variant().label(), "is_funded", user.funded());
        OptionalLong balance = user.funded() ? parts.references().gasBalance(user.address()) : OptionalLong.empty();
        balance.ifPresent(mist -> item.put("sends_remaining", mist / SEND_MIST));
        return item;
    }

    private UserPage page(Query query) {
        var filter = new UserFilter(query.string("variant").map(label -> variant("variant", label)), query.bool("is_funded"));
        long limit = query.integer("limit", 1, LIST_MAX, LIST_DEFAULT);
        long offset = query.integer("offset", 0, Integer.MAX_VALUE, 0);
        OptionalLong before = query.string("after").map(this::place).orElse(OptionalLong.empty());
        UserStore.Part part = parts.store().list(filter, new UserStore.Window(before, offset, limit + 1));
        return UserPage.of(part.users(), limit, offset, part.total());
    }

    private OptionalLong place(String after) {
        OptionalLong place = parts.store().id(address("after", after));
        if (place.isEmpty()) throw HttpError.badRequest("after", "must be the address of a user of ours");
        return place;
    }

    private Response generate(Request request) throws Exception {
        Variant variant = variant("variant", request.parameter("variant"));
        int count = Math.toIntExact(request.query().integer("count", 1, GENERATE_MAX, 1));
        return parts.once().answer(request, claim -> generate(variant, count, claim));
    }

    private Reply generate(Variant variant, int count, Claim claim) throws InterruptedException {
        List<User> users = parts.work().map(Collections.nCopies(count, variant), this::newUser);
        List<Object> items = new ArrayList<>();
        users.forEach(user -> items.add(Json.object("sui_address", user.address().toString(), "user_variant", variant.label())));
        Reply reply = Once.ok(Json.object(
                "message", count + " " + variant.label() + " user(s) generated.", "users", items), OptionalLong.empty());
        return parts.database().transaction(session -> {
            parts.store().insert(session, users, variant);
            claim.keep(session, reply);
            return reply;
        });
    }

    private User newUser(Variant variant) {
        SecretKey secret = SecretKey.generate(random);
        Address address = Address.ofPublicKey(secret.publicKey());
        return new User(address, variant, false, parts.sealing().seal(secret, address));
    }

    private Response fund(Request request) throws Exception {
        Json body = request.json();
        long amount = body.u64("amount_per_user");
        if (amount < 1 || amount > AMOUNT_MAX) throw HttpError.badRequest("amount_per_user", "must be 1 to " + AMOUNT_MAX + " MIST");
        SecretKey payer = payer(body);
        return parts.once().answer(request, claim -> {
            FundingResult result = parts.money().funding().fund(new FundingRound.Order(payer, amount, claim.id()), deadline());
            return Once.ok(result.json(), result.gasMist() == 0 ? OptionalLong.empty() : OptionalLong.of(result.gasMist()));
        });
    }

    private Response drain(Request request) throws Exception {
        Optional<Json> address = request.body().length == 0 ? Optional.empty() : request.json().find("sui_address");
        Address to = address.map(text -> address("sui_address", text.asString())).orElseGet(() -> rules.fundingKey()
                .map(key -> Address.ofPublicKey(key.publicKey())).orElseThrow(() -> HttpError.badRequest("sui_address",
                        "is missing: this service has no funding account of its own (FUNDING_SECRET_KEY) to send the coins to")));
        return parts.once().answer(request, claim -> {
            DrainResult result = parts.money().draining().drain(to, deadline());
            return Once.ok(result.json(), result.drained() == 0 ? OptionalLong.empty() : OptionalLong.of(result.gasMist()));
        });
    }

    /** The account of the request, else our own. */
    private SecretKey payer(Json body) {
        Optional<Json> address = body.find("sui_address");
        Optional<Json> secret = body.find("secret_key");
        if (address.isEmpty() && secret.isEmpty()) {
            return rules.fundingKey().orElseThrow(() -> HttpError.badRequest("secret_key",
                    "is missing, and so is sui_address: this service has no funding account of its own (FUNDING_SECRET_KEY)"));
        }
        if (address.isEmpty()) throw HttpError.badRequest("sui_address", "is missing beside secret_key");
        if (secret.isEmpty()) throw HttpError.badRequest("secret_key", "is missing beside sui_address");
        SecretKey key = secretKey(secret.get().asString());
        if (!Address.ofPublicKey(key.publicKey()).equals(address("sui_address", address.get().asString()))) {
            throw HttpError.badRequest("secret_key", "is not the key of sui_address");
        }
        return key;
    }

    private static SecretKey secretKey(String text) {
        try {
            return SecretKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw HttpError.badRequest("secret_key", "is " + e.getMessage());
        }
    }

    private static Address address(String field, String text) {
        if (!text.startsWith("0x")) throw HttpError.badRequest(field, "must begin with 0x");
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw HttpError.badRequest(field, "is " + e.getMessage());
        }
    }

    private static Variant variant(String field, String label) {
        return Variant.of(label).orElseThrow(() -> HttpError.badRequest(field, "must be active or passive"));
    }

    private static Deadline deadline() {
        return RequestContext.current().map(RequestContext::deadline).orElseGet(Deadline::never);
    }
}
