package suiload.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The secret that a write must bring as {@code Authorization: Bearer …}. Prints as nothing. */
public final class AdminToken {
    private static final String SCHEME = "Bearer ";

    private final byte[] secret;

    private AdminToken(byte[] secret) {
        this.secret = secret;
    }

    /** @throws IllegalArgumentException when empty: that would be no protection */
    public static AdminToken of(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("an empty admin token");
        }
        return new AdminToken(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an {@code Authorization} value (or null) carries this token. Time tells nothing about it but its length. */
    boolean matches(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        // The JDK server reads header bytes as Latin-1: these are the bytes that were sent.
        byte[] given = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
        return MessageDigest.isEqual(given, secret);
    }

    @Override
    public String toString() {
        return "AdminToken[hidden]";
    }
}
