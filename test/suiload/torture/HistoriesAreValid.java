package suiload.torture;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import suiload.bcs.BcsReader;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.sui.GrpcNode;
import suiload.sui.Node;
import suiload.sui.NodeConfig;
import suiload.sui.ObjectView;

/** F4: in the storm everybody reads what they wrote, and the money adds up. */
final class HistoriesAreValid implements Promise {
    private static final int USERS = 50;
    private static final Duration LENGTH = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "F4";
    }

    @Override
    public String promised() {
        return "50 users, 60 s, faults on: own messages read back in order, once; gas balances add up";
    }

    /** What one user did. */
    private record History(List<String> acknowledged, int stale, long gas) {}

    @Override
    public Measured run(long seed) throws Exception {
        try (var service = WholeService.start();
                Node node = GrpcNode.open(NodeConfig.of(List.of(service.node())), new Metrics());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Chat chat = Chat.begin(service, USERS);
            List<Long> before = balances(node, chat);
            service.weather("storm", Map.of());
            long end = System.nanoTime() + LENGTH.toNanos();
            List<Future<History>> users = chat.members().stream().map(member -> executor.submit(() -> live(chat, member, end))).toList();
            List<History> histories = new ArrayList<>();
            for (Future<History> user : users) histories.add(user.get());
            service.weather("calm", Map.of());
            return judge(chat, histories, before, balances(node, chat));
        }
    }

    private static Measured judge(Chat chat, List<History> histories, List<Long> before, List<Long> after) throws Exception {
        int wrong = 0;
        int poorer = 0;
        for (int i = 0; i < USERS; i++) {
            History history = histories.get(i);
            if (!chat.texts(chat.members().get(i)).equals(history.acknowledged)) wrong++;
            if (before.get(i) - history.gas != after.get(i)) poorer++;
        }
        int stale = histories.stream().mapToInt(History::stale).sum();
        int sent = histories.stream().mapToInt(history -> history.acknowledged.size()).sum();
        return new Measured.Findings().add(wrong == 0, "%d of %d histories differ, %d messages", wrong, USERS, sent)
                .add(stale == 0, "%d reads missed one's own last message", stale)
                .add(poorer == 0, "%d balances do not add up", poorer).measured();
    }

    private static History live(Chat chat, Chat.Member member, long end) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        long gas = 0;
        int stale = 0;
        while (System.nanoTime() < end) {
            String text = member.user() + " " + acknowledged.size();
            HttpResponse<String> response = chat.send(member, text, status -> { });
            gas += Long.parseLong(response.headers().firstValue("X-Gas-Cost").orElseThrow());
            acknowledged.add(text);
            List<String> seen = chat.texts(member);
            if (seen.isEmpty() || !seen.getLast().equals(text)) stale++;
            Thread.sleep(500);
        }
        return new History(acknowledged, stale, gas);
    }

    private static List<Long> balances(Node node, Chat chat) {
        List<Long> balances = new ArrayList<>();
        for (Chat.Member member : chat.members()) {
            Deadline deadline = Deadline.after(Duration.ofSeconds(20));
            var coins = node.owned(Address.parse(member.user()), StructTag.SUI_COIN, Optional.empty(), 50, deadline);
            balances.add(coins.items().stream().mapToLong(HistoriesAreValid::balance).sum());
        }
        return balances;
    }

    private static long balance(ObjectView coin) {
        var contents = new BcsReader(coin.contents());
        Address.read(contents);
        return contents.u64();
    }
}
