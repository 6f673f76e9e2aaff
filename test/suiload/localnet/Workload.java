package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.crypto.SecretKey;
import suiload.localnet.TestNetwork.Channel;
import suiload.localnet.TestNetwork.Ptb;

/** A seeded mixture of everything the application does, failures included. */
final class Workload {
    private static final long SUI = 1_000_000_000L;

    private final TestNetwork network;
    private final Random random;
    private final List<SecretKey> users = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    /** Members of each channel, in the order of its capabilities. */
    private final List<List<SecretKey>> members = new ArrayList<>();

    Workload(TestNetwork network, long seed) {
        this.network = network;
        random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            users.add(TestNetwork.key(i + 1));
            network.fund(users.getLast(), 1000 * SUI);
        }
        for (int i = 0; i < 3; i++) create();
    }

    void run(int transactions) {
        for (int i = 0; i < transactions; i++) step();
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> create();
            case 1 -> pay();
            case 2 -> merge();
            case 3 -> rotate();
            case 4 -> {
                network.nowMs.addAndGet(random.nextInt(500));
                network.ledger.checkpointNow();
            }
            default -> send();
        }
    }

    private void create() {
        SecretKey creator = any(users);
        List<SecretKey> with = new ArrayList<>(List.of(creator));
        for (int i = random.nextInt(4); i > 0; i--) with.add(any(users));
        List<Address> addresses = with.subList(1, with.size()).stream().map(TestNetwork::address).toList();
        channels.add(network.createChannel(creator, addresses, 1 + random.nextInt(200)));
        members.add(with);
    }

    private void send() {
        int channel = random.nextInt(channels.size());
        int member = random.nextInt(members.get(channel).size());
        // Now and then too long: an abort.
        byte[] text = new byte[random.nextInt(540)];
        random.nextBytes(text);
        network.send(members.get(channel).get(member), channels.get(channel), channels.get(channel).caps().get(member), text);
    }

    private void pay() {
        SecretKey from = any(users);
        var ptb = new Ptb();
        ptb.transfer(TestNetwork.address(any(users)), ptb.split(new Argument.GasCoin(), SUI + random.nextInt(1000)));
        network.run(from, ptb);
    }

    private void merge() {
        SecretKey owner = any(users);
        List<LedgerObject> coins = network.coins(TestNetwork.address(owner));
        if (coins.size() < 3) return;
        var ptb = new Ptb();
        ptb.command(new Command.MergeCoins(ptb.owned(coins.get(1).ref()), List.of(ptb.owned(coins.get(2).ref()))));
        network.run(owner, ptb);
    }

    private void rotate() {
        int number = random.nextInt(channels.size());
        Channel channel = channels.get(number);
        var ptb = new Ptb();
        ptb.call("channel", "add_encrypted_key", ptb.input(new CallArg.Shared(channel.id(), channel.initialVersion(),
                CallArg.Mutability.MUTABLE)),
                ptb.owned(network.ref(channel.caps().getFirst())), ptb.pure(new BcsWriter().bytes(new byte[random.nextInt(300)])));
        network.run(members.get(number).getFirst(), ptb);
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
