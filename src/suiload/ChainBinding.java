package suiload;

import java.util.Optional;
import suiload.store.CannotStart;
import suiload.store.Database;

/** A database's users are funded on one chain; on another their coins and channels do not exist. So a database belongs to its chain. */
final class ChainBinding {
    private ChainBinding() {}

    /** @throws CannotStart when the database belongs to another chain */
    static void check(Database database, String chainId) {
        database.update("INSERT INTO network (chain_id) VALUES (?) ON CONFLICT DO NOTHING", chainId);
        Optional<String> bound = database.first("SELECT chain_id FROM network", row -> row.string("chain_id"));
        if (bound.isPresent() && !bound.get().equals(chainId)) {
            throw new CannotStart("this database belongs to the chain " + bound.get() + ", but the node is on " + chainId
                    + ": set NETWORK or FULLNODE_URL to that chain; or keep what is there and set DATA_DIR (or DATABASE_URL) to a new one");
        }
    }
}
