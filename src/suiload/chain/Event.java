package suiload.chain;

import java.util.List;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;

/** An event; package and module are those of the called function, the type's may differ. */
public record Event(Address packageId, String module, Address sender, StructTag type, Bytes contents) {
    public void write(BcsWriter out) {
        packageId.write(out);
        sender.write(out.string(module));
        type.write(out);
        out.bytes(contents);
    }

    public static Event read(BcsReader in) {
        return new Event(Address.read(in), in.string(), Address.read(in), StructTag.read(in), in.byteString());
    }

    /** The events digest that effects carry. */
    public static Digest digest(List<Event> events) {
        return Digest.hash(Digest.Domain.EVENTS, new BcsWriter(512).vector(events, (w, event) -> event.write(w)).toByteArray());
    }
}
