package suiload;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import suiload.store.CannotStart;

/** What is said, before anything starts, when a node client is asked for that was not built in. */
class NodeClientsTest {
    @Test
    void aClientThatIsNotBuiltInIsRefusedInOneLine() {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        // Services are looked for by the thread's loader; this one knows the JDK alone, as if no jar lay in lib/sui4j.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertDoesNotThrow(() -> NodeClients.require("grpc"));
            var refused = assertThrows(CannotStart.class, () -> NodeClients.require("sui4j"));
            assertEquals("NODE_CLIENT=sui4j needs its jars, and lib/sui4j does not hold them: 'make sui4j' fetches them or says which to put "
                    + "there; then build again", refused.getMessage());
        } finally {
            thread.setContextClassLoader(usual);
        }
    }
}
