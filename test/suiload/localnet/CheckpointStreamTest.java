package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.grpcweb.proto.SubscribeCheckpointsRequest;
import suiload.grpcweb.proto.SubscribeCheckpointsResponse;

/** Goal: a subscriber that does not read on is no burden. Method: checkpoints that come while it takes a message. */
@Timeout(60)
class CheckpointStreamTest {
    private static final SubscribeCheckpointsRequest REQUEST = SubscribeCheckpointsRequest.getDefaultInstance();

    private TestNetwork network;
    private CheckpointStream stream;

    @BeforeEach
    void open() throws IOException {
        network = TestNetwork.create();
        stream = new CheckpointStream(network.ledger, new Services(network.ledger).checkpoints());
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    private static long cursor(MessageLite message) {
        return ((SubscribeCheckpointsResponse) message).getCursor();
    }

    @Test
    void whatComesMeanwhileIsToldInOrder() throws Exception {
        List<Long> told = new ArrayList<>();
        stream.run(REQUEST, message -> {
            if (told.isEmpty()) for (int i = 0; i < 3; i++) network.ledger.checkpointNow();
            told.add(cursor(message));
            return told.size() < 4;
        });
        assertEquals(List.of(0L, 1L, 2L, 3L), told);
    }

    /** More checkpoints come than a ledger keeps with their objects: then nothing else may keep the first. */
    @Test
    void whoLagsHoldsNoCheckpointsAndIsLetGo() throws Exception {
        List<WeakReference<Checkpoint>> first = new ArrayList<>();
        stream.run(REQUEST, message -> {
            for (int i = 0; i < 1_100; i++) {
                Checkpoint checkpoint = network.ledger.checkpointNow();
                if (i == 0) first.add(new WeakReference<>(checkpoint));
            }
            for (int i = 0; i < 10 && first.getFirst().get() != null; i++) System.gc();
            assertNull(first.getFirst().get());
            return true;
        });
    }
}
