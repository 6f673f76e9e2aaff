package suiload.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Event;

/**
 * The contract's {@code MessageAddedEvent}: what one send appended. It carries the whole message unless there are
 * attachments, of which it has only references and data nonces.
 */
record MessageAdded(Address channel, long index, Address sender, Bytes ciphertext, Bytes nonce, long keyVersion,
        List<String> attachmentRefs, List<Bytes> attachmentNonces, long createdAtMs) {

    MessageAdded {
        attachmentRefs = List.copyOf(attachmentRefs);
        attachmentNonces = List.copyOf(attachmentNonces);
    }

    static MessageAdded read(BcsReader in) {
        return new MessageAdded(Address.read(in), in.u64(), Address.read(in), in.byteString(), in.byteString(), in.u32(),
                in.vector(BcsReader::string), in.vector(BcsReader::byteString), in.u64());
    }

    /** Those among {@code events}, in order. */
    static List<MessageAdded> among(List<Event> events, Contract contract) {
        List<MessageAdded> found = new ArrayList<>();
        for (Event event : events) {
            if (!event.type().equals(contract.messageAddedType())) continue;
            found.add(BcsReader.decode(event.contents().toArray(), MessageAdded::read));
        }
        return found;
    }

    /** The stored message, if the event tells all of it. */
    Optional<Message> message() {
        if (!attachmentRefs.isEmpty()) return Optional.empty();
        return Optional.of(new Message(sender, ciphertext, nonce, keyVersion, List.of(), createdAtMs));
    }
}
