package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;

/**
 * The bytes of messages and attachments.
 *
 * @param attachments encoded vector of attachments
 */
record MessageValue(Address sender, byte[] ciphertext, byte[] nonce, long keyVersion, byte[] attachments, long createdAtMs) {
    /** What of an attachment goes into the event. */
    private record Shown(byte[] blobRef, byte[] dataNonce) {}

    byte[] encode() {
        return new BcsWriter(80 + ciphertext.length + nonce.length + attachments.length)
                .fixed(sender.bytes()).bytes(ciphertext).bytes(nonce).u32(keyVersion).fixed(attachments).u64(createdAtMs).toByteArray();
    }

    /** MessageAddedEvent of this message in {@code channel} at {@code index}. */
    byte[] event(Address channel, long index) {
        List<Shown> shown = shown();
        var out = new BcsWriter(128 + ciphertext.length).fixed(channel.bytes()).u64(index).fixed(sender.bytes());
        out.bytes(ciphertext).bytes(nonce).u32(keyVersion);
        out.vector(shown, (w, attachment) -> w.bytes(attachment.blobRef)).vector(shown, (w, attachment) -> w.bytes(attachment.dataNonce));
        return out.u64(createdAtMs).toByteArray();
    }

    private List<Shown> shown() {
        var in = new BcsReader(attachments);
        List<Shown> shown = new ArrayList<>();
        for (long left = in.uleb(); left > 0; left--) {
            byte[] blobRef = in.bytes();
            in.bytes();
            shown.add(new Shown(blobRef, in.bytes()));
            in.bytes();
            in.u32();
        }
        return shown;
    }

    /** Reads past an encoded message. */
    static void skip(BcsReader in) {
        in.skip(32);
        in.skipBytes();
        in.skipBytes();
        in.u32();
        for (long left = in.uleb(); left > 0; left--) {
            for (int i = 0; i < 4; i++) in.skipBytes();
            in.u32();
        }
        in.u64();
    }
}
