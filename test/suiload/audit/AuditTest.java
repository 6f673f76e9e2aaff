package suiload.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit holds for this checkout, and names each file that is altered, extra or missing. */
class AuditTest {
    private static final Path HOME = Path.of(System.getProperty("suiload.home")).toAbsolutePath().normalize();

    @TempDir
    Path copy;

    @Test
    void thisCheckoutHolds() throws IOException {
        Audit audit = Audit.of(HOME);
        assertEquals(List.of(), audit.problems());
        JarReport hikari = named(audit, "HikariCP");
        assertEquals(Set.of("store"), hikari.usedBy());
        assertEquals(Set.of("slf4j-api-2.0.17.jar"), hikari.dependencies());
        assertEquals(Set.of("json"), named(audit, "jackson-databind").usedBy());
        assertEquals(Set.of("report"), named(audit, "uplot").usedBy());
        assertTrue(named(audit, "bcprov-jdk18on").packages().unused().contains("org.bouncycastle.jcajce.provider.keystore"));
        assertFalse(named(audit, "bcprov-jdk18on").packages().unused().contains("org.bouncycastle.math.ec.rfc8032"));
        String table = AuditTable.of(audit);
        assertTrue(table.contains("all holds") && table.contains("checksum matches"), table);
    }

    @Test
    void everyFaultIsNamed() throws IOException {
        copyCheckout();
        Path altered = copy.resolve("lib/runtime/slf4j-api-2.0.17.jar");
        byte[] bytes = Files.readAllBytes(altered);
        bytes[bytes.length - 1] ^= 1;
        Files.delete(altered);
        Files.write(altered, bytes);
        Files.delete(copy.resolve("lib/runtime/postgresql-42.7.14.jar"));
        Files.writeString(copy.resolve("lib/runtime/stranger-1.0.jar"), "x");
        Files.delete(copy.resolve("lib/licences/uplot.txt"));
        Files.writeString(copy.resolve("conf/addresses.list"), "# none\n");
        Audit audit = Audit.of(copy);
        for (String expected : List.of("altered: lib/runtime/slf4j-api-2.0.17.jar", "missing: lib/runtime/postgresql-42.7.14.jar",
                "unexpected file: lib/runtime/stranger-1.0.jar", "no licence text in lib/licences for lib/runtime/uplot")) {
            assertTrue(audit.problems().stream().anyMatch(problem -> problem.startsWith(expected)), expected + " is not in "
                    + audit.problems());
        }
        assertTrue(AuditTable.of(audit).contains("PROBLEM altered"));
    }

    @Test
    void theOptionalClientsJarsAreListedApart() throws IOException {
        copyCheckout();
        bring("conf/addresses.list");
        assertFalse(AuditTable.of(Audit.of(copy)).contains("sui4j"), "nothing is said of what is not there");
        assertFalse(AuditJson.of(Audit.of(copy)).containsKey("sui4j"));
        bring("lib/sui4j.lock");
        Files.createDirectories(copy.resolve("lib/sui4j"));
        for (String jar : List.of("sui4j-0.1.7", "okhttp-4.12.0", "logback-core-1.5.6")) {
            Files.writeString(copy.resolve("lib/sui4j/" + jar + ".jar"), jar);
        }
        Audit audit = Audit.of(copy);
        assertEquals(List.of("sui4j-0.1.7.jar UNPINNED", "okhttp-4.12.0.jar ALTERED"), audit.sui4j().jars().stream()
                .filter(jar -> jar.sha256().isPresent()).map(jar -> jar.fileName() + " " + jar.verdict()).toList());
        assertEquals(Set.of("logback-core-1.5.6.jar"), audit.sui4j().unused());
        assertEquals(1, audit.problems().size(), audit.problems().toString());
        assertTrue(audit.problems().getFirst().startsWith("altered: lib/sui4j/okhttp-4.12.0.jar"), audit.problems().toString());
        assertTrue(AuditTable.of(audit).contains("Optional, laid in lib/sui4j"));
        assertTrue(AuditJson.of(audit).containsKey("sui4j"));
    }

    /** The program runs from copies of signed jars: another class in one of them, or a jar too many, would run as well. */
    @Test
    void copiesWithoutSignaturesHoldNothingElse() throws IOException {
        copyCheckout();
        Path folder = Files.createDirectories(copy.resolve(UnsignedCopies.FOLDER));
        String name = "bcprov-jdk18on-1.87.jar";
        assertEquals(List.of(name), UnsignedCopies.names(HOME));
        Path jar = Files.copy(HOME.resolve(UnsignedCopies.FOLDER).resolve(name), folder.resolve(name));
        assertEquals(List.of(), UnsignedCopies.problems(copy));
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.writeString(zip.getPath("org/bouncycastle/math/ec/rfc8032/Ed25519.class"), "another");
        }
        Files.writeString(folder.resolve("stranger-1.0.jar"), "x");
        Files.writeString(folder.resolve("slf4j-api-2.0.17.jar"), "no jar");
        List<String> problems = UnsignedCopies.problems(copy);
        assertEquals(3, problems.size(), problems.toString());
        assertTrue(problems.get(0).endsWith(name + " in org/bouncycastle/math/ec/rfc8032/Ed25519.class"), problems.get(0));
        assertTrue(problems.get(1).startsWith("altered: build/unsigned/slf4j-api-2.0.17.jar"), problems.get(1));
        assertEquals("unexpected file: build/unsigned/stranger-1.0.jar", problems.get(2));
    }

    /** What class files say and what the JDK's own tool says agree. */
    @Test
    void jdkModulesAreThoseOfJdeps() throws IOException {
        for (String name : List.of("lib/runtime/postgresql-42.7.14.jar", "lib/runtime/protobuf-java-4.36.1.jar")) {
            Path jar = HOME.resolve(name);
            assertEquals(jdeps(jar), new JdkModules().usedBy(JarContent.read(jar)), name);
        }
    }

    private static Set<String> jdeps(Path jar) {
        var out = new StringWriter();
        ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out), new PrintWriter(out), "-s", "--multi-release", "25",
                jar.toString());
        Set<String> modules = new TreeSet<>();
        Matcher arrow = Pattern.compile("-> ((?:java|jdk)\\.[a-z.]+)").matcher(out.toString());
        while (arrow.find()) modules.add(arrow.group(1));
        return modules;
    }

    private static JarReport named(Audit audit, String artifact) {
        return audit.jars().stream().filter(jar -> jar.locked().artifact().name().equals(artifact)).findFirst().orElseThrow();
    }

    private void copyCheckout() throws IOException {
        for (String folder : List.of("lib/runtime", "lib/test", "lib/tools", "lib/licences", "conf",
                "build")) Files.createDirectories(copy.resolve(folder));
        for (String folder : List.of("lib/runtime", "lib/test", "lib/tools", "lib/licences")) {
            try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
                for (Path file : files.toList()) bring(folder + "/" + file.getFileName());
            }
        }
        for (String file : List.of("lib/deps.lock", "conf/version", "build/suiload.jar")) bring(file);
    }

    private void bring(String file) throws IOException {
        Files.copy(HOME.resolve(file), copy.resolve(file));
    }
}
