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

    /** Membership figures are those of users, of whom each asks once; provisioning asks for all of them. */
    @Test
    void whatProvisioningReadsIsNoUsersLatency() throws IOException {
        try (StandIn service = StandIn.start(); Rig rig = new Rig(settings(service), "run", 1)) {
            provision(rig);
            assertTrue(rig.measurements().count(MetricName.HTTP_REQS) > 100, "each user's memberships were read");
            assertEquals(0, rig.measurements().latencies(MetricName.MEMBERSHIPS_LATENCY).total().count());
            assertEquals(0, rig.measurements().share(MetricName.MEMBERSHIPS_ERRORS).fails().sum());
        }
    }

    private static List<Channel> provision(StandIn service) {
        try (Rig rig = new Rig(settings(service), "run", 1)) {
            return provision(rig);
        }
    }

    private static List<Channel> provision(Rig rig) {
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, false);
        return new Provisioning(rig.settings(), rig.setupLines(), "run", silent).run();
    }

    private static LoadSettings settings(StandIn service) {
        return LoadSettings.read(Map.of("PROVISIONING_API_URL", service.url(), "ACTIVE", "20", "PASSIVE", "80"));
    }
}
