package suiload.sui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The optional client is found where it was built in. Its own tests are compiled with it; where they are not, this says so. */
class Sui4jBuiltInTest {
    private static final Path BUILD = Path.of(System.getProperty("suiload.home", "."), "build");

    @Test
    void theProgramFindsTheClientThatWasBuilt() {
        assumeTrue(Files.exists(BUILD.resolve("suiload-sui4j.jar")), "skipped: sui4j not in lib/sui4j");
        List<String> found = ServiceLoader.load(NodeClient.class).stream().map(client -> client.type().getName()).toList();
        assertEquals(List.of("suiload.sui.Sui4jClient"), found);
    }
}
