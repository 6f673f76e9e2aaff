package suiload.messaging;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.json.Json;

/**
 * A message as the contract keeps it: never changed, never deleted, found by its index in its channel. {@code keyVersion} is
 * u32, {@code createdAtMs} the chain's clock in milliseconds since 1970.
 */
public record Message(Address sender, Bytes ciphertext, Bytes nonce, long keyVersion, List<Attachment> attachments, long createdAtMs) {
    public Message {
        attachments = List.copyOf(attachments);
    }

    public static Message read(BcsReader in) {
        return new Message(Address.read(in), in.byteString(), in.byteString(), in.u32(), in.vector(Attachment::read), in.u64());
    }

    public void write(BcsWriter out) {
        sender.write(out);
        out.bytes(ciphertext).bytes(nonce).u32(keyVersion).vector(attachments, (w, each) -> each.write(w)).u64(createdAtMs);
    }

    /**
     * Reads the contents of a {@code Field<u64, Message>}: id, index, message.
     *
     * @throws BcsException unless it is the one at {@code index}
     */
    static Message ofField(Bytes contents, long index) {
        var in = new BcsReader(contents);
        Address.read(in);
        long name = in.u64();
        if (name != index) throw in.bad("message " + Long.toUnsignedString(index) + " expected, not " + Long.toUnsignedString(name));
        Message message = read(in);
        in.end();
        return message;
    }

    /** Rough bytes on the heap: the share of the message cache that this takes. */
    int weight() {
        return 400 + ciphertext.length() + nonce.length() + attachments.stream().mapToInt(Attachment::weight).sum();
    }

    Map<String, Object> json(long index) {
        return Json.object("index", Long.toUnsignedString(index), "sender", sender.toString(), "ciphertext", base64(ciphertext),
                "nonce", base64(nonce), "keyVersion", keyVersion, "attachments", attachments.stream().map(Attachment::json).toList(),
                "createdAtMs", Long.toUnsignedString(createdAtMs));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
