package suiload.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import suiload.http.ChildJvm;
import suiload.http.ParserCases;
import suiload.http.RawConnection;

/** H1: parser abuse. */
final class ParserAbuse implements Promise {
    private static final int READ_LIMIT_SECONDS = 30;
    private static final int GRACE_SECONDS = 7;
    /** Requests that never become whole: the read limit ends them. */
    private static final List<String> INCOMPLETE = List.of(
            "GET / HTTP/1.1\nHost: localhost\n\n", "GET", "GET / HTTP/1.1\r\nHost: loc", "GET / HTTP/1.1\r\nHost: localhost\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabc", "");

    @Override
    public String id() {
        return "H1";
    }

    @Override
    public String promised() {
        return "60 raw cases, each with a fixed verdict; never a second response for one request; none waits over 7 s past its limit";
    }

    @Override
    public Measured run(long seed) throws Exception {
        List<String> wrong = new ArrayList<>();
        double longest = 0;
        try (ChildJvm target = Target.start(100); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ParserCases.Case abuse : ParserCases.all()) {
                verdict(target, abuse).ifPresent(wrong::add);
            }
            List<Future<Double>> waits = new ArrayList<>();
            INCOMPLETE.forEach(text -> waits.add(threads.submit((Callable<Double>) () -> wait(target, text))));
            for (Future<Double> wait : waits) {
                longest = Math.max(longest, wait.get());
            }
        }
        return new Measured.Findings()
                .add(wrong.isEmpty(), "%d cases, wrong: %s", ParserCases.all().size(), wrong)
                .add(longest <= READ_LIMIT_SECONDS + GRACE_SECONDS, "%d incomplete ones ended after at most %.1f s", INCOMPLETE.size(), longest)
                .measured();
    }

    private static java.util.Optional<String> verdict(ChildJvm target, ParserCases.Case abuse) throws IOException {
        try (RawConnection connection = target.connect()) {
            connection.send(abuse.bytes());
            int status = abuse.status() == ParserCases.DROPPED ? ParserCases.DROPPED : connection.answer().status();
            if (status != 200) {
                connection.end();
            }
            return status == abuse.status() ? java.util.Optional.empty() : java.util.Optional.of(abuse.name() + ": " + status);
        } catch (AssertionError second) {
            return java.util.Optional.of(abuse.name() + ": a second answer");
        } catch (IOException fault) {
            return java.util.Optional.of(abuse.name() + ": " + fault.getMessage());
        }
    }

    private static double wait(ChildJvm target, String text) throws IOException {
        long begin = System.nanoTime();
        try (RawConnection connection = new RawConnection(target.port(), 1000 * (READ_LIMIT_SECONDS + 2 * GRACE_SECONDS))) {
            connection.send(text).end();
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
