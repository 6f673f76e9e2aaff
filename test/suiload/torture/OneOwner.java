package suiload.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import suiload.store.EmbeddedPostgres;

/** G1: two services on one folder, a port in use, orphaned children, a full disk. */
final class OneOwner implements Promise {
    @Override
    public String id() {
        return "G1";
    }

    @Override
    public String promised() {
        return "two services on one data folder, a port in use, an orphaned child, a full disk: one clear line each, nothing lost";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var findings = new Measured.Findings();
        Path data = WholeService.newFolder();
        try (var service = WholeService.start(data)) {
            Chat.begin(service, 1);
            says(findings, "same folder", "is in use by process " + service.process().pid(), WholeService.refusal(data));
            says(findings, "same port", String.valueOf(service.port()), WholeService.refusal(WholeService.newFolder(), "PORT=" + service.port()));
            // The children's keepers die with the service: nobody is left to stop them.
            service.process().descendants().filter(process -> process.info().command().orElse("").endsWith("sh"))
                    .forEach(ProcessHandle::destroyForcibly);
            service.kill();
        }
        try (var again = WholeService.start(data)) {
            findings.add(again.get("/users?is_funded=true").body().contains("\"total\":1"), "after orphans: its user is there");
        }
        findings.add(EmbeddedPostgres.running(data.resolve("postgres")).isEmpty(), "nothing runs after the end");
        fullDisk(findings);
        return findings.measured();
    }

    private static void fullDisk(Measured.Findings findings) throws Exception {
        Path small = WholeService.newFolder();
        if (new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small.toString()).start().waitFor() != 0) {
            findings.add(true, "full disk: not measured, since only root may mount a small one");
            return;
        }
        try {
            says(findings, "full disk", "is full", WholeService.refusal(small.resolve("data")));
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    private static void says(Measured.Findings findings, String what, String expected, List<String> said) throws IOException {
        findings.add(said.size() == 1 && said.getFirst().contains(expected), "%s: %s", what, said.size() == 1 ? said.getFirst() : said.size() + " lines");
    }
}
