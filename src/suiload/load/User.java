package suiload.load;

/**
 * A provisioned user.
 *
 * @param name {@code a0}, {@code a1}, … for users that send, {@code p0}, … for those that poll
 */
record User(String name, boolean active, String address) {}
