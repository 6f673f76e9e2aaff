package suiload.localnet;

import java.util.Optional;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.MoveType;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/**
 * What all objects of one Move type share, so that each need not hold it.
 *
 * @param text canonical, for the order of listings
 * @param bcsSize bytes of the stored form of the type: part of the metered size
 * @param coin {@code T} of {@code 0x2::coin::Coin<T>}
 */
record ObjectType(StructTag tag, MoveType stored, boolean publicTransfer, String text, int bcsSize, Optional<TypeTag> coin) {
    static ObjectType of(StructTag tag, boolean publicTransfer) {
        MoveType stored = MoveType.of(tag);
        var size = new BcsWriter(128);
        stored.write(size);
        boolean isCoin = tag.is(Address.SUI_FRAMEWORK, "coin", "Coin") && tag.typeArguments().size() == 1;
        return new ObjectType(tag, stored, publicTransfer, tag.toString(), size.size(),
                isCoin ? Optional.of(tag.typeArguments().getFirst()) : Optional.empty());
    }

    /** By the text alone, which tells types apart and keeps its hash. */
    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
