package suiload;

import java.util.Arrays;
import suiload.audit.AuditMain;
import suiload.load.LoadMain;
import suiload.localnet.LocalnetMain;
import suiload.localnet.WeatherMain;
import suiload.vectors.VectorsMain;

/** The command line: {@code suiload COMMAND [ARGUMENT…]}. */
public final class Main {
    private Main() {}

    private static final int BAD_COMMAND = 104;
    private static final String USAGE =
            """
            usage: suiload COMMAND [ARGUMENT…]

              serve            the provisioning service (settings: conf/suiload.env and the environment)
              load, smoke, ramp  a whole load test; one user of each kind; more and more users until something breaks
              localnet         the embedded Sui network alone, on port 9000, with a faucet on 9123
              weather NAME     switch a running embedded network to conf/weather/NAME.properties
              vectors FILE…    check golden-vector files
              audit [--json]   every jar: version, licence, size, checksum verdict, and why it is here
              version          what this is
              help             this text
            """;

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws InterruptedException {
        String command = arguments.length == 0 ? "help" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        return switch (command) {
            case "serve" -> Serve.run(rest, System.getenv());
            case "localnet" -> LocalnetMain.run(rest);
            case "weather" -> WeatherMain.run(rest);
            case "load", "smoke", "ramp" -> LoadMain.run(arguments, System.getenv());
            case "vectors" -> VectorsMain.run(rest);
            case "audit" -> AuditMain.run(rest);
            case "version", "--version" -> print("suiload " + Version.text() + "\n");
            case "help", "--help", "-h" -> print(USAGE);
            default -> {
                System.err.println("suiload: unknown command '" + command + "'");
                System.err.print(USAGE);
                yield BAD_COMMAND;
            }
        };
    }

    private static int print(String text) {
        System.out.print(text);
        return 0;
    }
}
