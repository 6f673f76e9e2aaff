package suiload.torture;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Users that send without a pause, each in its own channel, until told to stop; every answer is kept. */
final class Senders implements AutoCloseable {
    /** @param status 0 where there was no answer at all */
    record Sent(long began, long ended, int status, String body) {
        double millis() {
            return (ended - began) / 1e6;
        }
    }

    private final WholeService service;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    Senders(WholeService service, List<Chat.Member> users) {
        this.service = service;
        users.forEach(user -> threads.add(Thread.ofVirtual().start(() -> send(user))));
    }

    private void send(Chat.Member user) {
        for (int number = 0; !over; number++) {
            long began = System.nanoTime();
            try {
                HttpResponse<String> answer = service.post("/contract/channel/message", user.message("torture " + number));
                sent.add(new Sent(began, System.nanoTime(), answer.statusCode(), answer.body()));
            } catch (IOException e) {
                sent.add(new Sent(began, System.nanoTime(), 0, e.toString()));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    List<Sent> all() {
        return List.copyOf(sent);
    }

    Map<Integer, Long> statuses() {
        return sent.stream().collect(Collectors.groupingBy(Sent::status, TreeMap::new, Collectors.counting()));
    }

    @Override
    public void close() {
        finish();
    }

    /** Milliseconds from {@code moment} until an answer of 200 to a request that was made after it. */
    double recovery(long moment, Duration patience) throws InterruptedException {
        while (System.nanoTime() - moment < patience.toNanos()) {
            var first = sent.stream().filter(one -> one.began() > moment && one.status() == 200).mapToLong(Sent::ended).min();
            if (first.isPresent()) return (first.getAsLong() - moment) / 1e6;
            Thread.sleep(20);
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Returns when the last answer is in. */
    void finish() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(60));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
