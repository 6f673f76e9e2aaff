package suiload.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import suiload.json.Json;

/**
 * The SBOM keeps the rules of the CycloneDX 1.6 schema for all that it uses of it (the schema itself is not kept here): no
 * property beyond the schema's, the required ones, enums, patterns, unique references, and a graph that closes.
 */
class SbomTest {
    private static final Path HOME = Path.of(System.getProperty("suiload.home")).toAbsolutePath().normalize();

    /** Object of the schema → its properties, "!" marking required ones. Only those that the SBOM may use. */
    private static final Map<String, Set<String>> PROPERTIES = Map.of(
            "bom", Set.of("$schema", "!bomFormat", "!specVersion", "serialNumber", "version", "metadata", "components", "dependencies"),
            "metadata", Set.of("timestamp", "lifecycles", "tools", "component", "licenses", "properties"),
            "component", Set.of("!type", "bom-ref", "group", "!name", "version", "description", "scope", "hashes", "licenses", "purl",
            "properties"),
            "hash", Set.of("!alg", "!content"),
            "licenceChoice", Set.of("license", "expression"),
            "license", Set.of("id", "name", "text", "url"),
            "property", Set.of("name", "value"),
            "dependency", Set.of("!ref", "dependsOn"));

    @Test
    void keepsTheSchemasRulesAndNamesEveryFile() throws IOException {
        Audit audit = Audit.of(HOME);
        Json bom = Json.parse(Json.bytes(Sbom.of(audit)));
        shape("bom", bom);
        assertEquals("CycloneDX", bom.string("bomFormat"));
        assertEquals("1.6", bom.string("specVersion"));
        assertTrue(bom.string("serialNumber").matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));
        assertEquals(1, bom.integer("version", 1, Integer.MAX_VALUE));
        shape("metadata", bom.get("metadata"));
        List<Json> components = new ArrayList<>(bom.list("components"));
        components.add(bom.get("metadata").get("component"));
        components.forEach(SbomTest::component);
        graph(bom, components);
        files(audit, bom);
    }

    private static void files(Audit audit, Json bom) throws IOException {
        Set<String> described = new HashSet<>();
        for (Json component : bom.list("components")) {
            String file = component.list("properties").getFirst().string("value");
            assertEquals(Sha256.of(HOME.resolve(file)), component.list("hashes").getFirst().string("content"), file);
            described.add(file);
        }
        assertEquals(Stream.concat(audit.jars().stream(), audit.sui4j().jars().stream()).filter(jar -> jar.sha256().isPresent())
                .map(jar -> jar.locked().file().toString()).collect(Collectors.toSet()), described);
        assertEquals(Json.text(bom), Json.text(Sbom.of(Audit.of(HOME))), "the same files give the same document");
    }

    private static void component(Json component) {
        shape("component", component);
        assertTrue(Set.of("application", "library").contains(component.string("type")));
        component.find("scope").ifPresent(scope -> assertTrue(Set.of("required", "optional", "excluded").contains(scope.asString())));
        assertTrue(component.string("purl").matches("pkg:(maven/[\\w.]+|generic)/[\\w.-]+@[\\w.-]+(\\?[\\w=&.-]+)?"),
                component.string("purl"));
        for (Json hash : component.list("hashes")) {
            shape("hash", hash);
            assertEquals("SHA-256", hash.string("alg"));
            assertTrue(hash.string("content").matches("[0-9a-f]{64}"));
        }
        for (Json choice : component.list("licenses")) {
            shape("licenceChoice", choice);
            shape("license", choice.get("license"));
            assertTrue(Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0", "PostgreSQL")
                    .contains(choice.get("license").string("id")));
        }
        component.find("properties").ifPresent(list -> list.asList().forEach(property -> shape("property", property)));
    }

    private static void graph(Json bom, List<Json> components) {
        Set<String> references = new HashSet<>();
        components.forEach(component -> assertTrue(references.add(component.string("bom-ref")), "twice: " + component.string("bom-ref")));
        Set<String> nodes = new HashSet<>();
        for (Json node : bom.list("dependencies")) {
            shape("dependency", node);
            assertTrue(nodes.add(node.string("ref")), "twice in the graph: " + node.string("ref"));
            List<String> needed = node.list("dependsOn").stream().map(Json::asString).toList();
            assertEquals(needed.size(), Set.copyOf(needed).size(), "dependsOn must be unique");
            assertTrue(references.containsAll(needed), needed.toString());
        }
        assertEquals(references, nodes);
    }

    private static void shape(String object, Json json) {
        Set<String> allowed = PROPERTIES.get(object);
        for (String name : json.entries().keySet()) assertTrue(allowed.contains(name) || allowed.contains("!" + name), object + "." + name);
        for (String name : allowed) if (name.startsWith("!")) assertTrue(json.has(name.substring(1)), object + " lacks " + name);
    }
}
