package suiload.transactions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The purposes that transactions may have, by name. */
final class Purposes {
    private final Map<String, Purpose> byName;

    Purposes(List<Purpose> purposes) {
        byName = purposes.stream().collect(Collectors.toUnmodifiableMap(Purpose::name, Function.identity()));
    }

    Optional<Purpose> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws IllegalArgumentException when it was not named at the start, since it could not be found after a restart either */
    Purpose named(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("unknown purpose '" + name + "'"));
    }
}
