package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionStatus;
import suiload.chain.UpgradeError;
import suiload.grpcweb.proto.ExecutionError.ExecutionErrorKind;
import suiload.grpcweb.proto.PackageUpgradeError;
import suiload.grpcweb.proto.PackageUpgradeError.PackageUpgradeErrorKind;

/** Effects that no transaction of this network has, as both its protocols would tell them. */
class RareEffectsTest {
    private static final Address ID = Address.ofShort(6);

    @Test
    void refusedUpgradesSayWhy() {
        var digest = Digest.hash(Digest.Domain.OBJECT, new byte[0]);
        assertEquals(kind(PackageUpgradeErrorKind.UNABLE_TO_FETCH_PACKAGE).setPackageId(ID.toString()).build(),
                proto(new UpgradeError.UnableToFetchPackage(ID)));
        assertEquals(kind(PackageUpgradeErrorKind.NOT_A_PACKAGE).setPackageId(ID.toString()).build(),
                proto(new UpgradeError.NotAPackage(ID)));
        assertEquals(kind(PackageUpgradeErrorKind.INCOMPATIBLE_UPGRADE).build(), proto(new UpgradeError.IncompatibleUpgrade()));
        assertEquals(kind(PackageUpgradeErrorKind.DIGEST_DOES_NOT_MATCH).setDigest(digest.toString()).build(),
                proto(new UpgradeError.DigestDoesNotMatch(digest.content())));
        assertEquals(kind(PackageUpgradeErrorKind.DIGEST_DOES_NOT_MATCH).build(),
                proto(new UpgradeError.DigestDoesNotMatch(Bytes.of((byte) 1))));
        assertEquals(kind(PackageUpgradeErrorKind.UNKNOWN_UPGRADE_POLICY).setPolicy(200).build(),
                proto(new UpgradeError.UnknownUpgradePolicy(200)));
        assertEquals(kind(PackageUpgradeErrorKind.PACKAGE_ID_DOES_NOT_MATCH).setPackageId(ID.toString())
                .setTicketId(Address.ZERO.toString()).build(), proto(new UpgradeError.PackageIdDoesNotMatch(ID, Address.ZERO)));
    }

    @Test
    void refusedUpgradesAsDebugText() {
        assertEquals("PackageUpgradeError { upgrade_error: IncompatibleUpgrade } in command 1",
                ExecutionErrorText.of(failure(new UpgradeError.IncompatibleUpgrade())));
        assertEquals("PackageUpgradeError { upgrade_error: DigestDoesNotMatch { digest: [1, 255] } } in command 1",
                ExecutionErrorText.of(failure(new UpgradeError.DigestDoesNotMatch(Bytes.of((byte) 1, (byte) 255)))));
        assertEquals("PackageUpgradeError { upgrade_error: PackageIDDoesNotMatch { package_id: " + ID + ", ticket_id: " + Address.ZERO
                + " } } in command 1", ExecutionErrorText.of(failure(new UpgradeError.PackageIdDoesNotMatch(ID, Address.ZERO))));
    }

    private static PackageUpgradeError.Builder kind(PackageUpgradeErrorKind kind) {
        return PackageUpgradeError.newBuilder().setKind(kind);
    }

    private static PackageUpgradeError proto(UpgradeError reason) {
        var error = ErrorProto.status(failure(reason)).getError();
        assertEquals(ExecutionErrorKind.PACKAGE_UPGRADE_ERROR, error.getKind());
        return error.getPackageUpgradeError();
    }

    private static ExecutionStatus.Failure failure(UpgradeError reason) {
        return new ExecutionStatus.Failure(new ExecutionError.PackageUpgradeError(reason), Optional.of(1L));
    }
}
