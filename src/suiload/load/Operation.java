package suiload.load;

import java.util.Optional;

/** What the driver asks of the service, and the metrics that belong to it. */
enum Operation {
    GENERATE_USERS,
    LIST_USERS,
    FUND_USERS,
    DRAIN_USERS,
    CREATE_CHANNEL(MetricName.CREATE_CHANNEL_LATENCY, MetricName.CREATE_CHANNEL_ERRORS, MetricName.CREATE_CHANNEL_GAS),
    SEND_MESSAGE(MetricName.SEND_MESSAGE_LATENCY, MetricName.SEND_MESSAGE_ERRORS, MetricName.SEND_MESSAGE_GAS,
            new Steps(MetricName.SEND_MESSAGE_E2E, MetricName.SEND_MESSAGE_DURATION, MetricName.SEND_MESSAGE_SERVER_TIME)),
    MEMBERSHIPS(MetricName.MEMBERSHIPS_LATENCY, MetricName.MEMBERSHIPS_ERRORS, null),
    MEMBERSHIPS_WITH_METADATA(MetricName.MEMBERSHIPS_WITH_METADATA_LATENCY, MetricName.MEMBERSHIPS_WITH_METADATA_ERRORS, null),
    TABLE_MESSAGES(MetricName.TABLE_MESSAGES_LATENCY, MetricName.TABLE_MESSAGES_ERRORS, null),
    /** As provisioning asks for memberships: thousands at once are no user's latency. */
    LIST_MEMBERSHIPS,
    READ_CHANNEL,
    CHANNEL_MESSAGES,
    LOOK_UP_TRANSACTION;

    /**
     * The same operation as it is seen from further and further inside; what lies between two of them is where the time went.
     *
     * @param planned from the planned start to the answer that settled it, waits and retries included
     * @param request the attempt that succeeded, as sent
     * @param service what of that the service says it took
     */
    record Steps(MetricName planned, MetricName request, MetricName service) {}

    private final Optional<MetricName> latency;
    private final Optional<MetricName> errors;
    private final Optional<MetricName> gas;
    private final Optional<Steps> steps;

    Operation() {
        this(null, null, null);
    }

    Operation(MetricName latency, MetricName errors, MetricName gas) {
        this(latency, errors, gas, null);
    }

    Operation(MetricName latency, MetricName errors, MetricName gas, Steps steps) {
        this.latency = Optional.ofNullable(latency);
        this.errors = Optional.ofNullable(errors);
        this.gas = Optional.ofNullable(gas);
        this.steps = Optional.ofNullable(steps);
    }

    Optional<MetricName> latency() {
        return latency;
    }

    Optional<MetricName> errors() {
        return errors;
    }

    Optional<MetricName> gas() {
        return gas;
    }

    Optional<Steps> steps() {
        return steps;
    }
}
