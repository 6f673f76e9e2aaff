package suiload.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import suiload.json.Json;

/** {@code suiload audit [--json]}: what lib/ holds and why, and an SBOM of it in {@code out/sbom.cdx.json}. */
public final class AuditMain {
    private AuditMain() {}

    /** @return 0 when all holds, 1 when something does not, 2 for a wrong command line */
    public static int run(String[] arguments) {
        Set<String> options = Set.of(arguments);
        if (!Set.of("--json").containsAll(options)) {
            System.err.println("usage: suiload audit [--json]");
            return 2;
        }
        try {
            return run(Path.of(System.getProperty("suiload.home", ".")).toAbsolutePath().normalize(), options.contains("--json"));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("suiload audit: " + e);
            return 1;
        }
    }

    private static int run(Path home, boolean json) throws IOException {
        Audit audit = Audit.of(home);
        Path sbom = home.resolve("out/sbom.cdx.json");
        Files.createDirectories(sbom.getParent());
        Files.writeString(sbom, Json.pretty(Sbom.of(audit)));
        System.out.print(json ? Json.pretty(AuditJson.of(audit)) : AuditTable.of(audit));
        return audit.holds() ? 0 : 1;
    }
}
