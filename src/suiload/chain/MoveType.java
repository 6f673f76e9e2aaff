package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** The type of a stored Move object; the commonest ones have a one-byte form, which object size and gas depend on. */
public sealed interface MoveType {
    record Other(StructTag tag) implements MoveType {}

    /** {@code 0x2::coin::Coin<0x2::sui::SUI>}. */
    record GasCoin() implements MoveType {}

    /** {@code 0x3::staking_pool::StakedSui}. */
    record StakedSui() implements MoveType {}

    /** {@code 0x2::coin::Coin<type>}. */
    record Coin(TypeTag type) implements MoveType {}

    /** Entry of the accumulator that holds SUI address balances. */
    record SuiBalanceAccumulator() implements MoveType {}

    /** The stored form of {@code tag}. */
    static MoveType of(StructTag tag) {
        if (tag.equals(StructTag.SUI_COIN)) return new GasCoin();
        if (tag.is(Address.SUI_FRAMEWORK, "coin", "Coin") && tag.typeArguments().size() == 1) return new Coin(tag.typeArguments()
                .getFirst());
        return tag.is(Address.ofShort(3), "staking_pool", "StakedSui") ? new StakedSui() : new Other(tag);
    }

    /** The struct type that this stands for. */
    default StructTag tag() {
        return switch (this) {
            case Other(StructTag tag) -> tag;
            case GasCoin() -> StructTag.SUI_COIN;
            case StakedSui() -> StructTag.of(Address.ofShort(3), "staking_pool", "StakedSui");
            case Coin(TypeTag type) -> StructTag.of(Address.SUI_FRAMEWORK, "coin", "Coin", type);
            case SuiBalanceAccumulator() -> throw new IllegalStateException("the accumulator's field type is not modelled");
        };
    }

    default void write(BcsWriter out) {
        switch (this) {
            case Other(StructTag tag) -> tag.write(out.uleb(0));
            case GasCoin() -> out.uleb(1);
            case StakedSui() -> out.uleb(2);
            case Coin(TypeTag type) -> type.write(out.uleb(3));
            case SuiBalanceAccumulator() -> out.uleb(4);
        }
    }

    static MoveType read(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new Other(StructTag.read(in));
            case 1 -> new GasCoin();
            case 2 -> new StakedSui();
            case 3 -> new Coin(TypeTag.read(in));
            case 4 -> new SuiBalanceAccumulator();
            default -> throw in.unknownVariant("MoveObjectType", variant);
        };
    }
}
