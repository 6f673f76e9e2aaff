package suiload.sui;

import io.dipcoin.sui.model.move.kind.rawdata.MoveObjectRaw;
import io.dipcoin.sui.model.object.ObjectData;
import io.dipcoin.sui.model.object.SuiObjectResponse;
import io.dipcoin.sui.model.object.kind.ObjectResponseError;
import io.dipcoin.sui.model.object.kind.error.Deleted;
import io.dipcoin.sui.model.object.kind.error.DynamicFieldNotFound;
import io.dipcoin.sui.model.object.kind.error.NotExists;
import io.dipcoin.sui.model.object.kind.owner.AddressOwner;
import io.dipcoin.sui.model.object.kind.owner.ConsensusAddressOwner;
import io.dipcoin.sui.model.object.kind.owner.Immutable;
import io.dipcoin.sui.model.object.kind.owner.ObjectOwner;
import io.dipcoin.sui.model.object.kind.owner.Shared;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Event;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;

/** sui4j's objects as our records; what is missing or wrong in them throws as in {@link Views}. */
final class RpcViews {
    private RpcViews() {}

    static Executed executed(RpcAnswers.TransactionBlock block) {
        return new Executed(Digest.parse(present(block.getDigest(), "digest")), Effects.decode(block.effectsBcs()),
                events(block.getEvents()), Optional.ofNullable(block.getCheckpoint()).map(sequence -> u64(sequence, "checkpoint")));
    }

    /** Empty for what is not there, and for a package. */
    static Optional<ObjectView> object(SuiObjectResponse response) {
        if (response.getData() == null) {
            requireAbsence(response.getError());
            return Optional.empty();
        }
        ObjectData data = response.getData();
        if ("package".equals(data.getType())) return Optional.empty();
        if (!(data.getBcs() instanceof MoveObjectRaw raw)) throw new IllegalArgumentException("the node left out bcs");
        var ref = new ObjectRef(Address.parse(present(data.getObjectId(), "objectId")), u64(data.getVersion(), "version"),
                Digest.parse(present(data.getDigest(), "digest")));
        return Optional.of(new ObjectView(ref, owner(data.getOwner()), StructTag.parse(present(data.getType(), "type")),
                base64(raw.getBcsBytes(), "bcsBytes"), Optional.ofNullable(data.getPreviousTransaction()).map(Digest::parse)));
    }

    private static void requireAbsence(ObjectResponseError error) {
        switch (error) {
            case null -> throw new IllegalArgumentException("an object with neither data nor error");
            case NotExists _, Deleted _, DynamicFieldNotFound _ -> { }
            default -> throw new IllegalArgumentException("an object with the error " + error.getCode());
        }
    }

    private static Owner owner(io.dipcoin.sui.model.object.kind.Owner owner) {
        return switch (owner) {
            case AddressOwner account -> new Owner.AddressOwner(Address.parse(account.getAddressOwner()));
            case ObjectOwner parent -> new Owner.ObjectOwner(Address.parse(parent.getObjectId()));
            case Shared shared -> new Owner.Shared(u64(shared.getInitialSharedVersion(), "initial_shared_version"));
            case Immutable _ -> new Owner.Immutable();
            case ConsensusAddressOwner party -> new Owner.ConsensusAddress(
                    u64(party.getConsensus().getStartVersion(), "start_version"), Address.parse(party.getConsensus().getOwner()));
            case null, default -> throw new IllegalArgumentException("an owner of unknown kind");
        };
    }

    private static List<Event> events(List<io.dipcoin.sui.model.event.Event> events) {
        return events == null ? List.of() : events.stream().map(RpcViews::event).toList();
    }

    private static Event event(io.dipcoin.sui.model.event.Event event) {
        return new Event(Address.parse(present(event.getPackageId(), "packageId")),
                present(event.getTransactionModule(), "transactionModule"),
                Address.parse(present(event.getSender(), "sender")), StructTag.parse(present(event.getType(), "event type")),
                base64(event.getBcs(), "event bcs"));
    }

    private static Bytes base64(String text, String field) {
        return Bytes.of(Base64.getDecoder().decode(present(text, field)));
    }

    static long u64(BigInteger value, String field) {
        if (present(value, field).signum() < 0 || value.bitLength() > 64) {
            throw new IllegalArgumentException(field + " is no u64: " + value);
        }
        return value.longValue();
    }

    static <T> T present(T value, String field) {
        if (value == null) throw new IllegalArgumentException("the node left out " + field);
        return value;
    }
}
