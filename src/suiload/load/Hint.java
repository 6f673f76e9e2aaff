package suiload.load;

/** What a person may do about a kind of failure. */
final class Hint {
    private Hint() {}

    static String of(ErrorTable.Cause cause) {
        return switch (cause.layer()) {
            case "socket" -> socket(cause.text());
            case "node" -> "the node refuses or fails: lower ACTIVE_USERS_TOTAL, or give the service another FULLNODE_URL";
            case "contract" -> "the chain refused the transaction: ADMIN_AMOUNT_PER_USER too small, or the package is another";
            default -> http(cause.text());
        };
    }

    private static String socket(String cause) {
        return switch (cause) {
            case "reset", "closed_before_answer" ->
                    "the service or something between closed the connection: its idle time must exceed the client's 20 s";
            case "refused", "connect_timed_out" -> "nothing accepts connections there: is the service up, is its backlog long enough?";
            case "timed_out" -> "no answer in time: raise HTTP_REQUEST_TIMEOUT above the service's REQUEST_DEADLINE, or lower the load";
            case "unresolved" -> "the host of PROVISIONING_API_URL has no address";
            case "no_port" -> "the machine has no local port left: use CONNECTIONS=shared";
            case "no_descriptor" -> "raise 'ulimit -n', or use CONNECTIONS=shared";
            default -> "";
        };
    }

    private static String http(String cause) {
        if (cause.equals("503 database_unavailable")) return "the service's database is away or too slow: its log tells which";
        if (cause.equals("503 shutting_down")) return "the service is being stopped";
        if (cause.startsWith("503")) return "the service is full: raise its MAX_CONCURRENT_REQUESTS or lower the load";
        if (cause.startsWith("408")) return "the service's deadline passed: the node is slow; raise REQUEST_DEADLINE or lower the load";
        if (cause.startsWith("401")) return "set ADMIN_TOKEN to the service's";
        if (cause.startsWith("403")) return "the service answers this only to loopback clients";
        if (cause.startsWith("500")) return "a bug of the service: its log has the request id";
        return "";
    }
}
