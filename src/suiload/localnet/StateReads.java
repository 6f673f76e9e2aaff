package suiload.localnet;

import com.google.protobuf.MessageLite;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.proto.Balance;
import suiload.grpcweb.proto.CoinMetadata;
import suiload.grpcweb.proto.CoinTreasury;
import suiload.grpcweb.proto.DynamicField;
import suiload.grpcweb.proto.GetBalanceRequest;
import suiload.grpcweb.proto.GetBalanceResponse;
import suiload.grpcweb.proto.GetCoinInfoRequest;
import suiload.grpcweb.proto.GetCoinInfoResponse;
import suiload.grpcweb.proto.ListBalancesRequest;
import suiload.grpcweb.proto.ListBalancesResponse;
import suiload.grpcweb.proto.ListDynamicFieldsRequest;
import suiload.grpcweb.proto.ListDynamicFieldsResponse;
import suiload.grpcweb.proto.ListOwnedObjectsRequest;
import suiload.grpcweb.proto.ListOwnedObjectsResponse;
import suiload.grpcweb.proto.Object;

/** StateService: what an account owns, dynamic fields, balances, coins (facts: sui-grpc.md section 4.2). */
final class StateReads {
    private static final Mask OWNED_DEFAULT = Mask.of("object_id", "version", "object_type");
    private static final Mask FIELD_DEFAULT = Mask.of("parent", "field_id");
    private static final long SUI_SUPPLY = Long.parseUnsignedLong("10000000000000000000");

    private final ObjectProto objects;

    StateReads(ObjectProto objects) {
        this.objects = objects;
    }

    ListOwnedObjectsResponse owned(ListOwnedObjectsRequest request, Replica replica) {
        Mask mask = LedgerReads.mask(request.hasReadMask(), request.getReadMask(), Object.getDescriptor(), OWNED_DEFAULT);
        Address owner = owner(request.hasOwner(), request.getOwner());
        Optional<StructTag> type = request.hasObjectType() ? Optional.of(struct("object_type", request.getObjectType())) : Optional.empty();
        String[] question = {"owned", owner.toString(), type.map(StructTag::toString).orElse("")};
        var position = Paging.position(request.hasPageToken(), request.getPageToken(), question);
        int size = Paging.size(request.hasPageSize(), request.getPageSize());
        Page<LedgerObject> page = page(() -> replica.owned(owner, type, position, size));
        var response = ListOwnedObjectsResponse.newBuilder();
        page.items().forEach(object -> response.addObjects(objects.object(object, mask, ",")));
        if (response.buildPartial().getSerializedSize() > Paging.BYTES_MAX && size > 1) {
            return owned(request.toBuilder().setPageSize(size / 2).build(), replica);
        }
        page.next().ifPresent(next -> response.setNextPageToken(Paging.token(next, question)));
        return response.build();
    }

    ListDynamicFieldsResponse dynamicFields(ListDynamicFieldsRequest request, Replica replica) {
        Mask mask = LedgerReads.mask(request.hasReadMask(), request.getReadMask(), DynamicField.getDescriptor(), FIELD_DEFAULT);
        if (!request.hasParent()) throw GrpcException.missing("parent");
        Address parent = TransactionReader.address("parent", request.getParent());
        String[] question = {"fields", parent.toString()};
        var position = Paging.position(request.hasPageToken(), request.getPageToken(), question);
        int size = Paging.size(request.hasPageSize(), request.getPageSize());
        Page<DynamicFieldEntry> page = page(() -> replica.dynamicFields(parent, position, size));
        var response = ListDynamicFieldsResponse.newBuilder();
        page.items().forEach(entry -> response.addDynamicFields(field(parent, entry, mask)));
        if (response.buildPartial().getSerializedSize() > Paging.BYTES_MAX && size > 1) {
            return dynamicFields(request.toBuilder().setPageSize(size / 2).build(), replica);
        }
        page.next().ifPresent(next -> response.setNextPageToken(Paging.token(next, question)));
        return response.build();
    }

