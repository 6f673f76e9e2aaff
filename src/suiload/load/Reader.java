package suiload.load;

import java.util.Map;
import java.util.zip.CRC32C;
import suiload.json.Json;
import suiload.json.JsonException;

/** A passive user: asks once which channels it is in with all about them, then polls the channel's messages. */
final class Reader implements Behaviour {
    /** Messages asked for in a poll: the service's default, said out loud. */
    private static final int LATEST = 10;

    private final Reading reading;
    private final Channel channel;
    private final long pauseNanos;
    private Call poll;
    private boolean knowsMemberships;
    private long fingerprint;

    /** @param sent what the senders of all channels keep account of, by user name */
    record Reading(User user, Caller caller, Caller.Line line, Map<String, Sent> sent, String runId) {}

    Reader(Reading reading, Channel channel, LoadSettings.Pace pace) {
        this.reading = reading;
        this.channel = channel;
        this.poll = pollOf(channel.tableId());
        this.pauseNanos = pace.pollInterval().toNanos();
    }

    @Override
    public void iterate(long plannedNanos) {
        long planned = plannedNanos;
        if (!knowsMemberships) {
            fetchMemberships(planned);
            planned = System.nanoTime();
        }
        if (!Thread.currentThread().isInterrupted()) poll(planned);
    }

    @Override
    public long pauseNanos() {
        return pauseNanos;
    }

    private void fetchMemberships(long plannedNanos) {
        Call call = Call.get(Operation.MEMBERSHIPS_WITH_METADATA,
                "/contract/channel/memberships/" + reading.user().address() + "/with-metadata?limit=" + Api.PAGE);
        if (!(reading.caller().call(reading.line(), call, plannedNanos) instanceof Outcome.Answer answer) || !answer.ok()) return;
        knowsMemberships = true;
        try {
            Json.parse(answer.body()).list("memberships").stream().filter(item -> item.string("channelId").equals(channel.id()))
                    .findFirst().ifPresent(item -> poll = pollOf(item.get("channel").string("messagesTableId")));
        } catch (JsonException unreadable) {
            reading.caller().unreadable(call, unreadable);
        }
    }

    private static Call pollOf(String tableId) {
        return Call.get(Operation.TABLE_MESSAGES, "/contract/messages/table/" + tableId + "?limit=" + LATEST);
    }

    private void poll(long plannedNanos) {
        if (!(reading.caller().call(reading.line(), poll, plannedNanos) instanceof Outcome.Answer answer) || !answer.ok()) return;
        long now = System.nanoTime();
        if (sameAsBefore(answer.body())) return;
        try {
            for (Replies.Message message : Replies.messages(Json.parse(answer.body()))) seen(message, now);
        } catch (JsonException unreadable) {
            reading.caller().unreadable(poll, unreadable);
        }
    }

    /** Most polls show nothing new: a checksum saves reading them. */
    private boolean sameAsBefore(byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        long now = checksum.getValue() << 24 ^ body.length;
        boolean same = now == fingerprint;
        fingerprint = now;
        return same;
    }

    private void seen(Replies.Message message, long nanos) {
        if (message.index() < channel.baseline()) return;
        MessageId.read(message.text()).filter(id -> id.run().equals(reading.runId())).ifPresent(id -> {
            Sent sent = reading.sent().get(id.user());
            if (sent != null) sent.seen(id.number(), nanos);
        });
    }
}
