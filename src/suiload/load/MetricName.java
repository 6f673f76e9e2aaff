package suiload.load;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import suiload.report.Unit;

/** Every metric of a run, in the order in which reports list them. */
enum MetricName {
    HTTP_REQS("http_reqs", Kind.COUNTER, Unit.PLAIN),
    HTTP_REQ_FAILED("http_req_failed", Kind.RATE, Unit.PLAIN),
    HTTP_REQ_DURATION("http_req_duration", Kind.TREND, Unit.MILLISECONDS),
    /** Of attempts that failed: never mixed with the latencies of those that did not. */
    HTTP_REQ_DURATION_FAILED("http_req_duration_failed", Kind.TREND, Unit.MILLISECONDS),
    /** Waiting for a free connection. */
    HTTP_REQ_BLOCKED("http_req_blocked", Kind.TREND, Unit.MILLISECONDS),
    HTTP_REQ_WAITING("http_req_waiting", Kind.TREND, Unit.MILLISECONDS),
    HTTP_REQ_E2E("http_req_e2e", Kind.TREND, Unit.MILLISECONDS),
    /** As the service says, in whole milliseconds, rounded down. */
    HTTP_REQ_SERVER_TIME("http_req_server_time", Kind.TREND, Unit.MILLISECONDS),
    HTTP_REQ_RETRIES("http_req_retries", Kind.COUNTER, Unit.PLAIN),
    HTTP_CONN_OPENED("http_conn_opened", Kind.COUNTER, Unit.PLAIN),
    CONNECTION_RESETS("connection_resets", Kind.COUNTER, Unit.PLAIN),
    OPERATIONS_FAILED("operations_failed", Kind.RATE, Unit.PLAIN),
    DATA_SENT("data_sent", Kind.COUNTER, Unit.BYTES),
    DATA_RECEIVED("data_received", Kind.COUNTER, Unit.BYTES),
    ITERATIONS("iterations", Kind.COUNTER, Unit.PLAIN),
    DROPPED_ITERATIONS("dropped_iterations", Kind.COUNTER, Unit.PLAIN),
    ITERATION_DURATION("iteration_duration", Kind.TREND, Unit.MILLISECONDS),
    VUS("vus", Kind.GAUGE, Unit.PLAIN),
    VUS_MAX("vus_max", Kind.GAUGE, Unit.PLAIN),

    CREATE_CHANNEL_LATENCY("createChannel_latency", Kind.TREND, Unit.MILLISECONDS),
    SEND_MESSAGE_LATENCY("sendMessage_latency", Kind.TREND, Unit.MILLISECONDS),
    SEND_MESSAGE_E2E("sendMessage_e2e", Kind.TREND, Unit.MILLISECONDS),
    SEND_MESSAGE_DURATION("sendMessage_duration", Kind.TREND, Unit.MILLISECONDS),
    SEND_MESSAGE_SERVER_TIME("sendMessage_server_time", Kind.TREND, Unit.MILLISECONDS),
    MEMBERSHIPS_LATENCY("fetchChannelMemberships_latency", Kind.TREND, Unit.MILLISECONDS),
    MEMBERSHIPS_WITH_METADATA_LATENCY("fetchChannelMembershipsWithMetadata_latency", Kind.TREND, Unit.MILLISECONDS),
    TABLE_MESSAGES_LATENCY("fetchChannelMessagesByTableId_latency", Kind.TREND, Unit.MILLISECONDS),
    CREATE_CHANNEL_ERRORS("errorRate_createChannel", Kind.RATE, Unit.PLAIN),
    SEND_MESSAGE_ERRORS("errorRate_sendMessage", Kind.RATE, Unit.PLAIN),
    MEMBERSHIPS_ERRORS("errorRate_fetchMemberships", Kind.RATE, Unit.PLAIN),
    MEMBERSHIPS_WITH_METADATA_ERRORS("errorRate_fetchMembershipsWithMetadata", Kind.RATE, Unit.PLAIN),
    TABLE_MESSAGES_ERRORS("errorRate_fetchMessagesByTableId", Kind.RATE, Unit.PLAIN),
    CREATE_CHANNEL_GAS("createChannel_gas", Kind.GAUGE, Unit.MIST),
    SEND_MESSAGE_GAS("sendMessage_gas", Kind.GAUGE, Unit.MIST),

    MESSAGES_SENT("messages_sent", Kind.COUNTER, Unit.PLAIN),
    MESSAGES_SEEN("messages_seen", Kind.COUNTER, Unit.PLAIN),
    MESSAGES_LOST("messages_lost", Kind.COUNTER, Unit.PLAIN),
    MESSAGES_DUPLICATED("messages_duplicated", Kind.COUNTER, Unit.PLAIN),
    MESSAGES_UNKNOWN("messages_unknown", Kind.COUNTER, Unit.PLAIN),
    MESSAGE_DELIVERY_LATENCY("message_delivery_latency", Kind.TREND, Unit.MILLISECONDS),
    SCHEDULE_DELAY("schedule_delay", Kind.TREND, Unit.MILLISECONDS),

    NODE_CALLS("node_calls", Kind.COUNTER, Unit.PLAIN),
    NODE_CALLS_PER_MESSAGE("node_calls_per_message", Kind.GAUGE, Unit.PLAIN),
    NODE_CALLS_PER_1000_POLLS("node_calls_per_1000_polls", Kind.GAUGE, Unit.PLAIN),
    NODE_CALLS_PER_MEMBERSHIP_READ("node_calls_per_membership_read", Kind.GAUGE, Unit.PLAIN),
    NODE_FAULTS_INJECTED("node_faults_injected", Kind.COUNTER, Unit.PLAIN),
    SERVER_CPU("server_cpu", Kind.TREND, Unit.PERCENT),
    SERVER_RSS("server_rss", Kind.TREND, Unit.BYTES),
    SERVER_CONNECTIONS("server_connections", Kind.TREND, Unit.PLAIN),
    DRIVER_CPU("driver_cpu", Kind.TREND, Unit.PERCENT),
    DRIVER_RSS("driver_rss", Kind.TREND, Unit.BYTES),
    /** Sockets to the service that were open at once. */
    DRIVER_SOCKETS("driver_sockets", Kind.TREND, Unit.PLAIN);

    /** k6's kinds, each with the figures a threshold may ask for. */
    enum Kind {
        COUNTER("count, rate"),
        GAUGE("value, min, max"),
        RATE("rate"),
        TREND("avg, min, med, max, p(N), count");

        private final String figures;

        Kind(String figures) {
            this.figures = figures;
        }
    }

    private static final Map<String, MetricName> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toMap(MetricName::text, Function.identity()));

    private final String text;
    private final Kind kind;
    private final Unit unit;

    MetricName(String text, Kind kind, Unit unit) {
        this.text = text;
        this.kind = kind;
        this.unit = unit;
    }

    String text() {
        return text;
    }

    Kind kind() {
        return kind;
    }

    Unit unit() {
        return unit;
    }

    String figures() {
        return kind.figures;
    }

    boolean has(String figure) {
        return Arrays.asList(kind.figures.split(", ")).contains(figure.startsWith("p(") ? "p(N)" : figure);
    }

    static boolean known(String text) {
        return BY_TEXT.containsKey(text);
    }

    static MetricName of(String text) {
        return BY_TEXT.get(text);
    }

    static String list() {
        return Arrays.stream(values()).map(MetricName::text).collect(Collectors.joining(", "));
    }
}