    private DynamicField field(Address parent, DynamicFieldEntry entry, Mask mask) {
        var proto = DynamicField.newBuilder();
        if (mask.has("kind")) proto.setKind(DynamicField.DynamicFieldKind.FIELD);
        if (mask.has("parent")) proto.setParent(parent.toString());
        if (mask.has("field_id")) proto.setFieldId(entry.field().id().toString());
        if (mask.has("field_object")) proto.setFieldObject(objects.object(entry.field(), mask.sub("field_object"), ","));
        if (mask.has("name")) proto.setName(ObjectProto.bcs(entry.nameType().toString(), entry.name()));
        // Nodes load the value only for a mask that makes them load the field.
        if (mask.has("value") && mask.hasAny("name", "value_type", "kind", "field_object")) {
            proto.setValue(ObjectProto.bcs(entry.valueType().toString(), entry.value()));
        }
        if (mask.has("value_type")) proto.setValueType(indexed(entry.valueType()));
        return proto.build();
    }

    private static String indexed(TypeTag type) {
        return type instanceof TypeTag.Struct(StructTag tag) ? tag.text(",") : type.toString();
    }

    /** A position that the ledger does not know came in a token that was made up. */
    private static <T> Page<T> page(java.util.function.Supplier<Page<T>> query) {
        try {
            return query.get();
        } catch (IllegalArgumentException e) {
            throw Paging.invalidToken();
        }
    }

    GetBalanceResponse balance(GetBalanceRequest request, Replica replica) {
        Address owner = owner(request.hasOwner(), request.getOwner());
        if (!request.hasCoinType()) throw GrpcException.missing("coin_type");
        TypeTag type = TypeTag.of(struct("coin_type", request.getCoinType()));
        long amount = replica.balances(owner).getOrDefault(type, 0L);
        return GetBalanceResponse.newBuilder().setBalance(balance(type, amount)).build();
    }

    /** Coins only: the embedded network has no address balances. */
    private static Balance balance(TypeTag type, long amount) {
        var proto = Balance.newBuilder().setCoinType(type.toString()).setBalance(amount);
        if (amount != 0) proto.setCoinBalance(amount);
        return proto.build();
    }

    ListBalancesResponse balances(ListBalancesRequest request, Replica replica) {
        Address owner = owner(request.hasOwner(), request.getOwner());
        String[] question = {"balances", owner.toString()};
        int from = Paging.position(request.hasPageToken(), request.getPageToken(), question).map(StateReads::index).orElse(0);
        List<Map.Entry<TypeTag, Long>> all = List.copyOf(replica.balances(owner).entrySet());
        int to = Math.min(all.size(), from + Paging.size(request.hasPageSize(), request.getPageSize()));
        var response = ListBalancesResponse.newBuilder();
        for (int i = from; i < to; i++) response.addBalances(balance(all.get(i).getKey(), all.get(i).getValue()));
        if (to < all.size()) response.setNextPageToken(Paging.token(new BcsWriter(4).u32(to).toBytes(), question));
        return response.build();
    }

    private static int index(Bytes position) {
        try {
            return Math.toIntExact(BcsReader.decode(position.toArray(), BcsReader::u32));
        } catch (suiload.bcs.BcsException | ArithmeticException e) {
            throw Paging.invalidToken();
        }
    }

    /** SUI is the only coin here. */
    MessageLite coinInfo(GetCoinInfoRequest request) {
        if (!request.hasCoinType()) throw GrpcException.missing("coin_type");
        StructTag type = struct("coin_type", request.getCoinType());
        if (!type.equals(StructTag.SUI)) throw new GrpcException(GrpcStatus.NOT_FOUND, "Coin type " + type + " not found");
        return GetCoinInfoResponse.newBuilder().setCoinType(type.toString())
                .setMetadata(CoinMetadata.newBuilder().setDecimals(9).setName("Sui").setSymbol("SUI").setDescription("")
                        .setIconUrl(""))
                .setTreasury(CoinTreasury.newBuilder().setTotalSupply(SUI_SUPPLY).setSupplyState(CoinTreasury.SupplyState.FIXED)).build();
    }

    private static Address owner(boolean given, String owner) {
        if (!given) throw GrpcException.missing("owner");
        return TransactionReader.address("owner", owner);
    }

    private static StructTag struct(String field, String text) {
        if (TransactionReader.type(field, text) instanceof TypeTag.Struct(StructTag tag)) return tag;
        throw GrpcException.invalid(field, "invalid " + field + ": not a struct type");
    }
}
