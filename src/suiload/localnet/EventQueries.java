package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import suiload.chain.Digest;
import suiload.json.Json;

/**
 * Past events over JSON-RPC, in the order of checkpoints (facts: sui-jsonrpc.md sections 3 and 4.9). There is no index: transactions are
 * looked through from the cursor on, or from the end that the order begins at.
 */
final class EventQueries {
    /** A query that would look through more ends with what it has found; with nothing it is refused: a cursor could narrow it. */
    private static final int TRANSACTIONS_MAX = 20_000;

    private final TransactionAnswers answers;
    private final int transactionsMax;

    EventQueries(TransactionAnswers answers) {
        this(answers, TRANSACTIONS_MAX);
    }

    EventQueries(TransactionAnswers answers, int transactionsMax) {
        this.answers = answers;
        this.transactionsMax = transactionsMax;
    }

    /** The place of an event: its transaction's checkpoint, its transaction's place in there, its own place. */
    private record Place(long checkpoint, long transaction, long event) implements Comparable<Place> {
        @Override
        public int compareTo(Place that) {
            int order = Long.compare(checkpoint, that.checkpoint);
            if (order == 0) order = Long.compare(transaction, that.transaction);
            return order == 0 ? Long.compare(event, that.event) : order;
        }
    }

    Object events(JsonRpcParams params, Replica replica) {
        EventFilter filter = EventFilter.parse(params.get(0, "query"));
        Optional<Place> after = params.find(1).map(cursor -> place(cursor, replica));
        boolean descending = params.find(3).map(Json::asBool).orElse(false);
        var found = new Search(replica, filter, after, descending, params.limit(2)).run();
        Object next = found.items.isEmpty() ? params.find(1) : found.items.getLast().get("id");
        return Json.object("data", found.items, "nextCursor", next, "hasNextPage", found.more);
    }

    private static Place place(Json cursor, Replica replica) {
        Digest digest = JsonRpcParams.digest(cursor.get("txDigest"));
        long event = cursor.u64("eventSeq");
        return replica.transaction(digest).flatMap(ExecutedTransaction::checkpoint)
                .map(at -> new Place(at.sequence(), at.index(), event))
                .orElseThrow(() -> JsonRpcException.invalid(
                        "Could not find the referenced transaction [TransactionDigest(" + digest + ")]."));
    }

    private record Found(List<Map<String, Object>> items, boolean more) {}

    /** One query on its way through the checkpoints. */
    private final class Search {
        private final Replica replica;
        private final EventFilter filter;
        private final Optional<Place> after;
        private final boolean descending;
        private final int limit;
        private final List<Map<String, Object>> items = new ArrayList<>();
        private int looked;

        Search(Replica replica, EventFilter filter, Optional<Place> after, boolean descending, int limit) {
            this.replica = replica;
            this.filter = filter;
            this.after = after;
            this.descending = descending;
            this.limit = limit;
        }

        Found run() {
            long latest = replica.ledger().latestCheckpoint().sequence();
            OptionalLong next = OptionalLong.of(after.map(Place::checkpoint).orElse(descending ? latest : 0));
            while (next.isPresent()) {
                Checkpoint checkpoint = checkpoint(next.getAsLong());
                if (!look(checkpoint)) return new Found(items.subList(0, Math.min(limit, items.size())), true);
                next = descending ? before(checkpoint) : behind(checkpoint, latest);
            }
            return new Found(items, false);
        }

        /** Whether there is room for more, and time to look for it. */
        private boolean look(Checkpoint checkpoint) {
            for (int index : order(checkpoint.transactions().size())) {
                ExecutedTransaction executed = checkpoint.transactions().get(index);
                // Those before the cursor take no looking: else a large checkpoint could never be got past.
                if (!isAfter(new Place(checkpoint.sequence(), index, descending ? 0 : Long.MAX_VALUE))) continue;
                if (++looked > transactionsMax) {
                    if (!items.isEmpty()) return false;
                    throw JsonRpcException.invalid("More than " + transactionsMax + " transactions to look through: pass a cursor");
                }
                if (!replica.knows(executed.digest())) continue;
                for (int event : order(executed.events().size())) {
                    if (isAfter(new Place(checkpoint.sequence(), index, event)) && filter.test(executed, executed.events().get(event))) {
                        items.add(answers.pastEvent(executed, event));
                    }
                    if (items.size() > limit) return false;
                }
            }
            return true;
        }

        private int[] order(int size) {
            return IntStream.range(0, size).map(i -> descending ? size - 1 - i : i).toArray();
        }

        private boolean isAfter(Place place) {
            return after.isEmpty() || (descending ? place.compareTo(after.get()) < 0 : place.compareTo(after.get()) > 0);
        }

        /** The next checkpoint with transactions. */
        private OptionalLong behind(Checkpoint checkpoint, long latest) {
            return first(checkpoint.sequence() + 1, latest, checkpoint.totalTransactions() + 1);
        }

        /** The last one with transactions before it. */
        private OptionalLong before(Checkpoint checkpoint) {
            if (checkpoint.sequence() == 0) return OptionalLong.empty();
            long total = total(checkpoint.sequence() - 1);
            return total == 0 ? OptionalLong.empty() : first(0, checkpoint.sequence() - 1, total);
        }

        /** The first in {@code low}…{@code high} by which there were so many transactions: skips empty ones, of which there are many. */
        private OptionalLong first(long low, long high, long total) {
            if (low > high || total(high) < total) return OptionalLong.empty();
            if (high > low && total(high - 1) < total) return OptionalLong.of(high);
            long from = low;
            long to = high;
            while (from < to) {
                // Under load the nearest one it is.
                long middle = from == low ? low : (from + to) >>> 1;
                if (total(middle) >= total) to = middle;
                else from = middle + 1;
            }
            return OptionalLong.of(to);
        }

        private long total(long sequence) {
            return replica.ledger().totalTransactions(sequence);
        }

        private Checkpoint checkpoint(long sequence) {
            return replica.ledger().checkpoint(sequence).orElseThrow();
        }
    }
}
