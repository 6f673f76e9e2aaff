package suiload.vectors;

import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Effects;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.SuiObject;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** Sui's own records as the vector files name them. */
final class ChainShapes {
    private ChainShapes() {}

    static Optional<Shape<?>> named(String name) {
        return Optional.ofNullable(switch (name) {
            case "TypeTag" -> new Shape<>(json -> TypeTag.parse(json.asString()), (w, v) -> v.write(w), TypeTag::read);
            case "StructTag" -> new Shape<>(json -> StructTag.parse(json.asString()), (w, v) -> v.write(w), StructTag::read);
            case "ObjectRef" -> new Shape<>(TransactionJson::objectRef, (w, v) -> v.write(w), ObjectRef::read);
            case "Argument" -> new Shape<>(TransactionJson::argument, (w, v) -> v.write(w), Argument::read);
            case "CallArg" -> new Shape<>(TransactionJson::input, (w, v) -> v.write(w), CallArg::read);
            case "Command" -> new Shape<>(TransactionJson::command, (w, v) -> v.write(w), Command::read);
            case "GasData" -> new Shape<>(TransactionJson::gasData, (w, v) -> v.write(w), GasData::read);
            case "TransactionExpiration" -> new Shape<>(TransactionJson::expiration, (w, v) -> v.write(w), Expiration::read);
            case "TransactionData" -> new Shape<>(TransactionJson::transaction, (w, v) -> v.write(w), TransactionData::read);
            case "Owner" -> new Shape<>(ObjectJson::ownerByKind, (w, v) -> v.write(w), Owner::read);
            case "Object" -> new Shape<>(ObjectJson::object, (w, v) -> v.write(w), SuiObject::read);
            case "TransactionEffects" -> new Shape<>(EffectsJson::effects, (w, v) -> v.write(w), Effects::read);
            case "Intent" -> new Shape<>(Intent::of, (w, v) -> v.write(w), Intent::read);
            default -> null;
        });
    }

    /** What a signature is for: the first three bytes of what is signed (facts: sui-transactions.md section 3). */
    record Intent(Scope scope) {
        /** BCS order. */
        enum Scope { TransactionData, TransactionEffects, CheckpointSummary, PersonalMessage }

        static Intent of(Json json) {
            Mismatch.unlessEqual("version", "V0", json.string("version"));
            Mismatch.unlessEqual("appId", "Sui", json.string("appId"));
            return new Intent(Scope.valueOf(json.string("scope")));
        }

        void write(BcsWriter out) {
            out.uleb(scope.ordinal()).uleb(0).uleb(0);
        }

        static Intent read(BcsReader in) {
            int scope = in.variant();
            if (scope >= Scope.values().length) throw in.unknownVariant("IntentScope", scope);
            int version = in.variant();
            if (version != 0) throw in.unknownVariant("IntentVersion", version);
            int app = in.variant();
            if (app != 0) throw in.unknownVariant("AppId", app);
            return new Intent(Scope.values()[scope]);
        }
    }
}
