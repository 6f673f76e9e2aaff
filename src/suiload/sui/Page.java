package suiload.sui;

import java.util.List;
import java.util.Optional;
import suiload.bcs.Bytes;

/** One page of a list, and the opaque cursor of the next; an empty page may have a next. */
public record Page<T>(List<T> items, Optional<Bytes> next) {
    public Page {
        items = List.copyOf(items);
    }
}
