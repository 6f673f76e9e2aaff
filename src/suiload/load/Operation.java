package suiload.load;

import java.util.Optional;

/** What the driver asks of the service, and the metrics that belong to it. */
enum Operation {
    GENERATE_USERS,
    LIST_USERS,
    FUND_USERS,
    DRAIN_USERS,
    CREATE_CHANNEL(MetricName.CREATE_CHANNEL_LATENCY, MetricName.CREATE_CHANNEL_ERRORS, MetricName.CREATE_CHANNEL_GAS),
    SEND_MESSAGE(MetricName.SEND_MESSAGE_LATENCY, MetricName.SEND_MESSAGE_ERRORS, MetricName.SEND_MESSAGE_GAS),
    MEMBERSHIPS(MetricName.MEMBERSHIPS_LATENCY, MetricName.MEMBERSHIPS_ERRORS, null),
    MEMBERSHIPS_WITH_METADATA(MetricName.MEMBERSHIPS_WITH_METADATA_LATENCY, MetricName.MEMBERSHIPS_WITH_METADATA_ERRORS, null),
    TABLE_MESSAGES(MetricName.TABLE_MESSAGES_LATENCY, MetricName.TABLE_MESSAGES_ERRORS, null),
    /** As provisioning asks for memberships: thousands at once are no user's latency. */
    LIST_MEMBERSHIPS,
    READ_CHANNEL,
    CHANNEL_MESSAGES,
    LOOK_UP_TRANSACTION;

    private final Optional<MetricName> latency;
    private final Optional<MetricName> errors;
    private final Optional<MetricName> gas;

    Operation() {
        this(null, null, null);
    }

    Operation(MetricName latency, MetricName errors, MetricName gas) {
        this.latency = Optional.ofNullable(latency);
        this.errors = Optional.ofNullable(errors);
        this.gas = Optional.ofNullable(gas);
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
}
