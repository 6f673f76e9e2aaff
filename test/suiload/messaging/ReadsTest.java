package suiload.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.http.HttpError;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.TestDatabase;
import suiload.sui.Cause;
import suiload.sui.NodeException;

/**
 * Goal: readers see what is true, and the node is asked only when nothing vouches for what is known.
 * Method: a stand-in node counts calls; time passes only when the test says so; the database is real.
 */
class ReadsTest {
    private static final Address ALICE = Address.ofShort(0xa11ce);
    private static final Address BOB = Address.ofShort(0xb0b);
    private static final MessagingConfig CONFIG = MessagingConfig.of(StandInNode.CONTRACT);
    private static final Database DATABASE = TestDatabase.open();

    private final StandInNode node = new StandInNode();
    private final TestClock clock = new TestClock();
    private final Metrics metrics = new Metrics();
    private final ReadState state = ReadState.of(CONFIG, clock, metrics);
    private final ChannelRecords records = new ChannelRecords(DATABASE);
    private final ChannelReads channels = new ChannelReads(CONFIG, node, records, state, metrics);
    private final MessageReads messages = new MessageReads(StandInNode.CONTRACT, node, channels, state.messages());

    @BeforeEach
    void forget() {
        for (String table : List.of("channels", "member_caps", "membership_listings", "feed")) DATABASE.update("DELETE FROM " + table);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void withoutFeedAChannelIsReadOncePerInterval() {
        ChannelRef channel = node.create(ALICE, BOB).channel().ref();
        node.send(channel.id(), ALICE, "one");
        assertEquals(List.of("one"), latest(channel, 10));
        int first = node.calls();
        for (int i = 0; i < 50; i++) latest(channel, 10);
        assertEquals(first, node.calls(), "within the interval");

        node.send(channel.id(), BOB, "two");
        assertEquals(List.of("one"), latest(channel, 10), "not seen within the interval");
        clock.pass(CONFIG.cacheInterval());
        assertEquals(List.of("two", "one"), latest(channel, 10));
        assertEquals(first + 2, node.calls(), "one read of the channel, one of the new message");
    }

    @Test
    void whileTheFeedVouchesPollsCostNothing() {
        state.coverage().resume(clock.instant());
        clock.pass(Coverage.LAG);
        ChannelRef channel = node.create(ALICE, BOB).channel().ref();
        assertEquals(List.of(), latest(channel, 10));
        int first = node.calls();
        for (int i = 0; i < 200; i++) {
            state.coverage().upToDate();
            clock.pass(Duration.ofSeconds(1));
            if (i % 10 == 0) state.added(node.send(channel.id(), BOB, "m" + i));
            assertEquals("m" + i / 10 * 10, latest(channel, 3).getFirst());
        }
        assertEquals(first, node.calls());
        assertEquals(20, channels.channel(channel.id()).messagesCount());
        assertEquals(first, node.calls(), "nor does the channel itself");
    }

    @Test
    void aFeedThatFallsSilentIsNotTrusted() {
        state.coverage().resume(clock.instant());
        state.coverage().upToDate();
        clock.pass(Coverage.LAG);
        state.coverage().upToDate();
        ChannelRef channel = node.create(ALICE).channel().ref();
        latest(channel, 1);
        int first = node.calls();
        clock.pass(Coverage.SILENCE);
        node.send(channel.id(), ALICE, "unheard");
        assertEquals(List.of("unheard"), latest(channel, 1));
        assertEquals(first + 2, node.calls());
    }

    /** Nothing was missed since long ago, but memory begins anew, and what was taken in before is not brought again. */
    @Test
    void aReadRightAfterARestartIsRepeated() {
        ChannelRef channel = node.create(ALICE).channel().ref();
        state.coverage().resume(clock.instant().minus(Duration.ofHours(1)));
        state.coverage().upToDate();
        latest(channel, 1);
        node.send(channel.id(), ALICE, "taken in before the restart, and not shown by the node that was read");
        clock.pass(CONFIG.cacheInterval());
        state.coverage().upToDate();
        assertEquals(1, latest(channel, 1).size());
    }

    /** It would fail the read of everybody whose channel it accompanies. */
    @Test
    void whatWasNeverSeenToBeAChannelIsNobodysCompany() {
        KnownChannels known = state.known();
        known.ask(Address.ofShort(0x999));
        assertEquals(List.of(), known.pick(any -> true, 10));
        ChannelRef channel = node.create(ALICE).channel().ref();
        channels.ref(channel.id());
        assertEquals(List.of(channel.id()), known.pick(any -> true, 10));
    }

    @Test
    void aChannelThatExistsAndIsNotShownIsNotTakenForEmpty() {
        ChannelRef channel = node.create(ALICE).channel().ref();
        state.known().update(channel.id(), before -> before.of(channel));
        node.hide(channel.id());
        HttpError behind = assertThrows(HttpError.class, () -> latest(channel, 1));
        assertEquals("node_behind", behind.code());
    }

    /** A read may come from a node that lags: what it shows is certain only for the time before. */
    @Test
    void aReadRightAfterTheFeedBeganIsRepeated() {
        ChannelRef channel = node.create(ALICE).channel().ref();
        state.coverage().resume(clock.instant());
        state.coverage().upToDate();
        latest(channel, 1);
        clock.pass(CONFIG.cacheInterval());
        state.coverage().upToDate();
        int first = node.calls();
        latest(channel, 1);
        assertEquals(first + 1, node.calls(), "once more");
        clock.pass(Coverage.LAG);
        state.coverage().upToDate();
        latest(channel, 1);
        assertEquals(first + 2, node.calls(), "the last read is still too early");
        clock.pass(CONFIG.cacheInterval());
        state.coverage().upToDate();
        latest(channel, 1);
        assertEquals(first + 2, node.calls(), "and now it is certain");
    }

    @Test
    void manyReadersShareOneRead() throws Exception {
        ChannelRef channel = node.create(ALICE).channel().ref();
        node.send(channel.id(), ALICE, "shared");
        channels.ref(channel.id());
        clock.pass(CONFIG.cacheInterval());
        int before = node.calls();
        node.gate = new CountDownLatch(1);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> polls = new ArrayList<>();
            for (int i = 0; i < 50; i++) polls.add(readers.submit(() -> latest(channel, 5)));
            StandInNode.await(() -> node.calls() > before, "a first call");
            node.gate.countDown();
            for (Future<List<String>> poll : polls) assertEquals(List.of("shared"), poll.get());
        }
        assertEquals(before + 2, node.calls(), "one channel read and one message read for 50 polls");
    }

