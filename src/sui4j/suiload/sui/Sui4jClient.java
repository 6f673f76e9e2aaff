package suiload.sui;

import suiload.metrics.Metrics;

/** What a {@link java.util.ServiceLoader} finds where sui4j is built in. */
public final class Sui4jClient implements NodeClient {
    @Override
    public Node open(NodeConfig config, Metrics metrics) {
        return Sui4jNode.open(config, metrics);
    }
}
