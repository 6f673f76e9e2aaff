package suiload.users;

import suiload.chain.Address;

/**
 * A test user as lists show it.
 *
 * @param sealed its key's envelope; opens only with this address
 */
public record User(Address address, Variant variant, boolean funded, byte[] sealed) {
    /** Without the envelope: nothing of a secret belongs in a log. */
    @Override
    public String toString() {
        return "User[" + address + ", " + variant.label() + (funded ? ", funded]" : "]");
    }
}
