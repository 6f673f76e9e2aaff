package suiload.store;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the database is and how patiently it is used.
 *
 * @param url             {@code jdbc:postgresql://host:port/name[?parameters]}, without credentials
 * @param connections     how many calls may be in the database at once; the pool grows to this and no further
 * @param permitWait      how long a call waits for one of these before it is refused
 * @param connectWait     how long it then waits for a connection to be made
 * @param statementTimeout bound of one statement, and of one call that has no deadline of its own
 */
public record DatabaseConfig(
        String url, String user, String password, int connections, Duration permitWait, Duration connectWait, Duration statementTimeout) {
    private static final int CONNECTIONS = 16;
    private static final Duration PERMIT_WAIT = Duration.ofSeconds(5);
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(5);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);

    public static DatabaseConfig of(String url, String user, String password) {
        return new DatabaseConfig(url, user, password, CONNECTIONS, PERMIT_WAIT, CONNECT_WAIT, STATEMENT_TIMEOUT);
    }

    /**
     * Reads {@code [jdbc:]postgresql://[user:password@]host[:port]/name[?parameters]} (also {@code postgres://}), percent-encoded;
     * user and password may be parameters instead, as JDBC has them.
     *
     * @throws IllegalArgumentException saying what is wrong without showing the text, which holds a password
     */
    public static DatabaseConfig parse(String text) {
        URI uri = uri(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
        Map<String, String> parameters = parameters(uri.getRawQuery());
        String[] credentials = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        String user = credentials.length > 0 ? decoded(credentials[0]) : parameters.getOrDefault("user", "");
        String password = credentials.length > 1 ? decoded(credentials[1]) : parameters.getOrDefault("password", "");
        if (user.isEmpty()) throw new IllegalArgumentException("it names no user: user:password@ before the host expected");
        parameters.keySet().removeAll(Set.of("user", "password"));
        String query = parameters.entrySet().stream().map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        String url = "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + (query.isEmpty() ? "" : "?" + query);
        return of(url, user, password);
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            boolean scheme = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
            if (scheme && uri.getHost() != null && uri.getPath() != null && uri.getPath().length() > 1) return uri;
        } catch (IllegalArgumentException e) {
            // The exception quotes the text; ours must not.
            throw new IllegalArgumentException("it is not a URL (are special characters of the password percent-encoded?)");
        }
        throw new IllegalArgumentException("jdbc:postgresql://user:password@host:port/name expected");
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) parameters.put(decoded(parts[0]), decoded(parts[1]));
        }
        return parameters;
    }

    public DatabaseConfig withConnections(int count) {
        return new DatabaseConfig(url, user, password, count, permitWait, connectWait, statementTimeout);
    }

    public DatabaseConfig withWaits(Duration permit, Duration connect, Duration statement) {
        return new DatabaseConfig(url, user, password, connections, permit, connect, statement);
    }

    /** Percent-encoding only: a plus sign is a plus sign here. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseConfig[url=" + url + ", user=" + user + ", connections=" + connections + "]";
    }
}
