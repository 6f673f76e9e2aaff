package suiload.chain;

import java.util.List;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** Who pays, with which coins: {@code price} in MIST per gas unit, {@code budget} in MIST, both unsigned. */
public record GasData(List<ObjectRef> payment, Address owner, long price, long budget) {
    public GasData {
        payment = List.copyOf(payment);
    }

    public void write(BcsWriter out) {
        out.vector(payment, (w, ref) -> ref.write(w));
        owner.write(out);
        out.u64(price).u64(budget);
    }

    public static GasData read(BcsReader in) {
        return new GasData(in.vector(ObjectRef::read), Address.read(in), in.u64(), in.u64());
    }
}
