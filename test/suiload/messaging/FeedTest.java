package suiload.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.TestDatabase;
import suiload.sui.NodeException;

/**
 * Goal: the feed misses nothing, whatever happens to its stream or to the service, and says so when it might have.
 * Method: a stand-in chain publishes checkpoints and breaks its streams; a second feed on the same database stands for a restart.
 */
class FeedTest {
    private static final Address ALICE = Address.ofShort(0xa11ce);
    private static final Address BOB = Address.ofShort(0xb0b);
    private static final Address CAROL = Address.ofShort(0xca401);
    private static final MessagingConfig CONFIG = MessagingConfig.of(StandInNode.CONTRACT);
    private static final Database DATABASE = TestDatabase.open();

    private final StandInNode node = new StandInNode();
    private final TestClock clock = new TestClock();
    private final ChannelRecords records = new ChannelRecords(DATABASE);
    private final Map<Address, Instant> born = new HashMap<>();
    private Metrics metrics;
    private ReadState state;
    private ChannelReads channels;
    private MessageReads messages;
    private Memberships memberships;
    private Feed feed;

    @BeforeEach
    void begin() throws InterruptedException {
        for (String table : List.of("channels", "member_caps", "membership_listings", "feed")) DATABASE.update("DELETE FROM " + table);
        service();
        feed.start();
        following();
        clock.pass(Coverage.LAG);
        heard();
    }

