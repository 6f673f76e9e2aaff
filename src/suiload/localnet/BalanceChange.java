package suiload.localnet;

import suiload.chain.Address;
import suiload.chain.TypeTag;

/** What a transaction added to an account's coins of one type, gas included; smallest unit, negative when it took. */
public record BalanceChange(Address address, TypeTag coinType, long amount) {}
