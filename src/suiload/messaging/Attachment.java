package suiload.messaging;

import java.util.Base64;
import java.util.Map;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.json.Json;

/** A file of a message: where its encrypted bytes are, and what it takes to read them. {@code keyVersion} is u32. */
public record Attachment(String blobRef, Bytes encryptedMetadata, Bytes dataNonce, Bytes metadataNonce, long keyVersion) {
    public static Attachment read(BcsReader in) {
        return new Attachment(in.string(), in.byteString(), in.byteString(), in.byteString(), in.u32());
    }

    public void write(BcsWriter out) {
        out.string(blobRef).bytes(encryptedMetadata).bytes(dataNonce).bytes(metadataNonce).u32(keyVersion);
    }

    /** Rough bytes on the heap: the share of the message cache that this takes. */
    int weight() {
        return 160 + 2 * blobRef.length() + encryptedMetadata.length() + dataNonce.length() + metadataNonce.length();
    }

    Map<String, Object> json() {
        return Json.object("blobRef", blobRef, "encryptedMetadata", base64(encryptedMetadata), "dataNonce", base64(dataNonce),
                "metadataNonce", base64(metadataNonce), "keyVersion", keyVersion);
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
