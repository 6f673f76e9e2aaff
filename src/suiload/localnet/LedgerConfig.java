package suiload.localnet;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a ledger runs.
 *
 * @param directory its own; made when missing, locked while open
 * @param clock wall time, for checkpoints and so for the clock object
 * @param random for the keys of a new ledger
 * @param checkpointInterval between checkpoints; zero leaves them to {@link Ledger#checkpointNow}
 * @param durability what an answer of {@link Ledger#execute} promises
 */
public record LedgerConfig(Path directory, InstantSource clock, SecureRandom random, Duration checkpointInterval, Durability durability) {
    /** What has happened to the journal when a transaction is answered. */
    public enum Durability {
        /** On the disk: survives a power cut. */
        DISK,
        /** With the operating system: survives {@code kill -9}, not a power cut. */
        PROCESS
    }

    public static LedgerConfig in(Path directory) {
        return new LedgerConfig(directory, InstantSource.system(), new SecureRandom(), Duration.ofMillis(250), Durability.DISK);
    }
}
