package suiload.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deals users to channels: first to those of an earlier run that have just the members wanted, the rest to new ones. */
final class Dealing {
    /** A user of many former runs has many memberships; older ones than this are not looked at. */
    private static final int PAGES_MAX = 4;

    private final Map<UserMix.Shape, Integer> wanted = new LinkedHashMap<>();
    private final Set<User> undealt;

    /** A channel that is there already. */
    record Reusable(String id, List<Channel.Member> members) {
        /** The table's id and how many messages there are before this run. */
        Channel read(Api api) {
            Api.Kept channel = api.channel(id);
            return new Channel(id, channel.tableId(), members, channel.messages());
        }
    }

    /** Users that get a new channel. The first sends. */
    record Group(int number, List<User> users) {
        User creator() {
            return users.getFirst();
        }

        Channel create(Api api, String runId) {
            List<String> others = users.stream().skip(1).map(User::address).toList();
            Api.Created created = api.createChannel("load " + runId + " " + number, creator().address(), others);
            return new Channel(created.channelId(), created.tableId(), users.stream().map(user -> member(user, created)).toList(), 0);
        }

        private static Channel.Member member(User user, Api.Created created) {
            String cap = created.capByAddress().get(user.address());
            if (cap == null) throw CannotRun.unreachable("channel " + created.channelId() + " was created without a member cap for "
                    + user.address());
            return new Channel.Member(user, cap);
        }
    }

    /** @param users the active ones before the passive ones */
    Dealing(UserMix mix, List<User> users) {
        mix.shapes().forEach(shape -> wanted.merge(shape, 1, Integer::sum));
        undealt = new LinkedHashSet<>(users);
    }

    /** All memberships of a user, page by page. */
    static List<Api.Membership> all(Api api, User user) {
        List<Api.Membership> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        for (int page = 0; page < PAGES_MAX; page++) {
            Api.Memberships found = api.memberships(user.address(), cursor);
            all.addAll(found.items());
            cursor = found.next();
            if (cursor.isEmpty()) break;
        }
        return all;
    }

    /** Takes every channel whose members among our users are all undealt and make a shape that is still wanted. */
    List<Reusable> reuse(Map<User, List<Api.Membership>> memberships) {
        Map<String, List<Channel.Member>> byChannel = new HashMap<>();
        memberships.forEach((user, items) -> items.forEach(item ->
                byChannel.computeIfAbsent(item.channelId(), id -> new ArrayList<>()).add(new Channel.Member(user, item.capId()))));
        List<Reusable> taken = new ArrayList<>();
        byChannel.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            if (take(entry.getValue())) taken.add(new Reusable(entry.getKey(), entry.getValue()));
        });
        return taken;
    }

    private boolean take(List<Channel.Member> members) {
        int active = (int) members.stream().filter(member -> member.user().active()).count();
        UserMix.Shape shape = new UserMix.Shape(active, members.size() - active);
        if (wanted.getOrDefault(shape, 0) == 0 || !members.stream().allMatch(member -> undealt.contains(member.user()))) return false;
        wanted.merge(shape, -1, Integer::sum);
        members.forEach(member -> undealt.remove(member.user()));
        return true;
    }

    /** The undealt users in groups of the shapes that are left. */
    List<Group> groups() {
        Iterator<User> active = undealt.stream().filter(User::active).iterator();
        Iterator<User> passive = undealt.stream().filter(user -> !user.active()).iterator();
        List<Group> groups = new ArrayList<>();
        wanted.forEach((shape, count) -> {
            for (int i = 0; i < count; i++) {
                List<User> users = new ArrayList<>(take(active, shape.active()));
                users.addAll(take(passive, shape.passive()));
                groups.add(new Group(groups.size(), users));
            }
        });
        return groups;
    }

    private static List<User> take(Iterator<User> users, int count) {
        List<User> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) taken.add(users.next());
        return taken;
    }
}
