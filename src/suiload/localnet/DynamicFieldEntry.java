package suiload.localnet;

import java.util.Arrays;
import suiload.bcs.BcsReader;
import suiload.bcs.Bytes;
import suiload.chain.TypeTag;

/** A dynamic field with its value inside: {@code 0x2::dynamic_field::Field<nameType, valueType>}, names and values as BCS. */
public record DynamicFieldEntry(LedgerObject field, TypeTag nameType, Bytes name, TypeTag valueType, Bytes value) {
    private static final int ID_BYTES = 32;

    static DynamicFieldEntry of(LedgerObject field, MoveTypes types) {
        TypeTag nameType = field.type().typeArguments().get(0);
        byte[] contents = field.rawContents();
        var in = new BcsReader(contents);
        in.fixed(ID_BYTES);
        types.skip(nameType, in);
        return new DynamicFieldEntry(field, nameType, Bytes.of(Arrays.copyOfRange(contents, ID_BYTES, in.position())),
                field.type().typeArguments().get(1), Bytes.of(Arrays.copyOfRange(contents, in.position(), contents.length)));
    }
}
