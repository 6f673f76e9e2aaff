package suiload.audit;

import static suiload.json.Json.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import suiload.json.Json;

/**
 * A CycloneDX 1.6 software bill of materials: every file that lib/ holds, as it lies on the disk, and who needs whom.
 * Without a timestamp and with a serial number made from the content: the same files give the same document.
 */
final class Sbom {
    private Sbom() {}

    static Map<String, Object> of(Audit audit) {
        List<JarReport> present = Stream.concat(audit.jars().stream(), audit.sui4j().jars().stream())
                .filter(jar -> jar.sha256().isPresent()).toList();
        String self = "pkg:generic/suiload@" + audit.version();
        Map<String, Object> metadata = object("component", object("type", "application", "bom-ref", self, "name", "suiload",
                "version", audit.version(), "hashes", hashes(audit.programSha256()), "licenses", licences("Apache-2.0"), "purl", self));
        List<Object> components = new ArrayList<>(present.stream().map(Sbom::component).toList());
        List<Object> dependencies = dependencies(self, present);
        String content = Json.text(List.of(metadata, components, dependencies));
        return object("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat", "CycloneDX", "specVersion", "1.6",
                "serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)), "version", 1,
                "metadata", metadata, "components", components, "dependencies", dependencies);
    }

    private static Map<String, Object> component(JarReport jar) {
        Locked locked = jar.locked();
        Artifact artifact = locked.artifact();
        return object("type", locked.scope() == Locked.Scope.TOOL ? "application" : "library", "bom-ref", artifact.purl(),
                "group", artifact.group(), "name", artifact.name(), "version", artifact.version(), "description", locked.reason(),
                "scope", scope(locked), "hashes", hashes(jar.sha256().orElseThrow()),
                "licenses", licences(locked.licence()), "purl", artifact.purl(),
                "properties", List.of(object("name", "suiload:file", "value", locked.file().toString())));
    }

    private static String scope(Locked locked) {
        return switch (locked.scope()) {
            case RUNTIME -> "required";
            case SUI4J -> "optional";
            case TEST, TOOL -> "excluded";
        };
    }

    private static List<Object> dependencies(String self, List<JarReport> jars) {
        Map<String, String> purls = new TreeMap<>();
        jars.forEach(jar -> purls.put(jar.fileName(), jar.locked().artifact().purl()));
        List<Object> graph = new ArrayList<>();
        graph.add(object("ref", self, "dependsOn", jars.stream()
                .filter(jar -> jar.locked().scope() == Locked.Scope.RUNTIME && !(jar.usedBy().isEmpty() && jar.services().isEmpty()))
                .map(jar -> jar.locked().artifact().purl()).sorted().toList()));
        for (JarReport jar : jars) {
            graph.add(object("ref", jar.locked().artifact().purl(),
                    "dependsOn", jar.dependencies().stream().map(purls::get).filter(Objects::nonNull).sorted().toList()));
        }
        return graph;
    }

    private static List<Object> hashes(String sha256) {
        return List.of(object("alg", "SHA-256", "content", sha256));
    }

    private static List<Object> licences(String spdx) {
        return List.of(object("license", object("id", spdx)));
    }
}
