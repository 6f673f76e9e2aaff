package suiload.audit;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The audit for a person. */
final class AuditTable {
    private AuditTable() {}

    /** Unused packages named per jar; {@code --json} has all. */
    private static final int UNUSED_SHOWN = 4;

    static String of(Audit audit) {
        var text = new StringBuilder();
        text.append("suiload ").append(audit.version()).append(" on ").append(audit.machine()).append("\n");
        text.append("  ").append(audit.programJar()).append("  SHA-256 ").append(audit.programSha256()).append("\n\n");
        for (Locked.Scope scope : Locked.Scope.values()) {
            if (scope != Locked.Scope.SUI4J) section(text, scope, audit.jars());
        }
        if (!audit.sui4j().jars().isEmpty()) section(text, Locked.Scope.SUI4J, audit.sui4j().jars());
        if (!audit.sui4j().unused().isEmpty()) {
            text.append("Also in ").append(OptionalJars.FOLDER).append(", on no class path: ").append(joined(audit.sui4j().unused()))
                    .append("\n\n");
        }
        if (!audit.unsigned().isEmpty()) {
            text.append("Run from ").append(UnsignedCopies.FOLDER).append(", the same entries without the signature that each start would verify: ")
                    .append(String.join(", ", audit.unsigned())).append("\n\n");
        }
        addresses(text, audit.addresses());
        text.append("Preview features of JDK 25 in use: ").append(audit.preview().isEmpty() ? "none\n" : "\n");
        audit.preview().forEach((name, interfaces) -> text.append("  ").append(name).append(": ").append(joined(interfaces)).append('\n'));
        text.append("\nSBOM: out/sbom.cdx.json (CycloneDX 1.6)\n");
        audit.problems().forEach(problem -> text.append("PROBLEM ").append(problem).append('\n'));
        text.append(audit.holds() ? "audit: all holds\n" : "audit: " + audit.problems().size() + " problem(s)\n");
        return text.toString();
    }

    private static void section(StringBuilder text, Locked.Scope scope, List<JarReport> jars) {
        List<JarReport> mine = jars.stream().filter(jar -> jar.locked().scope() == scope).toList();
        long bytes = mine.stream().mapToLong(JarReport::bytes).sum();
        text.append(switch (scope) {
            case RUNTIME -> "On the class path of the program";
            case TEST -> "For tests only";
            case TOOL -> "Used by the build, never on a class path";
            case SUI4J -> "Optional, laid in lib/sui4j: used with NODE_CLIENT=sui4j only";
        }).append(": ").append(mine.size()).append(mine.size() == 1 ? " file, " : " files, ").append(kilobytes(bytes)).append("\n");
        mine.forEach(jar -> jar(text, jar));
        text.append('\n');
    }

    private static void jar(StringBuilder text, JarReport jar) {
        Locked locked = jar.locked();
        text.append(String.format(Locale.ROOT, "  %-52s %-9s %-13s %10s  %s%n", locked.artifact().coordinates(),
                locked.artifact().version(),
                locked.licence(), kilobytes(jar.bytes()), verdict(jar)));
        line(text, "why", locked.reason());
        line(text, "file", locked.file() + ", licence text " + jar.licenceText().map(name -> "lib/licences/" + name).orElse("MISSING"));
        if (!jar.usedBy().isEmpty()) line(text, "used by", joined(jar.usedBy()));
        if (!jar.services().isEmpty()) line(text, "found as", "provider of " + joined(jar.services()));
        if (!jar.dependencies().isEmpty()) line(text, "needs", joined(jar.dependencies()));
        if (jar.packages().classes() == 0) return;
        line(text, "JDK", joined(jar.jdkModules()));
        JarReport.Packages packages = jar.packages();
        line(text, "reached", packages.reachedClasses() + " of " + packages.classes() + " classes; unused " + packages.unused().size()
                + " of "
                + packages.packages() + " packages" + (packages.unused().isEmpty() ? "" : ": " + some(packages.unused())));
    }

    private static String verdict(JarReport jar) {
        return switch (jar.verdict()) {
            case UNPINNED -> "not pinned, SHA-256 " + jar.sha256().orElseThrow();
            case MATCHES, ALTERED, MISSING -> "checksum " + jar.verdict().name().toLowerCase(Locale.ROOT);
        };
    }

    private static void addresses(StringBuilder text, List<Address> addresses) {
        text.append("Network addresses that the program may open (conf/addresses.list)\n");
        for (Address address : addresses) {
            text.append(String.format(Locale.ROOT, "  %-7s %-44s %-9s %s%n", address.direction(), address.address(), address.openedBy(),
                    address.purpose()));
        }
        text.append('\n');
    }

    private static void line(StringBuilder text, String label, String content) {
        text.append(String.format(Locale.ROOT, "      %-9s %s%n", label, content));
    }

    private static String some(Collection<String> names) {
        String shown = String.join(", ", names.stream().limit(UNUSED_SHOWN).toList());
        return names.size() <= UNUSED_SHOWN ? shown : shown + ", … (--json lists all)";
    }

    private static String joined(Collection<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    private static String kilobytes(long bytes) {
        return String.format(Locale.ROOT, "%,d kB", (bytes + 999) / 1000);
    }
}
