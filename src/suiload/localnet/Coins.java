package suiload.localnet;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** The bytes of {@code 0x2::coin::Coin<T>}: id, then balance. */
final class Coins {
    private Coins() {}

    static final TypeTag SUI = TypeTag.of(StructTag.SUI_COIN);

    static boolean isCoin(TypeTag type) {
        return type instanceof TypeTag.Struct(StructTag tag) && tag.is(Address.SUI_FRAMEWORK, "coin", "Coin")
                && tag.typeArguments().size() == 1;
    }

    static TypeTag type(TypeTag of) {
        return TypeTag.of(StructTag.of(Address.SUI_FRAMEWORK, "coin", "Coin", of));
    }

    static MoveValue of(TypeTag type, Address id, long balance) {
        return new MoveValue(type, contents(id, balance));
    }

    static byte[] contents(Address id, long balance) {
        return new BcsWriter(40).fixed(id.bytes()).u64(balance).toByteArray();
    }

    static long balance(byte[] contents) {
        var reader = new BcsReader(contents);
        reader.fixed(32);
        return reader.u64();
    }
}
