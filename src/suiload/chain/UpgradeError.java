package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;

/** Why a package was not upgraded; in BCS order, which is that of {@code PackageUpgradeError} in the SDK's bcs/effects.ts. */
public sealed interface UpgradeError {
    record UnableToFetchPackage(Address packageId) implements UpgradeError {}

    record NotAPackage(Address object) implements UpgradeError {}

    record IncompatibleUpgrade() implements UpgradeError {}

    /** @param digest that of the package, which the ticket does not name; nothing says that it has 32 bytes */
    record DigestDoesNotMatch(Bytes digest) implements UpgradeError {}

    /** @param policy a u8 */
    record UnknownUpgradePolicy(int policy) implements UpgradeError {}

    record PackageIdDoesNotMatch(Address packageId, Address ticket) implements UpgradeError {}

    default void write(BcsWriter out) {
        switch (this) {
            case UnableToFetchPackage(Address packageId) -> packageId.write(out.uleb(0));
            case NotAPackage(Address object) -> object.write(out.uleb(1));
            case IncompatibleUpgrade() -> out.uleb(2);
            case DigestDoesNotMatch(Bytes digest) -> out.uleb(3).bytes(digest);
            case UnknownUpgradePolicy(int policy) -> out.uleb(4).u8(policy);
            case PackageIdDoesNotMatch(Address packageId, Address ticket) -> {
                packageId.write(out.uleb(5));
                ticket.write(out);
            }
        }
    }

    static UpgradeError read(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new UnableToFetchPackage(Address.read(in));
            case 1 -> new NotAPackage(Address.read(in));
            case 2 -> new IncompatibleUpgrade();
            case 3 -> new DigestDoesNotMatch(in.byteString());
            case 4 -> new UnknownUpgradePolicy(in.u8());
            case 5 -> new PackageIdDoesNotMatch(Address.read(in), Address.read(in));
            default -> throw in.unknownVariant("PackageUpgradeError", variant);
        };
    }
}
