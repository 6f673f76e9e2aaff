package suiload.load;

import java.util.Optional;
import suiload.report.Verdict;

/** The command {@code drain}: what users have left goes back to the funding account. */
final class Drain {
    private Drain() {}

    /** A call that drained nobody although some are left is repeated so often. */
    private static final int STALLS_MAX = 3;

    static LoadSettings settings(LoadSettings asked) {
        return asked.withoutAutostart();
    }

    /** @return 0 when nobody has anything left, 99 when some could not be drained */
    static int run(LoadSettings settings, Arrival arrival, Progress progress, CostQuestion.Person person) {
        String runId = "drain-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        try (Rig rig = new Rig(settings, runId, 1)) {
            Api api = rig.setupLines().getFirst();
            long users = api.users(true, Optional.of(true), Optional.empty(), 1).total();
            if (users > 0) CostQuestion.ask(settings.output(), arrival.network(), () -> CostQuestion.ofDrain(users), progress, person);
            return drain(api, settings.funding().address(), users, progress);
        } catch (Api.Failed failed) {
            if (failed.status() == 400) throw new CannotRun(Verdict.Kind.BAD_SETTINGS,
                    "set ADMIN_SUI_ADDRESS and ADMIN_SECRET_KEY: " + failed.getMessage());
            throw CannotRun.unreachable("draining failed: " + failed.getMessage());
        }
    }

    /** One call does what fits into a request: it is repeated while it gets on. */
    private static int drain(Api api, Optional<String> to, long users, Progress progress) {
        long drained = 0;
        long mist = 0;
        Api.Drained last;
        int stalls = 0;
        try (Progress.Bar bar = progress.bar("drain users", users)) {
            do {
                last = api.drain(to);
                drained += last.users();
                mist += last.returnedMist();
                stalls = last.users() > 0 ? 0 : stalls + 1;
                bar.at(drained);
            } while (last.remaining() > 0 && stalls < STALLS_MAX);
        }
        last.errors().forEach(error -> progress.line("     not drained: " + error));
        progress.line(drained + " users drained, " + CostQuestion.sui(mist) + " SUI (" + mist + " MIST) sent to "
                + to.orElse("the service's funding account") + ", " + (last.failed() + last.remaining()) + " not drained");
        return (last.failed() + last.remaining() == 0 ? Verdict.Kind.HELD : Verdict.Kind.THRESHOLD_FAILED).exitCode();
    }
}
