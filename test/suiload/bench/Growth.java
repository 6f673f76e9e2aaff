package suiload.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import suiload.json.Json;
import suiload.torture.WholeService;

/** P11: what sending, polling and listing users cost when there is much. */
final class Growth implements Measure {
    private static final int[] MESSAGES = {10, 1_000, 100_000};
    private static final int[] USERS = {1_000, 1_000_000};
    private static final int SAMPLES = 300;
    private static final int USERS_AT_ONCE = 2_000;

    @Override
    public String id() {
        return "P11";
    }

    @Override
    public String what() {
        return "send and poll at 10 / 1,000 / 100,000 messages in a channel; GET /users first page and keyset page at 1,000 / 1,000,000";
    }

    @Override
    public String goal() {
        return "within 1.2x; within 1.5x of the smallest size";
    }

    @Override
    public Findings take() throws Exception {
        Findings found = new Findings();
        try (WholeService service = WholeService.start(WholeService.newFolder())) {
            messages(service, found);
        }
        try (WholeService service = WholeService.start(WholeService.newFolder())) {
            users(service, found);
        }
        return found;
    }

    private static void messages(WholeService service, Findings found) throws Exception {
        Account sender = Account.make(service, 1).getFirst();
        String table = Account.got(service, "/contract/channel/" + sender.channel()).get("channel").string("messagesTableId");
        List<Double> sends = new ArrayList<>();
        List<Double> polls = new ArrayList<>();
        int sent = 0;
        for (int size : MESSAGES) {
            for (; sent < size - SAMPLES; sent++) send(service, sender);
            sends.add(millis(() -> send(service, sender)));
            sent += SAMPLES;
            polls.add(millis(() -> Account.got(service, "/contract/messages/table/" + table + "?limit=10")));
        }
        judge(found, "send", sends, MESSAGES, 1.2);
        judge(found, "poll", polls, MESSAGES, 1.2);
    }

    private static void users(WholeService service, Findings found) throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> next = new ArrayList<>();
        int made = 0;
        for (int size : USERS) {
            for (; made < size; made += USERS_AT_ONCE) {
                Account.posted(service, "/users/generate/passive?count=" + Math.min(USERS_AT_ONCE, size - made), Json.object());
            }
            made = size;
            String after = Account.got(service, "/users?limit=500").string("next");
            first.add(millis(() -> Account.got(service, "/users?limit=50")));
            next.add(millis(() -> Account.got(service, "/users?limit=50&after=" + after)));
        }
        judge(found, "first page", first, USERS, 1.5);
        judge(found, "keyset page", next, USERS, 1.5);
    }

    private static void judge(Findings found, String what, List<Double> millis, int[] sizes, double goal) {
        found.note(what + " at " + sizes[0], millis.getFirst(), "ms");
        for (int i = 1; i < sizes.length; i++) {
            double ratio = millis.get(i) / millis.getFirst();
            found.add(what + String.format(Locale.ROOT, " at %,d", sizes[i]), ratio, "x", ratio <= goal);
        }
    }

    private static Json send(WholeService service, Account sender) throws IOException, InterruptedException {
        return Account.posted(service, "/contract/channel/message", sender.message("one more"));
    }

    /** The median of many, the first tenth left out. */
    private static double millis(Callable<?> work) throws Exception {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            long began = System.nanoTime();
            work.call();
            if (i >= SAMPLES / 10) all.add((System.nanoTime() - began) / 1e6);
        }
        return Findings.median(all);
    }
}
