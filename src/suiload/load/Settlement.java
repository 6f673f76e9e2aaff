package suiload.load;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The last reading of every channel, which decides what was lost or doubled. A channel that does not show all acknowledged
 * messages is read again for a while: what a cache shows late is not lost.
 */
final class Settlement {
    private static final int READ_AT_ONCE = 32;
    private static final String EXECUTED = "executed";
    private static final String UNKNOWN = "unknown";
    /** How long to go on looking for messages that are missing, and how long when somebody waits. */
    static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration HURRIED = Duration.ofSeconds(5);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final List<Api> lines;
    private final Map<String, Sent> sent;
    private final String runId;
    private final Measurements measurements;
    private final Progress progress;

    /** Messages of this run in a channel by sender, and how many stand there more than once. */
    private record Contents(Map<String, BitSet> found, int doubled) {}

    /** @param contents empty when the channel could not be read */
    private record Read(Channel channel, Optional<Contents> contents) {}

    /** @param channelsUnread channels whose messages could not be checked */
    record Settled(int channelsUnread) {}

    Settlement(List<Api> lines, Map<String, Sent> sent, String runId, Measurements measurements, Progress progress) {
        this.lines = lines;
        this.sent = sent;
        this.runId = runId;
        this.measurements = measurements;
        this.progress = progress;
    }

    /**
     * @param limit how long to look for what is missing
     * @param hurry whether to be shorter; an interruption after which it says so only makes it so
     */
    Settled run(List<Channel> channels, Duration limit, BooleanSupplier hurry) throws InterruptedException {
        long begin = System.nanoTime();
        List<Channel> open = channels;
        List<Read> last = List.of();
        try (Progress.Bar bar = progress.bar("settle: read every channel", channels.size())) {
            while (true) {
                int settled = channels.size() - open.size();
                try {
                    last = read(open, done -> bar.at(settled + done), () -> hurry.getAsBoolean() && past(begin, HURRIED));
                } catch (RunStopped told) {
                    if (!hurry.getAsBoolean()) throw told;
                    continue;
                }
                boolean hurried = hurry.getAsBoolean();
                boolean timeLeft = !past(begin, hurried ? HURRIED : limit);
                // Each look-up of a transaction may take as long as a request: nobody waits for that.
                boolean ask = !(hurried && past(begin, HURRIED));
                last.stream().filter(read -> !timeLeft || complete(read)).forEach(read -> close(read, ask));
                open = last.stream().filter(read -> timeLeft && !complete(read)).map(Read::channel).toList();
                if (open.isEmpty()) break;
                pause(hurry);
            }
        }
        return new Settled((int) last.stream().filter(read -> read.contents().isEmpty()).count());
    }

    private static boolean past(long begin, Duration time) {
        return System.nanoTime() - begin >= time.toNanos();
    }

    /** A channel that took too long to read counts as one that could not be. */
    private List<Read> read(List<Channel> channels, IntConsumer done, BooleanSupplier enough) {
        List<Read> got = Workers.each(channels, READ_AT_ONCE, this::read, done, enough);
        return IntStream.range(0, channels.size())
                .mapToObj(i -> got.get(i) == null ? new Read(channels.get(i), Optional.empty()) : got.get(i)).toList();
    }

    private static void pause(BooleanSupplier hurry) throws InterruptedException {
        try {
            Thread.sleep(AGAIN_AFTER);
        } catch (InterruptedException told) {
            if (!hurry.getAsBoolean()) throw told;
        }
    }

    private Read read(Channel channel) {
        try {
            return new Read(channel, Optional.of(contents(channel)));
        } catch (Api.Failed failed) {
            return new Read(channel, Optional.empty());
        }
    }

