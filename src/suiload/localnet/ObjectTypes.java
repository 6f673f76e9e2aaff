package suiload.localnet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.localnet.MovePackageInterface.Ability;

/** The types of the objects there are, each kept once. */
final class ObjectTypes {
    private final Map<StructTag, ObjectType> known = new ConcurrentHashMap<>();
    private final MoveTypes types;

    ObjectTypes(MoveTypes types) {
        this.types = types;
    }

    ObjectType of(StructTag tag) {
        ObjectType type = known.get(tag);
        return type != null ? type : known.computeIfAbsent(tag, t -> ObjectType.of(t, types.has(TypeTag.of(t), Ability.STORE)));
    }
}
