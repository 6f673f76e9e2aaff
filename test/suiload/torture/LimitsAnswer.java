package suiload.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import suiload.http.ChildJvm;
import suiload.http.RawConnection;

/** H3: limits answer. */
final class LimitsAnswer implements Promise {
    private static final int CLIENTS = 1000;
    private static final int AT_ONCE = 16;
    private static final int MIB = 1 << 20;

    @Override
    public String id() {
        return "H3";
    }

    @Override
    public String promised() {
        return "body over 1 MiB: 413 and 0 of 1,000 clients see a reset; path over 4 KiB 414; JSON deeper than 32 or malformed 400";
    }

    @Override
    public Measured run(long seed) throws Exception {
        Random random = new Random(seed);
        Measured.Findings findings = new Measured.Findings();
        try (ChildJvm target = Target.start(2000)) {
            int reset = CLIENTS - tooLarge(target, random);
            findings.add(reset == 0, "%d of %d clients saw a reset or no 413", reset, CLIENTS);
            try (RawConnection connection = target.connect()) {
                findings.add(connection.get("/" + "a".repeat(4096)).answer().status() == 414, "long path 414");
            }
            int wrong = 0;
            try (RawConnection connection = target.connect()) {
                for (int i = 0; i < CLIENTS; i++) {
                    wrong += connection.post("/json", malformed(random)).answer().status() == 400 ? 0 : 1;
                }
            }
            findings.add(wrong == 0, "%d of %d malformed bodies not 400", wrong, CLIENTS);
        }
        return findings.measured();
    }

    private static int tooLarge(ChildJvm target, Random random) throws Exception {
        Semaphore atOnce = new Semaphore(AT_ONCE);
        List<Future<Boolean>> senders = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                int length = MIB + 1 + random.nextInt(7 * MIB);
                atOnce.acquire();
                senders.add(threads.submit(() -> {
                    try {
                        return reads413(target, length);
                    } finally {
                        atOnce.release();
                    }
                }));
            }
        }
        int fine = 0;
        for (Future<Boolean> sender : senders) {
            fine += sender.get() ? 1 : 0;
        }
        return fine;
    }

    private static boolean reads413(ChildJvm target, int length) {
        try (RawConnection connection = target.connect()) {
            connection.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n").send(new byte[length]);
            return connection.answer().status() == 413 && connection.end() == RawConnection.End.CLOSED;
        } catch (IOException reset) {
            return false;
        }
    }

    private static String malformed(Random random) {
        String deep = "[".repeat(33 + random.nextInt(1000));
        String valid = "{\"a\":[1,2,{\"b\":\"c\"}],\"d\":true}";
        return random.nextBoolean() ? deep : valid.substring(0, 1 + random.nextInt(valid.length() - 1));
    }
}
