package suiload.localnet;

import suiload.bcs.Bytes;
import suiload.chain.TypeTag;

/** A dynamic field with its value inside: {@code 0x2::dynamic_field::Field<nameType, valueType>}, names and values as BCS. */
public record DynamicFieldEntry(LedgerObject field, TypeTag nameType, Bytes name, TypeTag valueType, Bytes value) {}
