package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.localnet.MovePackageInterface.Ability;

/** Goal: what a type can do follows from what it is made of, at any depth. Method: types of the standard library. */
class MoveTypesTest {
    private final MoveTypes types = MoveTypes.known();

    private static TypeTag options(int depth, TypeTag inmost) {
        TypeTag tag = inmost;
        for (int i = 0; i < depth; i++) tag = TypeTag.of(StructTag.of(Address.MOVE_STDLIB, "option", "Option", tag));
        return tag;
    }

    /** Were it exponential in the depth, this would not end. */
    @Test
    void abilitiesOfADeepTypeTakeNoTime() {
        assertEquals(EnumSet.of(Ability.COPY, Ability.DROP, Ability.STORE), types.abilities(options(200, TypeTag.U64)));
    }

    @Test
    void anArgumentTakesAbilitiesAway() {
        assertEquals(EnumSet.of(Ability.STORE), types.abilities(options(2, TypeTag.of(StructTag.SUI_COIN))));
        assertEquals(EnumSet.of(Ability.DROP), types.abilities(options(1, TypeTag.Primitive.SIGNER)));
        assertEquals(EnumSet.of(Ability.KEY, Ability.STORE), types.abilities(TypeTag.of(StructTag.SUI_COIN)),
                "a phantom argument does not");
    }
}
