package suiload.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Effects;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.crypto.SecretKey;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.Mode;
import suiload.grpcweb.proto.Bcs;
import suiload.grpcweb.proto.ExecuteTransactionRequest;
import suiload.grpcweb.proto.ExecuteTransactionResponse;
import suiload.grpcweb.proto.Transaction;
import suiload.grpcweb.proto.UserSignature;
import suiload.http.RawConnection;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.sui.GrpcNode;
import suiload.sui.NodeConfig;

/**
 * Sends through the embedded network's real front (P9): the network is a process of its own, in calm weather, held to one
 * processor by {@code taskset} where there is one; this process keeps to the others. Every send is a signed transaction on a connection
 * that is kept; each account has one in flight.
 *
 * <p>{@code NetworkSends [SENDS [IN_FLIGHT [binary|text]]]}
 */
public final class NetworkSends {
    /** What the service asks for. */
    private static final FieldMask MASK = FieldMask.newBuilder().addAllPaths(List.of("digest", "effects.bcs", "checkpoint",
            "events.events.package_id", "events.events.module", "events.events.sender", "events.events.event_type",
            "events.events.contents")).build();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int RUN_MINUTES = 5;
    private static final int PIN_ATTEMPTS = 5;

    private final NetworkProcess network;
    private final Plan plan;

    private NetworkSends(NetworkProcess network, Plan plan) {
        this.network = network;
        this.plan = plan;
    }

    /**
     * @param sends that are timed
     * @param warmUp sends before them
     * @param inFlight accounts, each with one transaction under way
     */
    public record Plan(int sends, int warmUp, int inFlight, Mode mode) {}

    /**
     * @param cpuSeconds of the network's process
     * @param residentMb of the network's process at the end; 0 where the system does not say
     * @param pinned whether the network had one processor, and this process the others
     */
    public record Figures(int sends, double seconds, double cpuSeconds, long residentMb, boolean pinned) {
        public double perSecond() {
            return sends / seconds;
        }

        public double perCpuSecond() {
            return sends / cpuSeconds;
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int sends = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
        int inFlight = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 32;
        Mode mode = arguments.length > 2 && arguments[2].equals("text") ? Mode.TEXT : Mode.BINARY;
        Figures figures = measure(new Plan(sends, sends / 2, inFlight, mode));
        System.out.printf("%,d sends, %d in flight, %s, one processor: %s; %,.0f sends/s, %.1f CPU s, %,.0f sends per CPU second, "
                        + "resident %,d MB%n", sends, inFlight, mode, figures.pinned, figures.perSecond(), figures.cpuSeconds,
                figures.perCpuSecond(), figures.residentMb);
    }

    /**
     * Starts a network on an empty folder, sends, stops it and deletes the folder.
     *
     * @throws IllegalStateException when a send fails
     */
    public static Figures measure(Plan plan) throws IOException, InterruptedException {
        boolean pinned = Files.isExecutable(NetworkProcess.TASKSET) && Runtime.getRuntime().availableProcessors() > 1;
        Path data = NetworkProcess.newFolder();
        try (NetworkProcess network = NetworkProcess.start(data, pinned)) {
            return new NetworkSends(network, plan).run(pinned);
        } finally {
            NetworkProcess.delete(data);
        }
    }

    /** Sends {@code count} messages to a network that runs, from so many accounts at once. */
    static void fill(NetworkProcess network, int count, int inFlight) throws IOException, InterruptedException {
        var sends = new NetworkSends(network, new Plan(count, 0, inFlight, Mode.BINARY));
        sends.send(sends.chatters(), count);
    }

    private List<Chatters.Chatter> chatters() throws IOException {
        SecretKey funder = network.fundingKey();
        try (GrpcNode node = GrpcNode.open(NodeConfig.of(List.of(network.uri())), new Metrics())) {
            var coins = node.owned(Address.ofPublicKey(funder.publicKey()), StructTag.SUI_COIN, Optional.empty(), 1, Deadline.after(LIMIT));
            return Chatters.create(plan.inFlight, funder, coins.items().getFirst().ref(),
                    signed -> node.execute(signed, Deadline.after(LIMIT)).effects());
        }
    }

    private Figures run(boolean pinned) throws IOException, InterruptedException {
        List<Chatters.Chatter> chatters = chatters();
        if (pinned) pinOurselves("1-" + (Runtime.getRuntime().availableProcessors() - 1));
        try {
            send(chatters, plan.warmUp);
            Duration cpuBefore = network.cpu();
            long start = System.nanoTime();
            send(chatters, plan.sends);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Figures(plan.sends, seconds, network.cpu().minus(cpuBefore).toMillis() / 1e3, network.residentMb(), pinned);
        } finally {
            if (pinned) pinOurselves("0-" + (Runtime.getRuntime().availableProcessors() - 1));
        }
    }

    private static void pinOurselves(String processors) throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        for (int attempt = 1; ; attempt++) {
            int code = new ProcessBuilder(NetworkProcess.TASKSET.toString(), "-a", "-c", "-p", processors, pid)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(true).start().waitFor();
            if (code == 0) return;
            // It fails, too, when one of our threads ends while it goes through them.
            if (attempt == PIN_ATTEMPTS) throw new IOException("taskset ended with " + code);
        }
    }

    private void send(List<Chatters.Chatter> chatters, int count) throws InterruptedException {
        var left = new AtomicInteger(count);
        try (ExecutorService threads = Executors.newFixedThreadPool(chatters.size())) {
            List<Future<?>> senders = new ArrayList<>();
            for (Chatters.Chatter chatter : chatters) senders.add(threads.submit(() -> send(chatter, left)));
            for (Future<?> sender : senders) sender.get(RUN_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a sender failed: " + e, e);
        }
    }

    private void send(Chatters.Chatter chatter, AtomicInteger left) {
        try (var connection = new RawConnection(network.port())) {
            while (left.getAndDecrement() > 0) chatter.settle(execute(connection, chatter.message()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Effects execute(RawConnection connection, SignedTransaction signed) throws IOException {
        var request = ExecuteTransactionRequest.newBuilder().setTransaction(Transaction.newBuilder().setBcs(bcs(signed.transaction())))
                .setReadMask(MASK);
        signed.signatures().forEach(signature -> request.addSignatures(UserSignature.newBuilder().setBcs(bcs(signature))));
        byte[] body = Frames.encode(plan.mode, Frame.message(request.build().toByteArray()));
        byte[] head = ("POST /sui.rpc.v2.TransactionExecutionService/ExecuteTransaction HTTP/1.1\r\nHost: 127.0.0.1:" + network.port()
                + "\r\nContent-Type: " + plan.mode.contentType() + "\r\nAccept: " + plan.mode.contentType()
                + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        RawConnection.Answer answer = connection.send(whole).answer();
        List<Frame> frames = Frames.decode(plan.mode, answer.body());
        if (answer.status() != 200 || frames.size() != 2) {
            throw new IllegalStateException("HTTP " + answer.status() + " " + answer.headers() + " " + answer.text());
        }
        var executed = ExecuteTransactionResponse.parseFrom(frames.getFirst().payload()).getTransaction();
        return Effects.decode(executed.getEffects().getBcs().getValue().toByteArray());
    }

    private static Bcs bcs(Bytes bytes) {
        return Bcs.newBuilder().setValue(ByteString.copyFrom(bytes.toArray())).build();
    }
}
