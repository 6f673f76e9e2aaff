package suiload.sui;

import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Digest;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;

/**
 * One version of a Move object as a node shows it.
 *
 * @param contents BCS of the Move value; begins with the 32 bytes of its id
 * @param lastWriter the transaction that wrote this version, where the node says so
 */
public record ObjectView(ObjectRef ref, Owner owner, StructTag type, Bytes contents, Optional<Digest> lastWriter) {}
