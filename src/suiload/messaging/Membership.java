package suiload.messaging;

import suiload.chain.Address;

/** A MemberCap and who holds it. Caps cannot be handed on, so this stays true. */
record Membership(Address owner, MemberCap cap) {}
