package suiload.load;

import java.util.Map;

/** The driver as a program of its own, without the rest of the command line. */
final class LoadTestMain {
    private LoadTestMain() {}

    public static void main(String[] args) {
        System.exit(LoadMain.run(args, Map.of("NO_COLOR", "1")));
    }
}
