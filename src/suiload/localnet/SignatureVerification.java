package suiload.localnet;

import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.Bytes;
import suiload.chain.Signatures;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.proto.VerifySignatureRequest;
import suiload.grpcweb.proto.VerifySignatureResponse;

/** SignatureVerificationService: a wrong signature is an answer, not an error (facts: sui-grpc.md section 4.6). Ed25519 only. */
final class SignatureVerification {
    VerifySignatureResponse verify(VerifySignatureRequest request) {
        if (!request.hasMessage()) throw GrpcException.missing("message");
        if (!request.hasSignature()) throw GrpcException.missing("signature");
        Bytes signature = Executions.signature("signature", request.getSignature());
        if (!Signatures.isEd25519(signature)) return invalid("unsupported signature scheme");
        if (!isSigned(request.getMessage().getName(), request.getMessage().getValue().toByteArray(), signature)) {
            return invalid("signature does not match the message");
        }
        if (request.hasAddress() && !TransactionReader.address("address", request.getAddress()).equals(Signatures.signer(signature))) {
            return invalid("signature is not by " + request.getAddress());
        }
        return VerifySignatureResponse.newBuilder().setIsValid(true).build();
    }

    private static boolean isSigned(String name, byte[] message, Bytes signature) {
        return switch (name) {
            case "PersonalMessage" -> isSignedPersonally(message, signature);
            case "TransactionData" -> Signatures.verify(signature, Signatures.transactionHash(message));
            default -> isSignedPersonally(message, signature) || Signatures.verify(signature, Signatures.transactionHash(message));
        };
    }

    private static boolean isSignedPersonally(byte[] bcs, Bytes signature) {
        try {
            return Signatures.verify(signature, Signatures.personalMessageHash(BcsReader.decode(bcs, BcsReader::bytes)));
        } catch (BcsException e) {
            return false;
        }
    }

    private static VerifySignatureResponse invalid(String reason) {
        return VerifySignatureResponse.newBuilder().setIsValid(false).setReason(reason).build();
    }
}
