package suiload.sui;

import java.util.Locale;

/** Why the node is asked: the label that node calls are counted under, so that calls per operation can be told. */
public enum Cause {
    /** A message or channel is sent for the first time. */
    SEND,
    /** Users are funded. */
    FUND,
    /** A lost answer is looked up, or the same bytes are submitted again. */
    SETTLE,
    /** References or the gas price are read because they are not known or went stale. */
    REFRESH,
    /** A channel or its messages are read. */
    POLL,
    /** Memberships are read. */
    MEMBERSHIP,
    /** Checkpoints are followed. */
    FEED,
    /** The node's health and identity are asked for. */
    HEALTH,
    /** A client asks how a transaction ended. */
    STATUS,
    OTHER;

    /** The value of the metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
