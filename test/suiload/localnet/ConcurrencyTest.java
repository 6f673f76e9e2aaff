package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsReader;
import suiload.chain.Argument;
import suiload.chain.SignedTransaction;
import suiload.crypto.SecretKey;
import suiload.localnet.TestNetwork.Channel;
import suiload.localnet.TestNetwork.Ptb;

/** Goal: many at once are as good as one after the other. Method: 100 signed transactions let go together. */
class ConcurrencyTest {
    private static final int SENDERS = 100;

    private TestNetwork network;

    @BeforeEach
    void open() throws IOException {
        network = TestNetwork.create();
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    private <T> List<T> together(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) results.add(future.get());
            return results;
        }
    }

    @Test
    void aHundredSendersOnOneChannel() throws Exception {
        List<SecretKey> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) senders.add(key(i + 1));
        for (SecretKey sender : senders) network.fund(sender, 1_000_000_000L);
        SecretKey creator = key(999);
        network.fund(creator, 100_000_000_000L);
        Channel channel = wide(creator, senders);
        List<Callable<ExecutedTransaction>> calls = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            SecretKey sender = senders.get(i);
            var data = network.data(sender, TestNetwork.sending(channel, network.ref(channel.caps().get(i + 1)), new byte[] {(byte) i}));
            SignedTransaction signed = SignedTransaction.sign(data, sender);
            calls.add(() -> network.ledger.execute(signed.transaction(), signed.signatures()));
        }
        Set<Long> indices = new HashSet<>();
        Set<Long> versions = new HashSet<>();
        for (ExecutedTransaction sent : together(calls)) {
            TestNetwork.require(sent);
            var event = new BcsReader(sent.events().getFirst().contents());
            event.fixed(32);
            indices.add(event.u64());
            versions.add(sent.effects().lamportVersion());
        }
        assertEquals(SENDERS, indices.size());
        assertEquals(SENDERS, versions.size(), "one total order");
        assertEquals(SENDERS, ChannelValue.decode(network.ledger.object(channel.id()).orElseThrow().rawContents()).messagesCount);
    }

    private Channel wide(SecretKey creator, List<SecretKey> members) {
        Ptb ptb = TestNetwork.creation(creator, members.stream().map(TestNetwork::address).toList(), 32,
                each -> TestNetwork.config(each, 1000, 512, 10, true));
        return TestNetwork.channelOf(TestNetwork.require(network.run(creator, ptb)), members.size());
    }

    @Test
    void oneTransactionSentAHundredTimesRunsOnce() throws Exception {
        SecretKey sender = key(1);
        network.fund(sender, 1_000_000_000L);
        var ptb = new Ptb();
        ptb.transfer(address(key(2)), ptb.split(new Argument.GasCoin(), 5));
        SignedTransaction signed = SignedTransaction.sign(network.data(sender, ptb), sender);
        List<Callable<ExecutedTransaction>> calls = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) calls.add(() -> network.ledger.execute(signed.transaction(), signed.signatures()));
        Set<Long> versions = new HashSet<>();
        for (ExecutedTransaction sent : together(calls)) versions.add(sent.effects().lamportVersion());
        assertEquals(1, versions.size());
        assertEquals(1, network.coins(address(key(2))).size());
    }

    @Test
    void ofTwoOnOneCoinOneRuns() throws Exception {
        SecretKey sender = key(1);
        network.fund(sender, 1_000_000_000L);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            var ptb = new Ptb();
            ptb.transfer(address(key(2)), ptb.split(new Argument.GasCoin(), 5 + i));
            SignedTransaction signed = SignedTransaction.sign(network.data(sender, ptb), sender);
            calls.add(() -> ran(signed));
        }
        assertEquals(1, together(calls).stream().filter(ran -> ran).count());
    }

    private boolean ran(SignedTransaction signed) {
        try {
            network.ledger.execute(signed.transaction(), signed.signatures());
            return true;
        } catch (Rejection rejection) {
            assertTrue(rejection.getMessage().contains("unavailable for consumption"), rejection.getMessage());
            return false;
        }
    }
}
