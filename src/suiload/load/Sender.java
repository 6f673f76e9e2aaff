package suiload.load;

import java.util.Optional;
import suiload.json.Json;
import suiload.json.JsonException;

/** An active user: asks once which channels it is in, then sends a message an iteration. */
final class Sender implements Behaviour {
    private static final int WORDS_MAX = 24;
    private static final String[] WORDS = {"amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty",
        "knoll", "lagoon", "meadow", "north", "orchard", "prairie", "quarry", "ridge", "summit", "tundra", "upland", "valley"};

    private final Post post;
    private final Channel channel;
    private final LoadSettings.Pace pace;
    private String capId;
    private boolean knowsMemberships;
    private int next;

    /** What a user needs to send: who it is, how it calls, and where it keeps account. */
    record Post(User user, Caller caller, Caller.Line line, Sent sent, String runId) {}

    Sender(Post post, Channel channel, String capId, LoadSettings.Pace pace) {
        this.post = post;
        this.channel = channel;
        this.capId = capId;
        this.pace = pace;
    }

    @Override
    public void iterate(long plannedNanos) {
        long planned = plannedNanos;
        if (!knowsMemberships) {
            fetchMemberships(planned);
            planned = System.nanoTime();
        }
        if (!Thread.currentThread().isInterrupted()) send(planned);
    }

    /** Uniform between the two think times. */
    @Override
    public long pauseNanos() {
        long min = pace.thinkMin().toNanos();
        return min + post.line().random().nextLong(pace.thinkMax().toNanos() - min + 1);
    }

    private void fetchMemberships(long plannedNanos) {
        Call call = Call.get(Operation.MEMBERSHIPS, "/contract/channel/memberships/" + post.user().address() + "?limit=" + Api.PAGE);
        if (!(post.caller().call(post.line(), call, plannedNanos) instanceof Outcome.Answer answer) || !answer.ok()) return;
        knowsMemberships = true;
        try {
            Replies.memberships(Json.parse(answer.body())).stream().filter(item -> item.channelId().equals(channel.id()))
                    .findFirst().ifPresent(item -> capId = item.capId());
        } catch (JsonException unreadable) {
            post.caller().unreadable(call, unreadable);
        }
    }

    private void send(long plannedNanos) {
        int number = next++;
        String text = new MessageId(post.runId(), post.user().name(), number).text() + " " + words();
        byte[] body = Json.bytes(Json.object("sui_address", post.user().address(), "channel_id", channel.id(), "member_cap_id", capId,
                "message", text));
        String key = post.runId() + "-" + post.user().name() + "-" + number;
        Call call = Call.post(Operation.SEND_MESSAGE, "/contract/channel/message", body, key);
        Attempts attempts = new Attempts();
        switch (post.caller().call(post.line(), call, plannedNanos, attempts::add)) {
            case Outcome.Answer answer when answer.ok() -> post.sent().accepted(number, System.nanoTime());
            case Outcome.Answer answer when Attempts.refused(answer) -> { }
            default -> attempts.undecided(number, post.sent());
        }
    }

    /** What the attempts of one send leave open while none of them brought a verdict. */
    private static final class Attempts {
        private boolean mayHaveArrived;
        private Optional<String> digest = Optional.empty();

        void add(Outcome outcome) {
            switch (outcome) {
                case Outcome.Answer answer when answer.ok() || refused(answer) -> { }
                case Outcome.Answer answer -> {
                    mayHaveArrived = true;
                    digest = Headers.digest(answer.headers()).or(() -> digest);
                }
                case Outcome.Broken broken -> mayHaveArrived |= !broken.fault().neverSent();
                case Outcome.Interrupted interrupted -> mayHaveArrived = true;
            }
        }

        void undecided(int number, Sent sent) {
            if (mayHaveArrived) sent.unknown(number, digest);
        }

        /** A client's error is a verdict: nothing was sent. A timeout or a server's error is none. */
        private static boolean refused(Outcome.Answer answer) {
            return answer.status() >= 400 && answer.status() < 500 && answer.status() != 408 && answer.status() != 429;
        }
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        int count = 1 + post.line().random().nextInt(WORDS_MAX);
        for (int i = 0; i < count; i++) words.append(i == 0 ? "" : " ").append(WORDS[post.line().random().nextInt(WORDS.length)]);
        return words.toString();
    }
}
