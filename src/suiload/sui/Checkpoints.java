package suiload.sui;

/**
 * A running subscription. Numbers follow each other without a gap until the stream ends; a node ends it whenever it likes,
 * and one that stays silent for {@link NodeConfig#streamSilence} counts as ended.
 */
public interface Checkpoints extends AutoCloseable {
    /**
     * Waits for the next checkpoint.
     *
     * @throws NodeException.Unavailable when the stream ended: subscribe again and read what lies between
     * @throws InterruptedException ends the wait at once
     */
    CheckpointView next() throws InterruptedException;

    @Override
    void close();
}