    /** The reader that asks gives up; one of those who wait asks in its place. */
    @Test
    void aReadThatIsAbandonedIsTakenOver() throws Exception {
        ChannelRef channel = node.create(ALICE).channel().ref();
        node.gate = new CountDownLatch(1);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = readers.submit(() -> channels.channel(channel.id()));
            StandInNode.await(() -> node.calls() == 1, "the first call");
            Future<Channel> second = readers.submit(() -> channels.channel(channel.id()));
            first.cancel(true);
            StandInNode.await(() -> node.calls() == 2, "the second call");
            node.gate.countDown();
            assertEquals(channel.id(), second.get().id());
        }
    }

    @Test
    void oneReadBringsAllChannelsThatAreDue() {
        List<ChannelRef> made = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ChannelRef ref = node.create(ALICE).channel().ref();
            state.known().update(ref.id(), before -> before.made(ref, clock.instant()));
            made.add(ref);
        }
        clock.pass(CONFIG.cacheInterval());
        made.forEach(ref -> channels.channel(ref.id()));
        assertEquals(2, node.calls(), "60 channels, 50 in a call");
    }

    @Test
    void latestMessagesComeNewestFirstWhateverTheCacheHolds() {
        long seed = 20_260_101;
        var random = new Random(seed);
        ChannelRef channel = node.create(ALICE).channel().ref();
        List<String> sent = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            String where = "seed " + seed + ", round " + round;
            if (random.nextInt(3) > 0) {
                sent.add("message " + sent.size());
                MessageAdded added = node.send(channel.id(), BOB, sent.getLast());
                if (random.nextBoolean()) state.added(added);
            }
            if (random.nextInt(5) == 0) state.messages().clear();
            clock.pass(CONFIG.cacheInterval());
            int limit = 1 + random.nextInt(50);
            long before = random.nextInt(sent.size() + 3);
            int end = random.nextBoolean() ? (int) Math.min(before, sent.size()) : sent.size();
            OptionalLong bound = end == sent.size() ? OptionalLong.empty() : OptionalLong.of(before);
            List<String> expected = new ArrayList<>(sent.subList(Math.max(0, end - limit), end)).reversed();
            assertEquals(expected, texts(channel, limit, bound), where);
        }
    }

    @Test
    void pagingBackMeetsEveryMessageOnce() {
        ChannelRef channel = node.create(ALICE).channel().ref();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 123; i++) {
            sent.add("m" + i);
            node.send(channel.id(), BOB, sent.getLast());
        }
        List<String> seen = new ArrayList<>();
        OptionalLong before = OptionalLong.empty();
        do {
            var page = messages.messages(channel, messages.latest(channel, 10, before));
            page.values().forEach(message -> seen.add(text(message)));
            before = page.isEmpty() ? OptionalLong.of(0) : OptionalLong.of(page.lastKey());
        } while (before.getAsLong() > 0);
        assertEquals(sent.reversed(), seen);
        assertEquals(List.of(), texts(channel, 10, OptionalLong.of(0)));
    }

    /** Cost must not grow with the channel: facts say a dynamic-field page would. */
    @Test
    void aPollOfALongChannelCostsAsMuchAsOneOfAShortChannel() {
        ChannelRef small = node.create(ALICE).channel().ref();
        ChannelRef large = node.create(ALICE).channel().ref();
        for (int i = 0; i < 10; i++) node.send(small.id(), ALICE, "m");
        for (int i = 0; i < 5_000; i++) node.send(large.id(), ALICE, "m");
        latest(small, 10);
        int forSmall = node.calls();
        latest(large, 10);
        assertEquals(2 * forSmall, node.calls());
    }

    @Test
    void aMessageThatTheNodeDoesNotShowYetIsWaitedFor() throws Exception {
        ChannelRef channel = node.create(ALICE).channel().ref();
        node.send(channel.id(), ALICE, "here");
        node.send(channel.id(), ALICE, "late");
        node.hide(Address.tableEntry(channel.messagesTable(), 1));
        try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<String>> poll = reader.submit(() -> latest(channel, 10));
            StandInNode.await(() -> node.calls() >= 3, "a second read of the message");
            node.showAll();
            assertEquals(List.of("late", "here"), poll.get());
        }
    }

    @Test
    void aChannelMadeHereIsKnownToExistEvenIfTheNodeLags() throws Exception {
        ChannelRef ref = node.create(ALICE).channel().ref();
        node.hide(ref.id());
        state.known().update(ref.id(), before -> before.made(ref, clock.instant()));
        assertEquals(List.of(), latest(ref, 10));
        assertEquals(0, node.calls(), "count is known");
        try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Channel> read = reader.submit(() -> channels.channel(ref.id()));
            StandInNode.await(() -> node.calls() >= 2, "a second read of the channel");
            node.showAll();
            assertEquals(1_000, read.get().createdAtMs());
        }
    }

    @Test
    void withoutTheNodePollsAreAnsweredFromWhatWasReadAMomentAgo() {
        ChannelRef channel = node.create(ALICE).channel().ref();
        node.send(channel.id(), ALICE, "known");
        latest(channel, 10);
        node.failure = () -> new NodeException.RateLimited("enough", Duration.ofSeconds(1));
        clock.pass(MessagingConfig.STALE_MAX.minusSeconds(1));
        assertEquals(List.of("known"), latest(channel, 10));
        clock.pass(Duration.ofSeconds(2));
        assertThrows(NodeException.RateLimited.class, () -> latest(channel, 10));
    }

    @Test
    void whatIsNotAChannelIsNotFound() {
        StandInNode.Made made = node.create(ALICE);
        HttpError unknown = assertThrows(HttpError.class, () -> channels.channel(Address.ofShort(99)));
        assertEquals(404, unknown.status());
        Address cap = made.channel().members().getFirst().cap().id();
        assertEquals(404, assertThrows(HttpError.class, () -> channels.ref(cap)).status(), "an object of another type");
        Address table = made.channel().ref().messagesTable();
        assertEquals(404, assertThrows(HttpError.class, () -> channels.refOfTable(table)).status(), "a table never seen");
        channels.channel(made.id());
        assertEquals(made.id(), channels.refOfTable(table).id());
    }

    @Test
    void aChannelOnceSeenIsFoundByItsTableAfterARestart() {
        StandInNode.Made made = node.create(ALICE);
        channels.channel(made.id());
        int before = node.calls();
        var restarted = new ChannelReads(CONFIG, node, records, ReadState.of(CONFIG, clock, metrics), metrics);
        assertEquals(made.channel().ref(), restarted.refOfTable(made.channel().ref().messagesTable()));
        assertEquals(made.channel().ref(), restarted.ref(made.id()));
        assertEquals(before, node.calls());
    }

    @Test
    void theMessageCacheStaysWithinItsBytes() {
        var cache = new MessageCache(20_000, metrics);
        var message = new Message(ALICE, suiload.bcs.Bytes.of(new byte[500]), suiload.bcs.Bytes.of(new byte[12]), 1, List.of(), 0);
        for (int i = 0; i < 1_000; i++) {
            cache.put(BOB, i, message);
            assertTrue(cache.bytes() <= 20_000);
        }
        assertEquals(20_000 / message.weight(), cache.size());
        assertTrue(cache.range(new MessageCache.Stretch(BOB, 999, 1_000)).containsKey(999L), "the newest stays");
        cache.put(BOB, 999, message);
        assertEquals((long) cache.size() * message.weight(), cache.bytes(), "the same message twice counts once");
    }

    @Test
    void pagesTakeAQuarterOfTheCachesBytes() {
        var cache = new MessageCache(20_000, metrics);
        for (int i = 0; i < 100; i++) {
            cache.putPage(new MessageCache.Stretch(Address.ofShort(i), 0, 10), new byte[850]);
            assertTrue(cache.bytes() <= 5_000);
        }
        assertTrue(cache.page(new MessageCache.Stretch(Address.ofShort(99), 0, 10)).isPresent(), "the newest stays");
        assertTrue(cache.page(new MessageCache.Stretch(Address.ofShort(94), 0, 10)).isEmpty());
        assertEquals(5_000, cache.bytes());
        cache.putPage(new MessageCache.Stretch(Address.ofShort(99), 1, 11), new byte[850]);
        assertTrue(cache.page(new MessageCache.Stretch(Address.ofShort(99), 0, 10)).isEmpty(), "a channel keeps one");
        assertEquals(5_000, cache.bytes());
    }

    @Test
    void whatManyPollIsWrittenOnceUntilTheNextMessage() {
        ChannelRef channel = node.create(ALICE).channel().ref();
        List<String> written = new ArrayList<>();
        for (String message : List.of("m0", "m1", "m2")) {
            node.send(channel.id(), ALICE, message);
            clock.pass(CONFIG.cacheInterval());
            for (int poll = 0; poll < 8; poll++) written.add(page(channel, 2, written));
        }
        assertEquals(List.of("[m0] written 0", "[m1, m0] written 8", "[m2, m1] written 16"), written.stream().distinct().toList());
    }

    private String page(ChannelRef channel, int limit, List<String> before) {
        return new String(messages.page(channel, messages.latest(channel, limit, OptionalLong.empty()), found ->
                (found.values().stream().map(ReadsTest::text).toList() + " written " + before.size()).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void membersThatChangeAreReadAgain() {
        state.coverage().resume(clock.instant());
        clock.pass(Coverage.LAG);
        StandInNode.Made made = node.create(ALICE);
        state.coverage().upToDate();
        assertEquals(1, channels.channel(made.id()).members().size());
        node.addMember(made.id(), BOB);
        clock.pass(Duration.ofMillis(1));
        state.known().changed(made.id(), clock.instant());
        assertEquals(2, channels.channels(List.of(made.id()), Cause.MEMBERSHIP).get(made.id()).members().size());
    }

    private List<String> latest(ChannelRef channel, int limit) {
        return texts(channel, limit, OptionalLong.empty());
    }

    private List<String> texts(ChannelRef channel, int limit, OptionalLong before) {
        return messages.messages(channel, messages.latest(channel, limit, before)).values().stream().map(ReadsTest::text).toList();
    }

    private static String text(Message message) {
        return new String(message.ciphertext().toArray(), StandardCharsets.UTF_8);
    }
}
