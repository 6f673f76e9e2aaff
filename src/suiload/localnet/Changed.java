package suiload.localnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Digest;

/** What has changed since the last snapshot or increment was taken. Guarded by the ledger's lock. */
final class Changed {
    private Set<Address> objects = new HashSet<>();
    private BcsWriter transactions = new BcsWriter(1 << 12);
    private BcsWriter checkpoints = new BcsWriter(1 << 12);

    void transaction(Digest digest, long place) {
        transactions.u64(DigestIndex.key(digest)).u64(place);
    }

    void checkpoint(Digest digest, long place) {
        checkpoints.u64(DigestIndex.key(digest)).u64(place);
    }

    void objects(List<LedgerObject> before, List<LedgerObject> after) {
        for (LedgerObject object : before) objects.add(object.id());
        for (LedgerObject object : after) objects.add(object.id());
    }

    /** How many objects. */
    int size() {
        return objects.size();
    }

    /** Forgets all: a whole snapshot has it. After a long replay much memory goes with it. */
    void clear() {
        objects = new HashSet<>();
        transactions = new BcsWriter(1 << 12);
        checkpoints = new BcsWriter(1 << 12);
    }

    /** Hands over and forgets. */
    Increments.Capture take(long journalEnd, CheckpointRecord latest, LedgerState state) {
        List<Address> deleted = new ArrayList<>();
        List<LedgerObject> live = new ArrayList<>(objects.size());
        for (Address id : objects) {
            LedgerObject object = state.live(id);
            if (object == null) deleted.add(id);
            else live.add(object);
        }
        var hash = new BcsWriter(40);
        state.hash().write(hash);
        var capture = new Increments.Capture(journalEnd, latest, hash.toByteArray(), checkpoints.toByteArray(), transactions.toByteArray(),
                deleted, live.toArray(new LedgerObject[0]));
        clear();
        return capture;
    }
}
