package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsException;
import suiload.bcs.Bytes;
import suiload.chain.Signatures;
import suiload.chain.TransactionData;
import suiload.crypto.SecretKey;
import suiload.localnet.TestNetwork.Channel;

/**
 * Goal: nothing that anybody sends brings the ledger down. Method: real transactions with seeded mutations; half of them
 * signed anew, so that they reach the execution. SUILOAD_FUZZ sets how many; the state must stay what a replay makes.
 */
class FuzzTest {
    private static final int MUTATIONS = Integer.parseInt(System.getenv().getOrDefault("SUILOAD_FUZZ", "4000"));

    private enum Outcome { RAN, FAILED, REFUSED }

    private TestNetwork network;
    private final SecretKey sender = key(1);
    private final Random random = new Random(20_260);

    @BeforeEach
    void open() throws IOException {
        network = TestNetwork.create();
        network.fund(sender, 5_000_000_000_000L);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Test
    void mutations() {
        Channel channel = network.createChannel(sender, List.of(address(key(2))), 32);
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int i = 0; i < MUTATIONS; i++) {
            outcomes.merge(submit(mutated(original(channel, i).encode().toArray()), i % 2 == 0), 1, Integer::sum);
        }
        assertTrue(outcomes.getOrDefault(Outcome.FAILED, 0) > 0, outcomes.toString());
        assertTrue(outcomes.get(Outcome.REFUSED) > MUTATIONS / 2, outcomes.toString());
        TestNetwork.require(network.send(sender, channel, channel.caps().getFirst(), new byte[3]));
        // Closing would close a checkpoint, too.
        network.ledger.checkpointNow();
        var hash = network.ledger.stateHash();
        network.reopen();
        assertEquals(hash, network.ledger.stateHash());
    }

    private TransactionData original(Channel channel, int i) {
        return switch (i % 3) {
            case 0 -> network.data(sender, TestNetwork.sending(channel, network.ref(channel.caps().getFirst()), new byte[20]));
            case 1 -> network.data(sender, TestNetwork.creation(sender, List.of(address(key(3)), address(key(4))), 20));
            default -> {
                var ptb = new TestNetwork.Ptb();
                ptb.transfer(address(sender), ptb.split(new suiload.chain.Argument.GasCoin(), 100_000_000));
                yield network.data(sender, ptb);
            }
        };
    }

    private Outcome submit(byte[] bytes, boolean signedAnew) {
        List<Bytes> signatures = new ArrayList<>(List.of(Signatures.sign(sender, Signatures.transactionHash(bytes))));
        if (!signedAnew) signatures.set(0, Bytes.of(mutated(signatures.getFirst().toArray())));
        simulate(bytes);
        try {
            return network.ledger.execute(Bytes.of(bytes), signatures).effects().status().success() ? Outcome.RAN : Outcome.FAILED;
        } catch (Rejection expected) {
            return Outcome.REFUSED;
        }
    }

    private void simulate(byte[] bytes) {
        try {
            TransactionData data = TransactionData.decode(bytes);
            network.ledger.simulate(data, random.nextBoolean());
        } catch (BcsException | Rejection expected) {
            assertTrue(expected.getMessage().length() < 5_000);
        }
    }

    /** One to three small changes: bits, small numbers, cut, doubled. */
    private byte[] mutated(byte[] original) {
        byte[] bytes = original.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3, 4, 5 -> bytes[at] = (byte) random.nextInt(12);
                case 6 -> bytes[at] = (byte) 0xff;
                default -> {
                    if (random.nextInt(10) == 0) bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at));
                }
            }
        }
        return bytes;
    }
}
