package suiload.audit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network address that the program may open: a line of {@code conf/addresses.list}. */
record Address(String direction, String address, String openedBy, String purpose) {
    private static final Pattern URL = Pattern.compile("\\b(?:https?|wss?)://[^\\s\"'<>)]+");
    /** Names in documents, not places that anyone connects to. */
    private static final Set<String> NAMESPACES = Set.of("www.w3.org", "cyclonedx.org", "json-schema.org", "spdx.org");

    static List<Address> read(Path list) throws IOException {
        List<Address> addresses = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] parts = line.strip().split("\\s+", 4);
            if (parts.length < 4) throw new IllegalArgumentException("conf/addresses.list: four columns expected: " + line);
            addresses.add(new Address(parts[0], parts[1], parts[2], parts[3]));
        }
        return addresses;
    }

    /** Hosts in the text constants of the program's classes that no line of the list covers. */
    static Set<String> unlisted(JarContent program, List<Address> addresses) {
        Set<String> hosts = new TreeSet<>();
        program.classes().values().forEach(facts -> facts.strings().forEach(text -> addHosts(text, hosts)));
        hosts.removeIf(host -> isLocal(host) || NAMESPACES.contains(host) || addresses.stream()
                .anyMatch(each -> each.address().contains(host)));
        return hosts;
    }

    private static void addHosts(String text, Set<String> into) {
        Matcher matcher = URL.matcher(text);
        while (matcher.find()) {
            try {
                String host = URI.create(matcher.group()).getHost();
                if (host != null) into.add(host);
            } catch (IllegalArgumentException incomplete) {
                // A pattern or a message with a placeholder: it names no host.
                continue;
            }
        }
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]") || !host.contains(".");
    }
}
