package suiload.report;

/** Names of the columns of a {@link Timeline}. Latencies are milliseconds of the interval's successes. */
public final class Column {
    private Column() {}

    public static final String USERS_ACTIVE = "users_active";
    public static final String USERS_PASSIVE = "users_passive";
    /** Attempts that ended in the interval, per second; the next three likewise. */
    public static final String REQUESTS = "requests_per_second";
    public static final String FAILED = "failed_per_second";
    public static final String RETRIES = "retries_per_second";
    public static final String RESETS = "resets_per_second";
    public static final String MESSAGES_SENT = "messages_sent_per_second";
    public static final String MESSAGES_SEEN = "messages_seen_per_second";

    /** Followed by {@code _p50}, {@code _p95}, {@code _p99}: see {@link #percentile}. */
    public static final String REQUEST = "http_req_duration";
    public static final String END_TO_END = "http_req_e2e";
    public static final String SEND = "sendMessage_latency";
    public static final String POLL = "fetchChannelMessagesByTableId_latency";
    public static final String DELIVERY = "message_delivery_latency";
    public static final String SCHEDULE_DELAY = "schedule_delay";

    /** Followed by the cause: failures of the interval per second. */
    public static final String ERRORS = "errors:";

    /** Per cent of one processor, bytes, connections, calls per second. */
    public static final String SERVER_CPU = "server_cpu";
    public static final String SERVER_RSS = "server_rss";
    public static final String SERVER_CONNECTIONS = "server_connections";
    public static final String DRIVER_CPU = "driver_cpu";
    public static final String DRIVER_RSS = "driver_rss";
    public static final String DRIVER_SOCKETS = "driver_sockets";
    public static final String NODE_CALLS = "node_calls_per_second";

    /** {@code name} with the suffix of a percentile: {@code percentile(SEND, 95)}. */
    public static String percentile(String name, int percent) {
        return name + "_p" + percent;
    }
}
