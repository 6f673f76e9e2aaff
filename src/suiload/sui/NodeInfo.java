package suiload.sui;

import suiload.chain.Digest;

/**
 * Who a node is and how far it is.
 *
 * @param chain {@code mainnet}, {@code testnet} or {@code unknown}
 * @param checkpoint number of the newest executed checkpoint
 * @param server its software and version, as it says
 */
public record NodeInfo(Digest chainId, String chain, long epoch, long checkpoint, String server) {}
