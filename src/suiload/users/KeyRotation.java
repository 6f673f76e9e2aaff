package suiload.users;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import suiload.crypto.MasterKey;
import suiload.metrics.Deadline;
import suiload.metrics.Log;
import suiload.store.DatabaseUnavailable;

/**
 * Puts every user's key under a new master key, while a service may be using them: it reads the master keys again when their file
 * changes, so from the first moment on it seals with the new one and still opens what has the old one. One rotation at a time.
 */
public final class KeyRotation {
    private static final int PORTION = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final UserStore store;
    private final MasterKeyFile keys;
    private final Sealing sealing;
    private final SecureRandom random;

    public KeyRotation(UserStore store, MasterKeyFile keys, SecureRandom random) {
        this.store = store;
        this.keys = keys;
        this.sealing = new Sealing(keys, random);
        this.random = random;
    }

    /**
     * What was done.
     *
     * @param resumed   whether an earlier rotation had not come to its end: that one was finished, no further key was made
     * @param resealed  how many users' keys got a new envelope
     * @param masterKey number of the key that seals them all now
     */
    public record Result(boolean resumed, long resealed, int masterKey) {}

    /** Finishes a rotation that was cut off, or else makes a new master key and reseals everything under it. */
    public Result run() {
        long left = resealAll();
        if (left > 0) return new Result(true, left, keys.newest().id());
        List<MasterKey> all = new ArrayList<>(keys.all());
        all.add(MasterKey.generate(keys.newest().id() + 1, random));
        // On the disk before the first envelope needs it.
        keys.write(all);
        return new Result(false, resealAll(), keys.newest().id());
    }

    /** Forgets all master keys but the newest. Only when nobody else is sealing: an envelope under way may still name an older one. */
    public int dropOld() {
        int old = keys.all().size() - 1;
        if (old > 0) keys.write(List.of(keys.newest()));
        return old;
    }

    /** Again until nothing is left: users that were being made when the key changed come in under the old one. */
    private long resealAll() {
        long total = 0;
        for (long pass = resealOnce(); pass > 0; pass = resealOnce()) total += pass;
        return total;
    }

    private long resealOnce() {
        long resealed = 0;
        List<UserStore.SealedRow> rows = patiently(() -> store.sealedRows(0, PORTION));
        while (!rows.isEmpty()) {
            List<UserStore.SealedRow> fresh = rows.stream().filter(row -> !sealing.current(row.sealed())).map(this::resealed).toList();
            resealed += fresh.isEmpty() ? 0 : patiently(() -> store.replaceSealed(fresh));
            long last = rows.getLast().id();
            rows = patiently(() -> store.sealedRows(last, PORTION));
        }
        if (resealed > 0) Log.info("keys_resealed", "count", resealed, "master_key", keys.newest().id());
        return resealed;
    }

    /** A busy database, or one that is just coming back, is asked again: every step may be repeated. */
    private static <T> T patiently(Supplier<T> step) {
        Deadline patience = Deadline.after(PATIENCE);
        while (true) {
            try {
                return step.get();
            } catch (DatabaseUnavailable e) {
                if (e.lasting() || patience.expired()) throw e;
                Log.warn("rotation_waits", "reason", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private UserStore.SealedRow resealed(UserStore.SealedRow row) {
        return new UserStore.SealedRow(row.id(), row.address(), sealing.reseal(row.sealed(), row.address()));
    }
}
