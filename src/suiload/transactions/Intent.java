package suiload.transactions;

import suiload.chain.Address;
import suiload.crypto.SecretKey;

/**
 * A write that is wanted.
 *
 * @param parameters what the purpose needs to know later, as text of its own (JSON for example); stored, so never a secret
 * @param signer never stored
 */
public record Intent(Purpose purpose, String parameters, SecretKey signer, Plan plan) {
    public Address sender() {
        return Address.ofPublicKey(signer.publicKey());
    }

    /** Whose queue it stands in: two transactions that share a gas coin must not be under way at once. */
    Address turn() {
        return plan.gasCoin().orElseGet(this::sender);
    }
}
