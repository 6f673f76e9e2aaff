package suiload.chain;

import java.util.List;
import suiload.bcs.Bytes;
import suiload.crypto.SecretKey;

/** Encoded TransactionData with its signatures and digest: what is stored, submitted and resubmitted, always the same bytes. */
public record SignedTransaction(Digest digest, Bytes transaction, List<Bytes> signatures) {
    public SignedTransaction {
        signatures = List.copyOf(signatures);
    }

    public static SignedTransaction sign(TransactionData data, SecretKey... signers) {
        Bytes encoded = data.encode();
        byte[] hash = Signatures.transactionHash(encoded.toArray());
        return new SignedTransaction(TransactionData.digest(encoded), encoded,
                java.util.Arrays.stream(signers).map(signer -> Signatures.sign(signer, hash)).toList());
    }

    public TransactionData data() {
        return TransactionData.decode(transaction.toArray());
    }
}
