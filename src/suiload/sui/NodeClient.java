package suiload.sui;

import suiload.metrics.Metrics;

/**
 * Opens a client of the node. One that needs more than the program's own jars is compiled apart, where those lie in {@code lib/}, and is
 * found as a {@link java.util.ServiceLoader} finds it: the program names none of its classes.
 */
@FunctionalInterface
public interface NodeClient {
    /** Connects at the first call, not now. */
    Node open(NodeConfig config, Metrics metrics);
}
