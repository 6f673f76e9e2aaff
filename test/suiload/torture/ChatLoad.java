package suiload.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import suiload.http.RawConnection;
import suiload.json.Json;

/** Messages of all members in turn, over raw kept-alive connections; no message is tried twice. */
final class ChatLoad {
    private static final int CLIENTS = 16;

    private final Chat chat;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();

    ChatLoad(Chat chat) {
        this.chat = chat;
    }

    /** Warms the service up. @return C, the most it sends in a second */
    double capacity(int port) throws IOException {
        try (var traffic = new Traffic(port)) {
            traffic.closed(this::send, CLIENTS, Duration.ofSeconds(10));
            return traffic.closed(this::send, CLIENTS, Duration.ofSeconds(5)).perSecond();
        }
    }

    Traffic.Tally open(int port, double perSecond, Duration length) throws IOException, InterruptedException {
        try (var traffic = new Traffic(port)) {
            return traffic.open(this::send, perSecond, length);
        }
    }

    /** Answers of 200 so far. */
    long acknowledged() {
        return acknowledged.get();
    }

    private RawConnection.Answer send(RawConnection connection) throws IOException {
        int mine = number.getAndIncrement();
        Chat.Member member = chat.members().get(mine % chat.members().size());
        RawConnection.Answer answer = connection.post(Chat.SEND, Json.text(member.message("message " + mine))).answer();
        if (answer.status() == 200) acknowledged.incrementAndGet();
        return answer;
    }
}
