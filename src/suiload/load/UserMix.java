package suiload.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many users of each kind there are, and how they are dealt to channels. */
record UserMix(int active, int passive, int activePerChannel, int passivePerChannel) {
    /** The messaging contract's own limit. */
    static final int MEMBERS_MAX = 10;

    /** How many members of each kind a channel has. */
    record Shape(int active, int passive) {}

    int users() {
        return active + passive;
    }

    int channels() {
        return Math.max(ceil(active, activePerChannel), ceil(passive, passivePerChannel));
    }

    /** Why this mix cannot be built, and which number to change to what; empty when it can. */
    Optional<String> infeasible() {
        if (activePerChannel + passivePerChannel > MEMBERS_MAX) {
            return Optional.of("ACTIVE_USERS_PER_CHANNEL=" + activePerChannel + " and PASSIVE_USERS_PER_CHANNEL=" + passivePerChannel
                    + " make " + (activePerChannel + passivePerChannel) + " members, the contract allows " + MEMBERS_MAX + ": lower "
                    + (activePerChannel >= MEMBERS_MAX ? "ACTIVE_USERS_PER_CHANNEL to " + (MEMBERS_MAX - 1) + " or less"
                            : "PASSIVE_USERS_PER_CHANNEL to " + (MEMBERS_MAX - activePerChannel)));
        }
        if (active < channels()) {
            return Optional.of("ACTIVE_USERS_TOTAL=" + active + " is too few for PASSIVE_USERS_TOTAL=" + passive + ": they need "
                    + channels()
                    + " channels and each needs an active user: raise ACTIVE_USERS_TOTAL to " + channels()
                    + " or lower PASSIVE_USERS_TOTAL to " + active * passivePerChannel);
        }
        return Optional.empty();
    }

    /** Shapes of all channels when users are dealt round; their sum is exactly all users. */
    List<Shape> shapes() {
        int channels = channels();
        List<Shape> shapes = new ArrayList<>(channels);
        for (int i = 0; i < channels; i++) {
            shapes.add(new Shape(share(active, channels, i), share(passive, channels, i)));
        }
        return shapes;
    }

    private static int share(int users, int channels, int channel) {
        return users / channels + (channel < users % channels ? 1 : 0);
    }

    private static int ceil(int users, int per) {
        return (users + per - 1) / per;
    }
}
