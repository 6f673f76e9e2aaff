package suiload.localnet;

import java.util.List;
import java.util.Optional;
import suiload.bcs.Bytes;

/** Part of a listing, and where the next part begins: empty at the end. The position means something to the same query only. */
public record Page<T>(List<T> items, Optional<Bytes> next) {
    public Page {
        items = List.copyOf(items);
    }
}
