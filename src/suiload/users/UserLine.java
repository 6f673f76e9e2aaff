package suiload.users;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import suiload.chain.Address;

/** The users that one round has still to serve, oldest first; each is given out once. */
final class UserLine {
    private static final int AT_ONCE = 50;

    private final Source source;
    private final ReentrantLock lock = new ReentrantLock();
    private long lastId;
    private boolean ended;

    /** The users after an id, oldest first, so many at most. */
    interface Source {
        List<UserStore.Place> after(long id, int limit);
    }

    /** @param after where an earlier line ended, 0 for the very beginning */
    UserLine(Source source, long after) {
        this.source = source;
        lastId = after;
    }

    /** The next users, at most {@code limit}; empty when all were given out. */
    List<Address> next(int limit) {
        lock.lock();
        try {
            List<UserStore.Place> users = source.after(lastId, limit);
            if (!users.isEmpty()) lastId = users.getLast().id();
            ended = users.isEmpty();
            return users.stream().map(UserStore.Place::address).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Where a later line goes on: after the last one given out, at the beginning once all were. */
    long place() {
        lock.lock();
        try {
            return ended ? 0 : lastId;
        } finally {
            lock.unlock();
        }
    }

    /** All that are left. */
    List<Address> rest() {
        List<Address> rest = new ArrayList<>();
        for (List<Address> some = next(AT_ONCE); !some.isEmpty(); some = next(AT_ONCE)) rest.addAll(some);
        return rest;
    }
}
