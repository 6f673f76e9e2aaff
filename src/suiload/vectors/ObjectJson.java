package suiload.vectors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.MovePackage;
import suiload.chain.MoveType;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.SuiObject;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** Stored objects and owners out of the decoded form in which the vector files show them. */
final class ObjectJson {
    private ObjectJson() {}

    static SuiObject object(Json json) {
        return new SuiObject(data(Variant.of(json.get("data"))), owner(json.get("owner")),
                Digest.parse(json.string("previousTransaction")), TransactionJson.u64(json, "storageRebate"));
    }

    /** An owner as one member named after its variant: the style of decoded objects and effects. */
    static Owner owner(Json json) {
        Variant variant = Variant.of(json);
        Json content = variant.content();
        return switch (variant.name()) {
            case "AddressOwner" -> new Owner.AddressOwner(Address.parse(content.asString()));
            case "ObjectOwner" -> new Owner.ObjectOwner(Address.parse(content.asString()));
            case "Shared" -> new Owner.Shared(TransactionJson.u64(content, "initialSharedVersion"));
            case "Immutable" -> new Owner.Immutable();
            case "ConsensusAddressOwner" ->
                    new Owner.ConsensusAddress(TransactionJson.u64(content, "startVersion"), TransactionJson.address(content, "owner"));
            default -> throw variant.unknown("Owner");
        };
    }

    /** An owner with a {@code kind} field. */
    static Owner ownerByKind(Json json) {
        return switch (json.string("kind")) {
            case "AddressOwner" -> new Owner.AddressOwner(TransactionJson.address(json, "address"));
            case "ObjectOwner" -> new Owner.ObjectOwner(TransactionJson.address(json, "objectId"));
            case "Shared" -> new Owner.Shared(TransactionJson.u64(json, "initialSharedVersion"));
            case "Immutable" -> new Owner.Immutable();
            case "ConsensusAddressOwner" ->
                    new Owner.ConsensusAddress(TransactionJson.u64(json, "startVersion"), TransactionJson.address(json, "owner"));
            default -> throw new Mismatch("unknown owner kind '" + json.string("kind") + "'");
        };
    }

    private static SuiObject.Data data(Variant variant) {
        Json content = variant.content();
        return switch (variant.name()) {
            case "Move" -> new SuiObject.Data.Move(moveType(Variant.of(content.get("type"))), content.bool("hasPublicTransfer"),
                    TransactionJson.u64(content, "version"), hex(content.get("contents")));
            case "Package" -> new SuiObject.Data.Package(movePackage(content));
            default -> throw variant.unknown("Data");
        };
    }

    private static MoveType moveType(Variant variant) {
        return switch (variant.name()) {
            case "Other" -> new MoveType.Other(structTag(variant.content()));
            case "GasCoin" -> new MoveType.GasCoin();
            case "StakedSui" -> new MoveType.StakedSui();
            case "Coin" -> new MoveType.Coin(typeTag(variant.content()));
            case "AccumulatorBalanceWrapper", "SuiBalanceAccumulatorField" -> new MoveType.SuiBalanceAccumulator();
            default -> throw variant.unknown("MoveObjectType");
        };
    }

    private static StructTag structTag(Json json) {
        return new StructTag(TransactionJson.address(json, "address"), json.string("module"), json.string("name"),
                json.list("typeParams").stream().map(ObjectJson::typeTag).toList());
    }

    /** A type as text, or decoded: {@code {"vector": {"u8": true}}}. */
    static TypeTag typeTag(Json json) {
        if (json.isString()) return TypeTag.parse(json.asString());
        Variant variant = Variant.of(json);
        return switch (variant.name()) {
            case "vector" -> new TypeTag.Vector(typeTag(variant.content()));
            case "struct" -> TypeTag.of(structTag(variant.content()));
            default -> TypeTag.parse(variant.name());
        };
    }

    private static MovePackage movePackage(Json json) {
        Map<String, Bytes> modules = new LinkedHashMap<>();
        for (Json pair : json.list("moduleMap")) modules.put(first(pair).asString(), hex(second(pair)));
        List<MovePackage.TypeOrigin> origins = json.list("typeOriginTable").stream().map(origin -> new MovePackage.TypeOrigin(
                origin.string("moduleName"), origin.string("datatypeName"), TransactionJson.address(origin, "package"))).toList();
        Map<Address, MovePackage.Linkage> linkage = new LinkedHashMap<>();
        for (Json pair : json.list("linkageTable")) {
            linkage.put(Address.parse(first(pair).asString()), new MovePackage.Linkage(
                    TransactionJson.address(second(pair), "upgradedId"), TransactionJson.u64(second(pair), "upgradedVersion")));
        }
        return new MovePackage(TransactionJson.address(json, "id"), TransactionJson.u64(json, "version"), modules, origins, linkage);
    }

    static Bytes hex(Json json) {
        return Bytes.ofHex(json.string("hex"));
    }

    private static Json first(Json pair) {
        return pair.asList().get(0);
    }

    private static Json second(Json pair) {
        return pair.asList().get(1);
    }
}
