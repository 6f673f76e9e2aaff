package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.load.StandIn.Trouble;

/** Goal: a message without a verdict is lost only when somebody looked for it after it had been carried out. */
@Timeout(60)
class SettlementTest {
    private static final String MESSAGE = "POST /contract/channel/message";
    private static final String READ = "GET /contract/channel/*/messages";

    @Test
    void whatIsCarriedOutAfterTheLastReadingIsFoundByOneMore() throws Exception {
        try (StandIn service = StandIn.start()) {
            assertEquals(List.of(1L, 0L, 0L), settled(service, Trouble.NONE));
            assertEquals(2, service.asked(READ));
        }
    }

    @Test
    void whatIsCarriedOutAndStandsNowhereIsLost() throws Exception {
        try (StandIn service = StandIn.start().losing()) {
            assertEquals(List.of(0L, 1L, 0L), settled(service, Trouble.NONE));
        }
    }

    @Test
    void whereNobodyCanLookAgainItIsUnknown() throws Exception {
        try (StandIn service = StandIn.start()) {
            assertEquals(List.of(0L, 0L, 1L), settled(service, Trouble.BUSY));
        }
    }

    /**
     * Sends a message that is carried out only when its transaction is asked for, and reads the channel.
     *
     * @param second what becomes of the second reading
     * @return how many are sent, lost and unknown
     */
    private static List<Long> settled(StandIn service, Trouble second) throws IOException, InterruptedException {
        service.withTroubles((route, number) -> route.equals(MESSAGE) ? Trouble.LATE
                : route.equals(READ) && number > 1 ? second : Trouble.NONE);
        LoadSettings settings = LoadSettings.read(Map.of("PROVISIONING_API_URL", service.url(), "RETRY_MAX_ATTEMPTS", "1"));
        try (Rig rig = new Rig(settings, "run", 1)) {
            User user = new User("a0", true, "0xa");
            Api.Created created = rig.setupLines().getFirst().createChannel("channel", user.address(), List.of());
            Channel channel = new Channel(created.channelId(), created.tableId(), List.of(new Channel.Member(user, "0xcap")), 0);
            Sent sent = new Sent(rig.measurements());
            new Sender(new Sender.Post(user, rig.caller(), rig.userLine("a0"), sent, "run"), channel, "0xcap", settings.pace())
                    .iterate(System.nanoTime());
            Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, false);
            new Settlement(rig.setupLines(), Map.of("a0", sent), "run", rig.measurements(), silent)
                    .run(List.of(channel), Duration.ZERO, () -> false);
            return List.of(rig.measurements().count(MetricName.MESSAGES_SENT), rig.measurements().count(MetricName.MESSAGES_LOST),
                    rig.measurements().count(MetricName.MESSAGES_UNKNOWN));
        }
    }
}
