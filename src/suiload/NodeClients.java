package suiload;

import java.util.ServiceLoader;
import suiload.metrics.Metrics;
import suiload.store.CannotStart;
import suiload.sui.GrpcNode;
import suiload.sui.Node;
import suiload.sui.NodeClient;
import suiload.sui.NodeConfig;

/**
 * The node client that {@code NODE_CLIENT} names. The one of sui4j is compiled only where its jars lie in {@code lib/sui4j}, so nothing
 * here can name it: {@link ServiceLoader} finds it on the class path, or does not.
 */
final class NodeClients {
    private static final String GRPC = "grpc";

    private NodeClients() {}

    /** @throws CannotStart when it is not built in: better before anything else has started */
    static void require(String name) {
        if (!name.equals(GRPC)) optional(name);
    }

    static Node open(String name, NodeConfig config, Metrics metrics) {
        NodeClient client = name.equals(GRPC) ? GrpcNode::open : optional(name);
        try {
            return client.open(config, metrics);
        } catch (LinkageError jarsWereTakenAway) {
            throw missing(name, jarsWereTakenAway);
        }
    }

    private static NodeClient optional(String name) {
        return ServiceLoader.load(NodeClient.class).findFirst().orElseThrow(() -> missing(name, null));
    }

    private static CannotStart missing(String name, Throwable cause) {
        return new CannotStart("NODE_CLIENT=" + name + " needs its jars, and lib/" + name + " does not hold them: 'make " + name
                + "' fetches them or says which to put there; then build again", cause);
    }
}