    @AfterEach
    void end() {
        feed.close();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void messagesArriveWithoutACall() throws InterruptedException {
        ChannelRef channel = node.create(ALICE, BOB).channel().ref();
        heard();
        latest(channel, 10);
        int calls = node.calls();
        for (int i = 0; i < 30; i++) node.send(channel.id(), BOB, "m" + i);
        heard();
        assertEquals(LongStream.rangeClosed(20, 29).boxed().toList().reversed(), latest(channel, 10));
        assertEquals(calls, node.calls());
    }

    @Test
    void aMessageWithoutAnEventMakesTheNextPollAsk() throws InterruptedException {
        ChannelRef channel = node.create(ALICE, BOB).channel().ref();
        node.send(channel.id(), BOB, "told");
        heard();
        assertEquals(List.of(0L), latest(channel, 10));
        node.sendSilently(channel.id(), BOB, "not told");
        heard();
        clock.pass(CONFIG.cacheInterval());
        assertEquals(List.of(1L, 0L), latest(channel, 10));
    }

    @Test
    void aChannelOfAnotherPackageIsNoneOfOurs() throws InterruptedException {
        Address theirs = node.createElsewhere(ALICE);
        Address ours = node.create(ALICE).channel().ref().id();
        heard();
        assertEquals(Optional.empty(), records.channel(theirs));
        assertTrue(records.channel(ours).isPresent());
        assertEquals(List.of(ours), memberships.of(ALICE, Optional.empty(), 10).stream().map(MemberCap::channel).toList());
    }

    @Test
    void aBrokenStreamIsBegunAgainAndTheGapIsRead() throws InterruptedException {
        ChannelRef channel = node.create(ALICE, BOB).channel().ref();
        heard();
        latest(channel, 10);
        int calls = node.calls();
        for (int round = 0; round < 5; round++) {
            node.breakStreams();
            for (int i = 0; i < 7; i++) node.send(channel.id(), ALICE, "in the gap");
            heard();
        }
        assertEquals(34, latest(channel, 10).getFirst());
        assertEquals(calls, node.calls(), "no read but those of checkpoints");
        assertTrue(node.checkpointCalls.get() > 0 && node.checkpointCalls.get() <= 35, "checkpoints read: " + node.checkpointCalls);
    }

    @Test
    void aGapTooLongIsGivenUpAndEverythingIsReadAnew() throws InterruptedException {
        ChannelRef channel = node.create(ALICE, BOB).channel().ref();
        heard();
        latest(channel, 10);
        Instant before = state.coverage().since();
        keepAway();
        node.send(channel.id(), ALICE, "lost to the feed");
        node.idle(MessagingConfig.GAP_MAX + 1);
        node.failure = null;
        heard();
        assertTrue(state.coverage().since().isAfter(before));
        clock.pass(CONFIG.cacheInterval());
        assertEquals(List.of(0L), latest(channel, 10));
        assertEquals(1, metrics.counter("suiload_feed_gaps_given_up_total", "").value());
    }

    @Test
    void aCheckpointThatIsPrunedCountsAsAGapTooLong() throws InterruptedException {
        Instant before = state.coverage().since();
        keepAway();
        node.idle(5);
        node.pruned = node.newest() - 1;
        node.failure = null;
        heard();
        assertTrue(state.coverage().since().isAfter(before));
    }

    @Test
    void aGapIsNotClosedAtTheCostOfTheRateLimit() throws InterruptedException {
        Instant before = state.coverage().since();
        node.checkpointsLimited = true;
        keepAway();
        node.idle(20);
        node.failure = null;
        heard();
        assertTrue(state.coverage().since().isAfter(before));
        assertTrue(node.checkpointCalls.get() <= 8, "calls: " + node.checkpointCalls);
    }

    @Test
    void aRestartGoesOnWhereItStood() throws InterruptedException {
        ChannelRef channel = node.create(ALICE, BOB).channel().ref();
        heard();
        Instant since = state.coverage().since();
        feed.close();
        node.create(CAROL, ALICE);
        node.send(channel.id(), BOB, "while we were away");
        born.put(ALICE, since.plusMillis(1));
        service();
        feed.start();
        heard();
        assertEquals(since, state.coverage().since());
        assertEquals(2, memberships.of(ALICE, Optional.empty(), 10).size());
        assertEquals(0, node.calls(), "neither memberships nor the feed read an object");
        assertEquals(channel, channels.refOfTable(channel.messagesTable()));
    }

    @Test
    void addressesBornUnderTheFeedNeverCostARead() throws InterruptedException {
        born.put(ALICE, clock.instant());
        born.put(BOB, clock.instant());
        node.create(ALICE, BOB);
        node.create(CAROL, BOB);
        heard();
        assertEquals(1, memberships.of(ALICE, Optional.empty(), 10).size());
        assertEquals(2, memberships.of(BOB, Optional.empty(), 10).size());
        assertEquals(0, node.calls());
    }

    @Test
    void aStrangersMembershipsAreReadOnceAndThenFollowed() throws InterruptedException {
        StandInNode.Made first = node.create(CAROL);
        heard();
        for (int i = 0; i < 20; i++) assertEquals(1, memberships.of(CAROL, Optional.empty(), 10).size());
        assertEquals(1, node.ownedCalls.get());
        node.create(BOB, CAROL);
        node.addMember(first.id(), CAROL);
        heard();
        assertEquals(3, memberships.of(CAROL, Optional.empty(), 10).size());
        assertEquals(1, node.ownedCalls.get());
    }

    /** Our own users' caps are in the records; a stranger's may not be. */
    @Test
    void withoutFeedAndNodeOurUsersMembershipsAreStillAnswered() throws InterruptedException {
        born.put(BOB, clock.instant());
        node.create(ALICE, BOB);
        heard();
        keepAway();
        clock.pass(Coverage.SILENCE);
        assertEquals(1, memberships.of(BOB, Optional.empty(), 10).size());
        assertThrows(NodeException.Unavailable.class, () -> memberships.of(ALICE, Optional.empty(), 10));
        node.failure = null;
    }

    @Test
    void membershipsArePagedByCap() throws InterruptedException {
        born.put(BOB, clock.instant());
        for (int i = 0; i < 7; i++) node.create(ALICE, BOB);
        heard();
        List<MemberCap> all = memberships.of(BOB, Optional.empty(), 50);
        assertEquals(7, all.size());
        assertEquals(all.stream().map(MemberCap::id).sorted().toList(), all.stream().map(MemberCap::id).toList());
        assertEquals(all.subList(0, 3), memberships.of(BOB, Optional.empty(), 3));
        assertEquals(all.subList(3, 7), memberships.of(BOB, Optional.of(all.get(2).id()), 50));
    }

    @Test
    void whoIsRemovedShowsInTheChannelsMembers() throws InterruptedException {
        StandInNode.Made made = node.create(ALICE, BOB);
        heard();
        assertEquals(2, channels.channel(made.id()).members().size());
        clock.pass(Duration.ofMillis(1));
        node.removeMember(made.id(), made.channel().members().get(1).cap().id());
        heard();
        assertEquals(List.of(made.channel().members().getFirst().cap().id()), channels.channel(made.id()).members());
    }

    @Test
    void whileTheFeedIsAwayReadsAreMadePerInterval() throws InterruptedException {
        ChannelRef channel = node.create(ALICE).channel().ref();
        heard();
        latest(channel, 10);
        keepAway();
        clock.pass(Coverage.SILENCE.plus(CONFIG.cacheInterval()));
        assertFalse(state.coverage().fresh());
        node.send(channel.id(), ALICE, "unheard");
        node.failure = null;
        assertEquals(List.of(0L), latest(channel, 10));
        StandInNode.await(() -> state.coverage().fresh(), "the feed has come back");
    }

    /** Goal: any interleaving of sends, breaks and restarts leaves readers with the whole history. */
    @Test
    void nothingIsMissedOrDoubledOverBreaksAndRestarts() throws InterruptedException {
        long seed = 7;
        var random = new Random(seed);
        ChannelRef channel = node.create(ALICE, BOB).channel().ref();
        heard();
        latest(channel, 10);
        long sent = 0;
        for (int round = 0; round < 60; round++) {
            switch (random.nextInt(5)) {
                case 0 -> node.breakStreams();
                case 1 -> {
                    feed.close();
                    service();
                    feed.start();
                }
                default -> {
                    for (int i = random.nextInt(4); i >= 0; i--) node.send(channel.id(), BOB, "m" + sent++);
                }
            }
            heard();
            clock.pass(CONFIG.cacheInterval());
            List<Long> expected = LongStream.range(Math.max(0, sent - 50), sent).boxed().toList().reversed();
            assertEquals(expected, latest(channel, 50), "seed " + seed + ", round " + round);
        }
    }

    private void service() {
        metrics = new Metrics();
        state = ReadState.of(CONFIG, clock, metrics);
        channels = new ChannelReads(CONFIG, node, records, state, metrics);
        messages = new MessageReads(StandInNode.CONTRACT, node, channels, state.messages());
        memberships = new Memberships(CONFIG, node, records, address -> Optional.ofNullable(born.get(address)), state, metrics);
        feed = new Feed(CONFIG.contract(), node, node, records, state, new Random(1), metrics);
    }

    /** Ends the feed's stream, and lets it not begin another until the failure is over. */
    private void keepAway() {
        node.failure = () -> new NodeException.Unavailable("away", null);
        node.breakStreams();
    }

    private void following() throws InterruptedException {
        StandInNode.await(() -> state.coverage().fresh(), "the feed follows");
    }

    /** Publishes one more checkpoint and waits until the feed has taken it in and waits for the next. */
    private void heard() throws InterruptedException {
        node.idle(1);
        long newest = node.newest();
        String position = "suiload_feed_position " + newest + "\n";
        StandInNode.await(() -> metrics.prometheus().contains(position), "checkpoint " + newest + " is taken in");
        StandInNode.await(node::readersWait, "the feed waits for the next");
        StandInNode.await(() -> state.coverage().fresh(), "the feed is up to date");
    }

    private List<Long> latest(ChannelRef channel, int limit) {
        return List.copyOf(messages.messages(channel, messages.latest(channel, limit, OptionalLong.empty())).keySet());
    }
}
