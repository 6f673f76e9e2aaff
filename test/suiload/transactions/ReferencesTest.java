package suiload.transactions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import suiload.chain.AccumulatorWrite;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.ExecutionStatus;
import suiload.chain.GasUsed;
import suiload.chain.ObjectRef;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.sui.Executed;

/** What effects teach; without a node, so that nothing else can. */
class ReferencesTest {
    private static final Address OWNER = Address.ofShort(0xa);
    private static final ObjectRef COIN = new ObjectRef(Address.ofShort(0xc), 1, Digest.ZERO);

    /** The id of an accumulator write is that of a field, not of an object that we could hold. */
    @Test
    void accumulatorWritesTeachNothing() {
        var references = new References(null);
        references.learnCoin(OWNER, COIN, 5);
        long size = references.size();
        var write = new AccumulatorWrite(OWNER, TypeTag.of(StructTag.SUI_COIN), AccumulatorWrite.Operation.SPLIT,
                new AccumulatorWrite.Value.Amount(3));
        references.learn(executed(new ChangedObject(COIN.id(), Optional.empty(), write, ChangedObject.IdOperation.NONE)));
        assertEquals(OptionalLong.of(5), references.gasBalance(OWNER));
        assertEquals(Map.of(COIN.id(), COIN), references.owned(Set.of(COIN.id()), null));
        assertEquals(size, references.size());
    }

    private static Executed executed(ChangedObject change) {
        var effects = new Effects(new ExecutionStatus.Success(), 0, GasUsed.NONE, Digest.ZERO, Optional.empty(), Optional.empty(),
                List.of(), 9, List.of(change), List.of(), Optional.empty());
        return new Executed(Digest.ZERO, effects, List.of(), Optional.empty());
    }
}
