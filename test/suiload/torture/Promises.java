package suiload.torture;

import java.util.List;

/** All promises that have a full form, in the table's order. */
final class Promises {
    private Promises() {}

    static List<Promise> all() {
        return List.of(
                new ConnectionsStay(), new GoodputHolds(), new RefusalsAreClear(), new Recovery(), new HealthWhileFull(),
                new MemoryIsBounded(), new DeadlinesHold(), new ExactlyOneEffect(), new RetriesAreBounded(), new JitterIsFull(),
                new ChainSendsAreSafe(), new RestartsLoseNothing(), new ReadyWhenWarm(), new CrashSafety(), new DatabaseFaults(),
                new FaultyNodeIsSurvived(), new HistoriesAreValid(), new ParserAbuse(), new SlowClients(), new LimitsAnswer(),
                new ErrorsLeakNothing(), new KeysHidden(), new SecretsBind(), new KeysRotate(), new NoSlowLeak(), new OneOwner(),
                new Upgrades());
    }
}
