package suiload.report;

/** Where every request went: {@code started} = {@code ok} + {@code failed} + {@code interrupted}. */
public record Accounting(long started, long ok, long failed, long interrupted) {
    public boolean addsUp() {
        return started == ok + failed + interrupted;
    }
}
