package suiload.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All virtual users of a run. */
final class Population {
    private final Rig rig;
    private final Map<String, Sent> sent;
    private final Crowd senders;
    private final Crowd readers;
    private final Optional<OpenModel> arrivals;

    private record Place(Channel channel, Channel.Member member) {}

    Population(Rig rig, List<Channel> channels, Map<String, Sent> sent) {
        this.rig = rig;
        this.sent = sent;
        LoadSettings settings = rig.settings();
        List<Place> active = places(channels, true);
        List<Place> passive = places(channels, false);
        arrivals = settings.plan().rate().map(rate -> new OpenModel(rate, settings.plan().active(),
                active.stream().map(this::sender).toList(), rig.measurements()));
        senders = new Crowd(arrivals.isPresent() ? 0 : active.size(), settings.plan().active(),
                i -> virtual(active.get(i), sender(active.get(i))));
        readers = new Crowd(passive.size(), settings.plan().passive(), i -> virtual(passive.get(i), reader(passive.get(i))));
        rig.measurements().level(MetricName.VUS_MAX, settings.mix().users());
    }

    /** One user of each channel in turn, so that in a ramp all channels fill alike. */
    private static List<Place> places(List<Channel> channels, boolean active) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < UserMix.MEMBERS_MAX; i++) {
            for (Channel channel : channels) {
                List<Channel.Member> members = active ? channel.active() : channel.passive();
                if (i < members.size()) places.add(new Place(channel, members.get(i)));
            }
        }
        return places;
    }

    private VirtualUser virtual(Place place, Behaviour behaviour) {
        return new VirtualUser(place.member().user().name(), behaviour, rig.measurements(), rig.timer());
    }

    private Behaviour sender(Place place) {
        User user = place.member().user();
        Sender.Post post = new Sender.Post(user, rig.caller(), rig.userLine(user.name()), sent.get(user.name()), rig.runId());
        return new Sender(post, place.channel(), place.member().capId(), rig.settings().pace());
    }

    private Behaviour reader(Place place) {
        User user = place.member().user();
        return new Reader(new Reader.Reading(user, rig.caller(), rig.userLine(user.name()), sent, rig.runId()), place.channel(),
                rig.settings().pace());
    }

    void begin(long startNanos) {
        arrivals.ifPresent(model -> model.start(startNanos));
    }

    /** Brings the numbers of users to what the profiles want {@code nanos} after the start. */
    void adjust(long nanos) {
        senders.adjust(nanos);
        readers.adjust(nanos);
        rig.measurements().level(MetricName.VUS, active() + passive());
    }

    int active() {
        return arrivals.map(OpenModel::busy).orElseGet(senders::wanted);
    }

    int passive() {
        return readers.wanted();
    }

    void finish() {
        arrivals.ifPresent(OpenModel::finish);
        senders.finish();
        readers.finish();
    }

    void interrupt() {
        arrivals.ifPresent(OpenModel::interrupt);
        senders.interrupt();
        readers.interrupt();
    }

    boolean running() {
        return senders.running() || readers.running() || arrivals.map(OpenModel::running).orElse(false);
    }
}
