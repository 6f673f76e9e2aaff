package suiload.users;

import java.util.Locale;
import java.util.Optional;

/** What a test user is for: active ones send and need gas, passive ones only read. */
public enum Variant {
    ACTIVE, PASSIVE;

    /** As the API and the database spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Variant> of(String label) {
        return switch (label) {
            case "active" -> Optional.of(ACTIVE);
            case "passive" -> Optional.of(PASSIVE);
            default -> Optional.empty();
        };
    }
}
