package suiload.sui;

import java.util.Optional;
import suiload.metrics.Deadline;

/** A node whose checkpoints can be followed. Its failures are those of {@link Node}. */
public interface CheckpointSource {
    /** A checkpoint by number; empty when it does not exist yet or is pruned. */
    Optional<CheckpointView> checkpoint(long sequence, Deadline deadline);

    /** Subscribes to checkpoints from the newest on. The caller closes gaps with {@link #checkpoint}. */
    Checkpoints subscribe();
}
