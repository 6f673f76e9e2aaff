package suiload.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import suiload.report.Verdict;

/**
 * Sees to it that there are users, that those who send have coins, and that each is in one channel. What an earlier run
 * left is used again, so that a second run has little to do.
 */
final class Provisioning {
    /** Channels that are created, and users that are asked about, at once. */
    private static final int CREATE_AT_ONCE = 10;
    private static final int READ_AT_ONCE = 32;
    private static final Duration FUNDING_LIMIT = Duration.ofMinutes(15);
    private static final int FUNDING_STALLS_MAX = 3;

    private final LoadSettings settings;
    private final Api api;
    private final List<Api> lines;
    private final String runId;
    private final Progress progress;

    /**
     * @param lines connections for what is done in parallel
     */
    Provisioning(LoadSettings settings, List<Api> lines, String runId, Progress progress) {
        this.settings = settings;
        this.api = lines.getFirst();
        this.lines = List.copyOf(lines);
        this.runId = runId;
        this.progress = progress;
    }

    /**
     * @return channels in which all users of the mix are, each in one
     * @throws CannotRun when the service will not do its part
     */
    List<Channel> run() {
        try {
            generate(true, settings.mix().active());
            generate(false, settings.mix().passive());
            fund();
            List<User> active = users(true, settings.mix().active());
            List<User> passive = users(false, settings.mix().passive());
            return channels(active, passive);
        } catch (Api.Failed failed) {
            throw CannotRun.unreachable("provisioning failed: " + failed.getMessage());
        }
    }

    /** Sees to it that there are so many. */
    private void generate(boolean active, int count) {
        int missing = (int) Math.max(0, count - api.users(active, Optional.empty(), Optional.empty(), 1).total());
        if (missing == 0) return;
        int left = missing;
        try (Progress.Bar bar = progress.bar("generate " + (active ? "active" : "passive") + " users", missing)) {
            while (left > 0) {
                int batch = Math.min(left, Api.USERS_AT_ONCE);
                api.generate(active, batch);
                left -= batch;
                bar.at(missing - left);
            }
        }
    }

    /** Of the active ones only those that have coins, which need not be those that were generated last. */
    private List<User> users(boolean active, int count) {
        List<String> addresses = list(active, active ? Optional.of(true) : Optional.empty(), count);
        if (addresses.size() < count) {
            throw CannotRun.unreachable("the service lists " + addresses.size() + " " + (active ? "active" : "passive") + " users after "
                    + count + " were made sure of");
        }
        return IntStream.range(0, count).mapToObj(i -> new User((active ? "a" : "p") + i, active, addresses.get(i))).toList();
    }

    private List<String> list(boolean active, Optional<Boolean> funded, int count) {
        List<String> found = new ArrayList<>();
        Optional<String> after = Optional.empty();
        while (found.size() < count) {
            Api.Listed page = api.users(active, funded, after, Math.min(Api.USERS_AT_ONCE, count - found.size()));
            found.addAll(page.addresses());
            if (page.next().isEmpty() || page.addresses().isEmpty()) break;
            after = page.next();
        }
        return found;
    }

    /**
     * One call funds all that have nothing, but a large number takes longer than a request may: it is repeated while it gets on. Only what
     * this run needs is waited for: whom an earlier run left unfunded is none of its business.
     */
    private void fund() {
        int wanted = settings.mix().active();
        long before = funded();
        if (before >= wanted) return;
        long end = System.nanoTime() + FUNDING_LIMIT.toNanos();
        try (Progress.Bar bar = progress.bar("fund active users", wanted - before)) {
            long funded = before;
            for (int stalls = 0; funded < wanted; bar.at(Math.min(funded, wanted) - before)) {
                Optional<String> trouble = fundOnce();
                long now = funded();
                stalls = now > funded ? 0 : stalls + 1;
                funded = now;
                if (funded < wanted && (stalls >= FUNDING_STALLS_MAX || System.nanoTime() > end)) {
                    throw CannotRun.unreachable(wanted - funded + " active users could not be funded: "
                            + trouble.orElse("the service does not say why"));
                }
            }
        }
    }

    private Optional<String> fundOnce() {
        try {
            return api.fund(settings.funding()).stream().findFirst();
        } catch (Api.Failed failed) {
            if (failed.status() == 400 && settings.funding().address().isEmpty()) {
                throw new CannotRun(Verdict.Kind.BAD_SETTINGS,
                        "the service has no funding account of its own: set ADMIN_SUI_ADDRESS and ADMIN_SECRET_KEY ("
                                + failed.getMessage() + ")");
            }
            if (failed.status() == 400 || failed.status() == 401 || failed.status() == 403) throw failed;
            return Optional.of(failed.getMessage());
        }
    }

    private long funded() {
        return api.users(true, Optional.of(true), Optional.empty(), 1).total();
    }

    private List<Channel> channels(List<User> active, List<User> passive) {
        List<User> all = new ArrayList<>(active);
        all.addAll(passive);
        Dealing dealing = new Dealing(settings.mix(), all);
        Map<User, List<Api.Membership>> memberships = memberships(all);
        List<Dealing.Reusable> reused = dealing.reuse(memberships);
        List<Dealing.Group> groups = dealing.groups();
        List<Channel> channels = new ArrayList<>(bringBack(reused));
        channels.addAll(create(groups));
        progress.line(channels.size() + " channels for " + active.size() + " active and " + passive.size() + " passive users: "
                + groups.size() + " created, " + reused.size() + " from before");
        return channels;
    }

    private Map<User, List<Api.Membership>> memberships(List<User> users) {
        try (Progress.Bar bar = progress.bar("look for channels from before", users.size())) {
            List<List<Api.Membership>> found = Workers.each(users, READ_AT_ONCE, user -> Dealing.all(line(user.name()), user), bar::at);
            Map<User, List<Api.Membership>> byUser = new LinkedHashMap<>();
            for (int i = 0; i < users.size(); i++) byUser.put(users.get(i), found.get(i));
            return byUser;
        }
    }

    private List<Channel> bringBack(List<Dealing.Reusable> reused) {
        if (reused.isEmpty()) return List.of();
        try (Progress.Bar bar = progress.bar("read channels from before", reused.size())) {
            return Workers.each(reused, READ_AT_ONCE, channel -> channel.read(line(channel.id())), bar::at);
        }
    }

    private List<Channel> create(List<Dealing.Group> groups) {
        if (groups.isEmpty()) return List.of();
        try (Progress.Bar bar = progress.bar("create channels", groups.size())) {
            return Workers.each(groups, CREATE_AT_ONCE, group -> group.create(line(group.creator().name()), runId), bar::at);
        }
    }

    private Api line(String what) {
        return lines.get(Math.floorMod(what.hashCode(), lines.size()));
    }
}