    /** Backwards from the newest message to the last one of before the run. */
    private Contents contents(Channel channel) {
        Api api = lines.get(Math.floorMod(channel.id().hashCode(), lines.size()));
        Map<String, BitSet> found = new HashMap<>();
        int doubled = 0;
        Optional<Long> before = Optional.empty();
        while (before.isEmpty() || before.get() > channel.baseline()) {
            List<Replies.Message> page = api.messages(channel.id(), before);
            for (Replies.Message message : page) {
                if (message.index() >= channel.baseline() && !note(message, found)) doubled++;
            }
            long lowest = page.stream().mapToLong(Replies.Message::index).min().orElse(0);
            if (page.isEmpty() || lowest == 0 || before.isPresent() && lowest >= before.get()) break;
            before = Optional.of(lowest);
        }
        return new Contents(found, doubled);
    }

    /** @return false when this message was met before */
    private boolean note(Replies.Message message, Map<String, BitSet> found) {
        Optional<MessageId> id = MessageId.read(message.text()).filter(read -> read.run().equals(runId));
        if (id.isEmpty()) return true;
        BitSet numbers = found.computeIfAbsent(id.get().user(), user -> new BitSet());
        boolean fresh = !numbers.get(id.get().number());
        numbers.set(id.get().number());
        return fresh;
    }

    private boolean complete(Read read) {
        return read.contents().isPresent() && read.channel().active().stream().allMatch(member -> {
            Sent mine = sent.get(member.user().name());
            BitSet found = found(read, member);
            return mine.missing(found).isEmpty() && mine.undecided(found).isEmpty();
        });
    }

    /** @param ask whether to look up transactions that tell of a message without a verdict */
    private void close(Read last, boolean ask) {
        Map<String, Map<Integer, String>> fates = fates(last, ask);
        boolean executed = fates.values().stream().anyMatch(byNumber -> byNumber.containsValue(EXECUTED));
        // What was carried out after the channel was read stands in it by now.
        Optional<Contents> again = executed ? readAgain(last) : Optional.empty();
        Read read = again.isPresent() ? new Read(last.channel(), again) : last;
        read.contents().ifPresent(contents -> measurements.count(MetricName.MESSAGES_DUPLICATED, contents.doubled()));
        for (Channel.Member member : read.channel().active()) {
            BitSet found = found(read, member);
            Sent mine = sent.get(member.user().name());
            // Nobody looked into a channel that could not be read: what it lacks cannot be said.
            MetricName missing = read.contents().isPresent() ? MetricName.MESSAGES_LOST : MetricName.MESSAGES_UNKNOWN;
            measurements.count(missing, mine.missing(found).cardinality());
            fates.get(member.user().name()).forEach((number, fate) -> {
                if (!found.get(number)) decide(fate, again.isPresent());
            });
            mine.settle(found);
        }
    }

    /** What the transactions tell of the messages without a verdict that the channel does not show, by sender and number. */
    private Map<String, Map<Integer, String>> fates(Read read, boolean ask) {
        Map<String, Map<Integer, String>> fates = new HashMap<>();
        for (Channel.Member member : read.channel().active()) {
            Map<Integer, String> byNumber = new HashMap<>();
            sent.get(member.user().name()).undecided(found(read, member))
                    .forEach((number, digest) -> byNumber.put(number, digest.filter(known -> ask).map(this::status).orElse(UNKNOWN)));
            fates.put(member.user().name(), byNumber);
        }
        return fates;
    }

    private Optional<Contents> readAgain(Read last) {
        if (last.contents().isEmpty()) return Optional.empty();
        try {
            return read(last.channel()).contents();
        } catch (RunStopped told) {
            return Optional.empty();
        }
    }

    /** @param lookedAfter whether the channel was read after the transaction had been looked up */
    private void decide(String fate, boolean lookedAfter) {
        if (fate.equals("failed")) return;
        measurements.count(fate.equals(EXECUTED) && lookedAfter ? MetricName.MESSAGES_LOST : MetricName.MESSAGES_UNKNOWN, 1);
    }

    private String status(String digest) {
        try {
            return lines.getFirst().transactionStatus(digest);
        } catch (Api.Failed | RunStopped undecided) {
            return UNKNOWN;
        }
    }

    private static BitSet found(Read read, Channel.Member member) {
        return read.contents().map(contents -> contents.found().getOrDefault(member.user().name(), new BitSet())).orElseGet(BitSet::new);
    }
}
