package suiload.load;

import java.io.Console;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import suiload.report.Verdict;

/** A run on a network that is not embedded costs real gas and real node calls: both are estimated, shown and asked for. */
final class CostQuestion {
    private CostQuestion() {}

    /** As recorded on the public testnet. */
    private static final long MIST_PER_MESSAGE = 3_881_008;
    private static final long MIST_PER_CHANNEL = 52_431_480;
    private static final long MIST_PER_TRANSFER = 1_009_880;
    private static final int USERS_PER_FUNDING = 50;
    private static final double NODE_CALLS_PER_POLL = 0.01;
    private static final double NODE_CALLS_PER_MEMBERSHIP_READ = 0.1;
    private static final BigDecimal MIST_PER_SUI = BigDecimal.valueOf(1_000_000_000L);

    /** What a run comes to at most: channels of an earlier run make it cheaper. */
    record Estimate(long messages, long gasMist, long fundingMist, long nodeCalls) {
        /** @param there the active users that the service has already: what they lack is paid for too */
        static Estimate of(LoadSettings settings, ActiveUsers there) {
            UserMix mix = settings.mix();
            double seconds = settings.plan().active().length().toMillis() / 1000.0;
            long messages = Math.round(settings.messagesPerSecond() * seconds);
            double polls = settings.pollsPerSecond() * seconds;
            long toFund = there.toFund(mix.active());
            double calls = messages + mix.channels() + Math.ceil((double) toFund / USERS_PER_FUNDING) + polls * NODE_CALLS_PER_POLL
                    + 2 * mix.users() * NODE_CALLS_PER_MEMBERSHIP_READ;
            return new Estimate(messages, messages * MIST_PER_MESSAGE + mix.channels() * MIST_PER_CHANNEL,
                    toFund * settings.funding().mistPerUser(), Math.round(calls));
        }

        String text() {
            return "up to " + messages + " messages: about " + sui(gasMist) + " SUI of gas and " + nodeCalls
                    + " node calls; users get up to "
                    + sui(fundingMist) + " SUI, of which gas is paid";
        }
    }

    /** What giving back the coins of so many users comes to. */
    static String ofDrain(long users) {
        return "up to " + users + " transfers: about " + sui(users * MIST_PER_TRANSFER) + " SUI of gas and " + 2 * users + " node calls";
    }

    static String sui(long mist) {
        return BigDecimal.valueOf(mist).divide(MIST_PER_SUI, 3, RoundingMode.UP).toPlainString();
    }

    /** Who is asked. */
    interface Person {
        /** @return what was typed; empty when nobody is there */
        Optional<String> answer(String question);
    }

    /** The one at the terminal. */
    static Optional<String> atTerminal(String question) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) return Optional.empty();
        return Optional.of(typed(() -> String.valueOf(console.readLine("%s", question))));
    }

    /** Reading from a terminal cannot be interrupted, so another thread reads: Ctrl-C ends the question as well. */
    static String typed(Supplier<String> line) {
        FutureTask<String> answer = new FutureTask<>(line::get);
        Thread.ofPlatform().name("question").daemon().start(answer);
        try {
            return answer.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new RunStopped();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /**
     * @param cost in words, after "This may take"; not worked out where nothing is asked
     * @throws CannotRun unless the network is embedded, or the cost was agreed to
     */
    static void ask(LoadSettings.Output consent, String network, Supplier<String> cost, Progress progress, Person person) {
        if (network.equals("embedded")) return;
        if (network.equals("mainnet") && !consent.allowMainnet()) {
            throw refused("the service is on mainnet, where this costs real money: set ALLOW_MAINNET=1 to mean it");
        }
        progress.line("network " + network + " is not embedded. This may take " + cost.get());
        if (consent.yes()) return;
        String answer = person.answer("Go on? [y/N] ").orElseThrow(() -> refused("nobody is there to agree to the cost: set YES=1"));
        if (!answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) throw refused("not agreed to: nothing was sent");
    }

    private static CannotRun refused(String why) {
        return new CannotRun(Verdict.Kind.BAD_SETTINGS, why);
    }
}
