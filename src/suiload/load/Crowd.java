package suiload.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The users of one kind: as many run as the profile wants at the moment. Made when first needed. One thread at a time. */
final class Crowd {
    private final int total;
    private final IntFunction<VirtualUser> maker;
    private final Profile profile;
    private final List<VirtualUser> users = new ArrayList<>();
    private volatile int wanted;

    Crowd(int total, Profile profile, IntFunction<VirtualUser> maker) {
        this.total = total;
        this.profile = profile;
        this.maker = maker;
    }

    /** Starts or finishes users until their number is that of the profile {@code nanos} after the start. */
    void adjust(long nanos) {
        int now = (int) Math.ceil(profile.at(nanos) * total - 1e-9);
        long planned = System.nanoTime();
        for (; wanted < now; wanted = wanted + 1) user(wanted).start(planned);
        for (; wanted > now; wanted = wanted - 1) users.get(wanted - 1).finish();
    }

    /** How many the profile wanted last. */
    int wanted() {
        return wanted;
    }

    /** No further iterations. */
    void finish() {
        users.forEach(VirtualUser::finish);
        wanted = 0;
    }

    void interrupt() {
        users.forEach(VirtualUser::interrupt);
    }

    boolean running() {
        return users.stream().anyMatch(VirtualUser::running);
    }

    private VirtualUser user(int index) {
        if (index == users.size()) users.add(maker.apply(index));
        return users.get(index);
    }
}
