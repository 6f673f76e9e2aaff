package suiload.users;

import java.util.Optional;

/** Which users a list shows; an empty part does not matter. */
public record UserFilter(Optional<Variant> variant, Optional<Boolean> funded) {
    public static final UserFilter ALL = new UserFilter(Optional.empty(), Optional.empty());
}
