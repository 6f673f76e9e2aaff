package suiload.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One owner of the data: the second is told, in one line, who the first is. */
class DataFolderTest {
    @TempDir
    private Path folder;

    /** Takes the lock and holds it until its input ends. */
    public static final class Holder {
        private Holder() {
        }

        public static void main(String[] args) throws IOException {
            try (var held = DataFolder.open(Path.of(args[0]), "a test")) {
                System.out.println(held.path());
                while (System.in.read() >= 0) continue;
            }
        }
    }

    @Test
    void theSecondIsToldWhoTheFirstIs() {
        try (var first = DataFolder.open(folder.resolve("data"), "suiload serve on port 4321")) {
            var refusal = assertThrows(CannotStart.class, () -> DataFolder.open(first.path(), "second"));
            assertEquals("the data folder " + first.path() + " is in use by process " + ProcessHandle.current().pid()
                    + " (suiload serve on port 4321)", refusal.getMessage());
        }
        DataFolder.open(folder.resolve("data"), "third").close();
    }

    @Test
    void theLockEndsWithItsProcessHoweverThatDies() throws Exception {
        Process holder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "--enable-preview", "-Xmx32m",
                "-cp", TestDatabase.HOME + "/build/classes:" + TestDatabase.HOME + "/build/test-classes:" + TestDatabase.HOME + "/lib/runtime/*",
                Holder.class.getName(), folder.toString()).start();
        try {
            assertEquals(folder.toString(), holder.inputReader().readLine());
            var refusal = assertThrows(CannotStart.class, () -> DataFolder.open(folder, "second"));
            assertTrue(refusal.getMessage().endsWith("in use by process " + holder.pid() + " (a test)"), refusal.getMessage());
        } finally {
            holder.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        DataFolder.open(folder, "second").close();
    }

    @Test
    void aFolderThatCannotBeIsOneClearLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path impossible : List.of(file, file.resolve("below"), Path.of("/proc/suiload"))) {
            var refusal = assertThrows(CannotStart.class, () -> DataFolder.open(impossible, "x"));
            assertTrue(refusal.getMessage().matches("cannot use the data folder " + impossible + ": .+; set DATA_DIR.*"), refusal.getMessage());
        }
    }
}
