package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.report.Verdict;

/** Goal: a run gets the users it needs whatever earlier ones left behind. Method: a stand-in with users of earlier runs. */
@Timeout(60)
class ProvisioningTest {
    private static final String FUND = "POST /users/fund";

    @Test
    void onlySoManyAreFundedAsTheRunNeeds() throws IOException {
        try (StandIn service = StandIn.start().withUnfunded(250).withFunds(3, 25)) {
            assertEquals(20, senders(provision(service)));
            assertEquals(7, service.asked(FUND), "three a call; that there is nothing for the others stops nobody");
            assertEquals(20, senders(provision(service)));
            assertEquals(7, service.asked(FUND), "the second run has all that it needs");
            assertEquals(0, service.asked("POST /users/generate/active"));
        }
    }

    @Test
    void whatCannotBeFundedIsSaid() throws IOException {
        try (StandIn service = StandIn.start().withUnfunded(250).withFunds(3, 7)) {
            CannotRun poor = assertThrows(CannotRun.class, () -> provision(service));
            assertEquals(Verdict.Kind.UNREACHABLE, poor.kind());
            assertTrue(poor.getMessage().startsWith("13 active users could not be funded"), poor.getMessage());
        }
    }

    private static long senders(List<Channel> channels) {
        return channels.stream().flatMap(channel -> channel.active().stream()).map(member -> member.user().address()).distinct().count();
    }

    private static List<Channel> provision(StandIn service) {
        LoadSettings settings = LoadSettings.read(Map.of("PROVISIONING_API_URL", service.url(), "ACTIVE", "20", "PASSIVE", "80"));
        try (Rig rig = new Rig(settings, "run", 1)) {
            return new Provisioning(settings, rig.setupLines(), "run", new Progress(new PrintStream(OutputStream.nullOutputStream()), false,
                    false)).run();
        }
    }
}
