package suiload.load;

import java.util.Optional;

/** The active users that the service has, those of former runs among them, and how many of these have coins. */
record ActiveUsers(long total, long funded) {
    static ActiveUsers read(Api api) {
        return new ActiveUsers(count(api, Optional.empty()), count(api, Optional.of(true)));
    }

    private static long count(Api api, Optional<Boolean> funded) {
        return api.users(true, funded, Optional.empty(), 1).total();
    }

    /** How many get coins in a run of so many: nobody when enough have some, else all without, for the service funds all that it has. */
    long toFund(int wanted) {
        return funded >= wanted ? 0 : Math.max(total, wanted) - funded;
    }
}
