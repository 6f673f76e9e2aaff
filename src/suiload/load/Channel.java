package suiload.load;

import java.util.List;
import java.util.OptionalInt;

/**
 * A channel with the users of this run that are in it.
 *
 * @param tableId the id of its messages table, which polls ask for
 * @param baseline how many messages it had before the run
 */
record Channel(String id, String tableId, List<Member> members, long baseline) {
    /** @param capId the member cap that lets the user send */
    record Member(User user, String capId) {}

    Channel {
        members = List.copyOf(members);
    }

    List<Member> active() {
        return members.stream().filter(member -> member.user().active()).toList();
    }

    List<Member> passive() {
        return members.stream().filter(member -> !member.user().active()).toList();
    }

    UserMix.Shape shape() {
        return new UserMix.Shape(active().size(), passive().size());
    }
}
