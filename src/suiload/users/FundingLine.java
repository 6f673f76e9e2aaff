package suiload.users;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import suiload.chain.Address;

/** The users one funding has still to serve, oldest first; each is given out once. */
final class FundingLine {
    private final UserStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private long lastId;

    FundingLine(UserStore store) {
        this.store = store;
    }

    /** The next users, at most {@code limit}; empty when all were given out. */
    List<Address> next(int limit) {
        lock.lock();
        try {
            List<UserStore.Unfunded> users = store.unfunded(lastId, limit);
            if (!users.isEmpty()) lastId = users.getLast().id();
            return users.stream().map(UserStore.Unfunded::address).toList();
        } finally {
            lock.unlock();
        }
    }

    /** All that are left. */
    List<Address> rest() {
        List<Address> rest = new ArrayList<>();
        for (List<Address> some = next(Funding.BATCH_USERS_MAX); !some.isEmpty(); some = next(Funding.BATCH_USERS_MAX)) rest.addAll(some);
        return rest;
    }
}
