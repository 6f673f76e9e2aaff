package suiload.transactions;

import java.util.OptionalLong;
import suiload.bcs.Bytes;

/**
 * An answer that can be given again, byte for byte.
 *
 * @param gasCost of the transaction behind it, in MIST: the {@code X-Gas-Cost} header
 */
public record Reply(int status, Bytes body, OptionalLong gasCost) {
    /** Outcomes that a key keeps; any other leaves the key open, so that the client may try again. */
    public boolean kept() {
        return status == 200 || status == 422;
    }
}
