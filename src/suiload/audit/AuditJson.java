package suiload.audit;

import static suiload.json.Json.object;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The audit for programs. */
final class AuditJson {
    private AuditJson() {}

    static Map<String, Object> of(Audit audit) {
        Map<String, Object> all = object("version", audit.version(), "platform", audit.machine(), "holds", audit.holds(),
                "problems", audit.problems(),
                "program", object("file", audit.programJar().toString(), "sha256", audit.programSha256()),
                "jars", audit.jars().stream().map(AuditJson::jar).toList(),
                "unsigned", audit.unsigned(),
                "addresses", audit.addresses().stream().map(AuditJson::address).toList(),
                "preview", audit.preview(),
                "jdkModules", jdkModules(audit.jars()),
                "bytesRuntime", bytes(audit.jars()));
        if (!audit.sui4j().jars().isEmpty()) {
            all.put("sui4j", object("jars", audit.sui4j().jars().stream().map(AuditJson::jar).toList(), "unused", audit.sui4j().unused()));
        }
        return all;
    }

    static long bytes(List<JarReport> jars) {
        return jars.stream().filter(jar -> jar.locked().scope() == Locked.Scope.RUNTIME).mapToLong(JarReport::bytes).sum();
    }

    private static TreeSet<String> jdkModules(List<JarReport> jars) {
        var modules = new TreeSet<String>();
        jars.forEach(jar -> modules.addAll(jar.jdkModules()));
        return modules;
    }

    private static Map<String, Object> jar(JarReport jar) {
        Locked locked = jar.locked();
        return object("file", locked.file().toString(), "scope", locked.scope().name().toLowerCase(Locale.ROOT),
                "coordinates", locked.artifact().coordinates(), "version", locked.artifact().version(), "purl", locked.artifact().purl(),
                "licence", locked.licence(), "licenceText", jar.licenceText().map(text -> "lib/licences/" + text),
                "bytes", jar.bytes(), "sha256", jar.sha256(), "verdict", jar.verdict().name().toLowerCase(Locale.ROOT),
                "reason", locked.reason(), "usedBy", jar.usedBy(), "services", jar.services(), "dependencies", jar.dependencies(),
                "jdkModules", jar.jdkModules(), "classes", jar.packages().classes(), "classesReached", jar.packages().reachedClasses(),
                "packages", jar.packages().packages(), "packagesUnused", jar.packages().unused());
    }

    private static Map<String, Object> address(Address address) {
        return object("direction", address.direction(), "address", address.address(), "openedBy", address.openedBy(), "purpose",
                address.purpose());
    }
}
