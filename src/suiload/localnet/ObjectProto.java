package suiload.localnet;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.MovePackage;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.SuiObject;
import suiload.grpcweb.proto.Bcs;
import suiload.grpcweb.proto.Linkage;
import suiload.grpcweb.proto.Module;
import suiload.grpcweb.proto.Object;
import suiload.grpcweb.proto.ObjectReference;
import suiload.grpcweb.proto.Package;
import suiload.grpcweb.proto.TypeOrigin;

/** Objects as messages (facts: sui-grpc.md section 5.1). */
final class ObjectProto {
    static final Mask DEFAULT = Mask.of("object_id", "version", "digest");

    private final MoveJson json;

    ObjectProto(MoveJson json) {
        this.json = json;
    }

    Object object(LedgerObject object, Mask mask) {
        return object(object, mask, ", ");
    }

    /** @param separator between type arguments in {@code object_type}: {@code ","} where a node serves from its index */
    Object object(LedgerObject object, Mask mask, String separator) {
        var proto = Object.newBuilder();
        if (mask.has("bcs")) proto.setBcs(bcs("Object", Bytes.of(object.encode())));
        if (mask.has("object_id")) proto.setObjectId(object.id().toString());
        if (mask.has("version")) proto.setVersion(object.version());
        if (mask.has("digest")) proto.setDigest(object.digest().toString());
        if (mask.has("owner")) proto.setOwner(owner(object.owner()));
        if (mask.has("object_type")) proto.setObjectType(object.isPackage() ? "package" : object.type().text(separator));
        if (mask.has("previous_transaction")) proto.setPreviousTransaction(object.previousTransaction().toString());
        if (mask.has("storage_rebate")) proto.setStorageRebate(object.storageRebate());
        if (object.isPackage()) addCode(proto, object, mask);
        else addValue(proto, object, mask);
        return proto.build();
    }

    private void addValue(Object.Builder proto, LedgerObject object, Mask mask) {
        if (mask.has("has_public_transfer")) proto.setHasPublicTransfer(object.publicTransfer());
        if (mask.has("contents")) proto.setContents(bcs(object.objectType().text(), object.contents()));
        if (mask.has("json")) json.value(object.type(), object.contents()).ifPresent(proto::setJson);
        if (mask.has("balance")) object.balance().ifPresent(proto::setBalance);
    }

    private static void addCode(Object.Builder proto, LedgerObject object, Mask mask) {
        if (mask.has("package") && object.value().data() instanceof SuiObject.Data.Package(MovePackage code)) proto.setPackage(code(code));
    }

    /** Modules with their bytecode, without descriptors. */
    private static Package code(MovePackage code) {
        var proto = Package.newBuilder().setStorageId(code.id().toString()).setOriginalId(code.id().toString()).setVersion(code.version());
        code.modules().entrySet().stream().sorted(java.util.Map.Entry.comparingByKey())
                .forEach(module -> proto.addModules(Module.newBuilder().setName(module.getKey()).setContents(bytes(module.getValue()))));
        code.typeOrigins().forEach(origin -> proto.addTypeOrigins(TypeOrigin.newBuilder().setModuleName(origin.module())
                .setDatatypeName(origin.datatype()).setPackageId(origin.packageId().toString())));
        code.linkage().entrySet().stream().sorted(java.util.Map.Entry.comparingByKey())
                .forEach(link -> proto.addLinkage(Linkage.newBuilder().setOriginalId(link.getKey().toString())
                        .setUpgradedId(link.getValue().upgradedId().toString()).setUpgradedVersion(link.getValue().upgradedVersion())));
        return proto.build();
    }

    static suiload.grpcweb.proto.Owner owner(Owner owner) {
        var proto = suiload.grpcweb.proto.Owner.newBuilder();
        return switch (owner) {
            case Owner.AddressOwner(Address address) ->
                    proto.setKind(suiload.grpcweb.proto.Owner.OwnerKind.ADDRESS).setAddress(address.toString()).build();
            case Owner.ObjectOwner(Address parent) ->
                    proto.setKind(suiload.grpcweb.proto.Owner.OwnerKind.OBJECT).setAddress(parent.toString()).build();
            case Owner.Shared(long initialVersion) ->
                    proto.setKind(suiload.grpcweb.proto.Owner.OwnerKind.SHARED).setVersion(initialVersion).build();
            case Owner.Immutable() -> proto.setKind(suiload.grpcweb.proto.Owner.OwnerKind.IMMUTABLE).build();
            case Owner.ConsensusAddress(long startVersion, Address address) ->
                    proto.setKind(suiload.grpcweb.proto.Owner.OwnerKind.CONSENSUS_ADDRESS).setAddress(address.toString())
                            .setVersion(startVersion).build();
        };
    }

    static ObjectReference reference(ObjectRef ref) {
        return ObjectReference.newBuilder().setObjectId(ref.id().toString()).setVersion(ref.version())
                .setDigest(ref.digest().toString()).build();
    }

    static Bcs bcs(String name, Bytes value) {
        return Bcs.newBuilder().setName(name).setValue(bytes(value)).build();
    }

    /** Without a second copy: {@link Bytes#toArray} is fresh. */
    static ByteString bytes(Bytes value) {
        return UnsafeByteOperations.unsafeWrap(value.toArray());
    }
}
