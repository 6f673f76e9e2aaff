package suiload.users;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import suiload.chain.Address;
import suiload.crypto.SecretKey;

/** Users' keys in the clear, in memory only, for those who sign. A user's key never changes, so what is cached stays true. */
public final class UserVault {
    /** About 300 bytes each. */
    private static final int CACHED_MAX = 20_000;

    private final UserStore store;
    private final Sealing sealing;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Address, SecretKey> cache = new LinkedHashMap<>(16, 0.75f, true);

    public UserVault(UserStore store, Sealing sealing) {
        this.store = store;
        this.sealing = sealing;
    }

    /** The key of one of our users; empty if there is no such user. */
    public Optional<SecretKey> secret(Address address) {
        Optional<SecretKey> known = cached(address);
        if (known.isPresent()) return known;
        Optional<SecretKey> opened = store.sealedSecret(address).map(sealed -> sealing.open(sealed, address));
        opened.ifPresent(key -> remember(address, key));
        return opened;
    }

    /** When one of our users was generated: before that, nobody knew its address. */
    public Optional<Instant> created(Address address) {
        return store.created(address);
    }

    public boolean exists(Address address) {
        return cached(address).isPresent() || store.id(address).isPresent();
    }

    private Optional<SecretKey> cached(Address address) {
        lock.lock();
        try {
            return Optional.ofNullable(cache.get(address));
        } finally {
            lock.unlock();
        }
    }

    private void remember(Address address, SecretKey key) {
        lock.lock();
        try {
            cache.put(address, key);
            if (cache.size() > CACHED_MAX) cache.pollFirstEntry();
        } finally {
            lock.unlock();
        }
    }
}
