package suiload.load;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import suiload.report.Dashboard;
import suiload.report.Timeline;
import suiload.report.Verdict;

/** The live dashboard where {@code DASHBOARD=1} asks for it. A port that is taken costs the charts, not the run. */
final class LiveCharts implements AutoCloseable {
    private final Optional<Dashboard> dashboard;

    private LiveCharts(Optional<Dashboard> dashboard) {
        this.dashboard = dashboard;
    }

    static LiveCharts open(LoadSettings settings, String network, Progress progress) {
        if (!settings.output().dashboard()) return new LiveCharts(Optional.empty());
        try {
            String subtitle = settings.mix().active() + " active and " + settings.mix().passive() + " passive users, network " + network;
            List<String> notes = network.equals("embedded")
                    ? List.of("The network is the embedded one: no figure here is of a public chain.") : List.of();
            Dashboard dashboard = Dashboard.start(Dashboard.PORT, subtitle, notes);
            progress.line("live charts: http://127.0.0.1:" + dashboard.port());
            return new LiveCharts(Optional.of(dashboard));
        } catch (IOException taken) {
            progress.line("no live charts: port " + Dashboard.PORT + " cannot be had (" + taken.getMessage() + ")");
            return new LiveCharts(Optional.empty());
        }
    }

    void phase(Timeline.Phase phase) {
        dashboard.ifPresent(page -> page.phase(phase));
    }

    void row(Timeline.Row row) {
        dashboard.ifPresent(page -> page.row(row));
    }

    void end(Verdict verdict) {
        dashboard.ifPresent(page -> page.end(verdict.reason().isEmpty() ? "finished: all thresholds held" : "finished: " + verdict.reason(),
                verdict.kind() == Verdict.Kind.HELD));
    }

    @Override
    public void close() {
        dashboard.ifPresent(Dashboard::close);
    }
}
