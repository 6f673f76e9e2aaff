package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goal: a message whose fate is open is kept account of, with its digest where the service told it; what is sent depends on the seed. */
@Timeout(60)
class SenderTest {
    private static final String MESSAGE = "POST /contract/channel/message";

    private final Measurements measurements = new Measurements();
    private final Sent sent = new Sent(measurements);

    @Test
    void theDigestOfADeadlineIsKeptThoughLaterAttemptsTellNone() throws IOException {
        send(1, (route, number) -> !route.equals(MESSAGE) ? StandIn.Trouble.NONE
                : number == 1 ? StandIn.Trouble.DEADLINE : StandIn.Trouble.BUSY);
        assertEquals(Map.of(0, Optional.of("d2")), sent.undecided(new BitSet()), "the channel was transaction 1");
        assertEquals(0, measurements.count(MetricName.MESSAGES_SENT));
    }

    /** The first attempt may have been carried out, although the last one met nobody. */
    @Test
    void aMessageThatMayHaveArrivedIsOpenThoughNobodyIsThereAnyMore() throws IOException {
        StandIn[] service = new StandIn[1];
        send(1, (route, number) -> {
            if (!route.equals(MESSAGE)) return StandIn.Trouble.NONE;
            service[0].close();
            return StandIn.Trouble.DROP;
        }, service);
        assertEquals(Map.of(0, Optional.empty()), sent.undecided(new BitSet()));
    }

    @Test
    void whatIsSentDependsOnTheSeedAndNotOnRetries() throws IOException {
        List<String> plain = send(3, (route, number) -> StandIn.Trouble.NONE);
        List<String> retried = send(3, (route, number) -> route.equals(MESSAGE) && number == 1 ? StandIn.Trouble.BUSY
                : StandIn.Trouble.NONE);
        assertEquals(3, plain.size());
        assertEquals(plain, retried);
        assertTrue(measurements.count(MetricName.HTTP_REQ_RETRIES) > 0);
    }

    private List<String> send(int messages, StandIn.Troubles troubles) throws IOException {
        return send(messages, troubles, new StandIn[1]);
    }

    /**
     * @param holder gets the service
     * @return the texts that stand in the channel at the end; none when the service is gone
     */
    private List<String> send(int messages, StandIn.Troubles troubles, StandIn[] holder) throws IOException {
        try (StandIn service = StandIn.start().withTroubles(troubles); Connections connections = Connections.shared();
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            holder[0] = service;
            LoadSettings settings = LoadSettings.read(Map.of("PROVISIONING_API_URL", service.url(), "RETRY_BASE_DELAY", "1ms"));
            Wire wire = new Wire(settings, measurements, new Sockets(service.port()), timer);
            Caller caller = new Caller(wire, RetryPolicy.of(settings.patience()), new RetryBudget(System::nanoTime), measurements,
                    new ErrorTable(InstantSource.system()));
            Caller.Line line = new Caller.Line(connections.forUser(), new SplittableRandom(1));
            Api api = new Api(caller, line, "run");
            User user = new User("a0", true, "0xa");
            Api.Created created = api.createChannel("channel", user.address(), List.of());
            Channel channel = new Channel(created.channelId(), created.tableId(), List.of(new Channel.Member(user, "0xcap")), 0);
            Sender sender = new Sender(new Sender.Post(user, caller, line, sent, "run"), channel, "0xcap", settings.pace());
            for (int i = 0; i < messages; i++) sender.iterate(System.nanoTime());
            if (sent.undecided(new BitSet()).isEmpty()) return api.messages(channel.id(), Optional.empty()).stream()
                    .map(Replies.Message::text).toList();
            return List.of();
        }
    }
}
