package suiload.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * S1: SIGTERM again and again while users send. Accepted is a request that the service began to read and did not refuse: one that
 * meets the closing of its idle connection was not, which HTTP cannot avoid and clients repeat. So what counts is that the service cut
 * off nothing it had in hand, and that no message is in its channel whose sender got no answer.
 */
final class RestartsLoseNothing implements Promise {
    private static final int RESTARTS = 20;
    private static final int USERS = 40;
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final Duration IDLE_EXIT = Duration.ofSeconds(5);
    private static final Duration BUSY_EXIT = Duration.ofSeconds(28);
    private static final Duration FORCED_EXIT = Duration.ofSeconds(2);
    private static final Duration NOT_READY = Duration.ofMillis(100);
    private static final Duration PROBE_EVERY = Duration.ofMillis(10);
    private static final Duration PROBED = Duration.ofSeconds(1);

    @Override
    public String id() {
        return "S1";
    }

    @Override
    public String promised() {
        return "20 restarts by SIGTERM under 0.5C: 0 failed accepted requests; not ready within 100 ms; exit 0 within 5 s idle, 28 s busy; "
                + "a second signal forces";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var findings = new Measured.Findings();
        try (var service = WholeService.start()) {
            Chat chat = Chat.begin(service, USERS);
            underLoad(service, chat, new Random(seed), findings);
            Exit idle = terminated(service, IDLE_EXIT);
            findings.add(idle.code == 0 && idle.took.compareTo(IDLE_EXIT) <= 0, "idle: exit %d after %d ms", idle.code,
                    idle.took.toMillis());
            service.restart();
            busy(service, chat, findings);
        }
        return findings.measured();
    }

    /** @param code -1 when it had to be killed */
    private record Exit(int code, Duration took) {}

    private static Exit terminated(WholeService service, Duration bound) throws InterruptedException {
        long began = System.nanoTime();
        service.terminate();
        return awaitExit(service, began, bound);
    }

    private static Exit awaitExit(WholeService service, long began, Duration bound) throws InterruptedException {
        boolean ended = service.process().waitFor(bound.toMillis() + 5_000, TimeUnit.MILLISECONDS);
        var exit = new Exit(ended ? service.process().exitValue() : -1, Duration.ofNanos(System.nanoTime() - began));
        if (!ended) service.kill();
        return exit;
    }

    private static void underLoad(WholeService service, Chat chat, Random random, Measured.Findings findings) throws Exception {
        var load = new ChatLoad(chat);
        long failed = 0;
        long closed = 0;
        long refused = 0;
        long told = 0;
        int badExits = 0;
        Duration slowestNotReady = Duration.ZERO;
        Duration slowestExit = Duration.ZERO;
        double rate = load.capacity(service.port()) / 2;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RESTARTS; i++) {
                Future<Traffic.Tally> traffic = executor.submit(() -> load.open(service.port(), rate, ROUND));
                Thread.sleep(1_000 + random.nextInt(1_000));
                long began = System.nanoTime();
                service.terminate();
                slowestNotReady = max(slowestNotReady, saidReadyUntil(service, began, executor));
                Exit exit = awaitExit(service, began, BUSY_EXIT);
                if (exit.code != 0) badExits++;
                slowestExit = max(slowestExit, exit.took);
                Traffic.Tally tally = traffic.get();
                closed += tally.resets();
                failed += tally.timeouts()
                        + tally.statuses().entrySet().stream().filter(e -> e.getKey() != 200 && e.getKey() != 503)
                                .mapToLong(Map.Entry::getValue).sum();
                refused += tally.statuses().getOrDefault(503, 0L);
                told += tally.toldToClose();
                service.restart();
            }
        }
        long clean = service.output.stream().filter(line -> line.contains("http.stopped") && line.contains("cut_off=0")).count();
        findings.add(failed == 0 && clean == RESTARTS, "%d restarts at %.0f/s: %d failed, %d cut nothing off, %d refused, "
                        + "%d met the closing of an idle connection", RESTARTS, rate, failed, clean, refused, closed)
                .add(told > 0, "%d answers with Connection: close", told)
                .add(slowestNotReady.compareTo(NOT_READY) <= 0, "no probe sent later than %d ms after the signal was told ready", slowestNotReady.toMillis())
                .add(badExits == 0 && slowestExit.compareTo(BUSY_EXIT) <= 0, "%d exits other than 0, the slowest after %d ms", badExits,
                        slowestExit.toMillis());
        long kept = 0;
        for (Chat.Member member : chat.members()) kept += chat.texts(member).size();
        findings.add(kept == load.acknowledged(), "%d messages acknowledged, %d kept", load.acknowledged(), kept);
    }

    /**
     * How long after {@code began} the last probe was sent that was still told "ready". Probes go out at a steady pace, whatever the
     * answers take: on a full machine one that waits for its answer would measure the machine.
     */
    private static Duration saidReadyUntil(WholeService service, long began, ExecutorService executor) throws Exception {
        long lastReady = began;
        Map<Long, Future<Boolean>> probes = new LinkedHashMap<>();
        while (System.nanoTime() - began < PROBED.toNanos()) {
            long sent = System.nanoTime();
            probes.put(sent, executor.submit(service::ready));
            Thread.sleep(PROBE_EVERY);
        }
        for (Map.Entry<Long, Future<Boolean>> probe : probes.entrySet()) if (probe.getValue().get()) lastReady = probe.getKey();
        return Duration.ofNanos(lastReady - began);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** A node that never answers holds requests in hand until their deadline. */
    private static void busy(WholeService service, Chat chat, Measured.Findings findings) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            service.weather("calm", Map.of("execute.hang", "1", "hang.for", "60s"));
            Future<Integer> held = executor.submit(() -> chat.tryToSend(chat.members().getFirst(), "held").statusCode());
            Thread.sleep(500);
            Exit busy = terminated(service, BUSY_EXIT);
            findings.add(held.get() == 408 && busy.code == 0 && busy.took.compareTo(BUSY_EXIT) <= 0,
                    "busy: the held request got %d, exit %d after %.1f s", held.get(), busy.code, busy.took.toMillis() / 1e3);
            service.restart();
            service.weather("calm", Map.of("execute.hang", "1", "hang.for", "60s"));
            Future<Integer> cut = executor.submit(() -> {
                try {
                    return chat.tryToSend(chat.members().getLast(), "cut").statusCode();
                } catch (IOException gone) {
                    return 0;
                }
            });
            Thread.sleep(500);
            service.terminate();
            Thread.sleep(1_000);
            boolean waiting = service.process().isAlive();
            Exit forced = terminated(service, FORCED_EXIT);
            cut.get();
            findings.add(waiting && forced.code > 0 && forced.took.compareTo(FORCED_EXIT) <= 0, "second signal: exit %d after %d ms",
                    forced.code, forced.took.toMillis());
        }
    }
}
