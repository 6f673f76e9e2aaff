package suiload.localnet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Signatures;
import suiload.chain.TransactionData;
import suiload.crypto.PublicKeys;

/** Whether sender and gas owner, and nobody else, signed. The costliest step of all, and needs no lock. */
final class SignatureChecks {
    private final PublicKeys keys = new PublicKeys();

    /** @throws Rejection with INVALID_ARGUMENT */
    void check(TransactionData data, Bytes encoded, List<Bytes> signatures) {
        Set<Address> needed = new LinkedHashSet<>(List.of(data.sender(), data.gas().owner()));
        if (signatures.size() != needed.size()) {
            throw invalid("Expect " + needed.size() + " signer signatures but got " + signatures.size());
        }
        byte[] hash = Signatures.transactionHash(encoded.toArray());
        for (Bytes signature : signatures) {
            if (!Signatures.isEd25519(signature)) {
                throw invalid("only Ed25519 signatures of " + Signatures.LENGTH + " bytes are supported here");
            }
            Address signer = Signatures.signer(signature);
            if (!needed.remove(signer)) throw invalid("signer " + signer + " is neither sender nor gas owner");
            if (!Signatures.verify(signature, hash, keys)) throw invalid("Signature is not valid: Fail to verify user sig");
        }
    }

    private static Rejection invalid(String why) {
        return Rejection.invalid("Invalid user signature: " + why);
    }
}
