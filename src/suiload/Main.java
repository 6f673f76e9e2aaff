package suiload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import suiload.audit.AuditMain;
import suiload.load.LoadMain;
import suiload.load.MonitorMain;
import suiload.localnet.LocalnetMain;
import suiload.localnet.WeatherMain;
import suiload.report.CompareMain;
import suiload.store.DatabaseConfig;
import suiload.users.RotateKeysMain;
import suiload.vectors.VectorsMain;

/** The command line: {@code suiload COMMAND [ARGUMENT…]}. */
public final class Main {
    private Main() {}

    private static final int BAD_COMMAND = 104;
    private static final String USAGE =
            """
            usage: suiload COMMAND [ARGUMENT…]

              serve            the provisioning service (settings: conf/suiload.env and the environment)
              load             a whole load test (settings: the environment, or NAME=value; see README.md)
              smoke            one user of each kind, each route once, ten seconds: is it alive?
              ramp             more and more users until a threshold fails: the largest load that held
              drain            what the users' coins have left goes back to the funding account
              compare BASE     each metric of out/summary.json against a former run's
              monitor [LINES]  a running service's CPU, memory, connections, permits, pool and latency, a line a second
              localnet         the embedded Sui network alone, on port 9000, with a faucet on 9123
              weather NAME     switch a running embedded network to conf/weather/NAME.properties
              rotate-keys      a new master key, and every stored key sealed anew under it
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
            case "load", "smoke", "ramp", "drain" -> LoadMain.run(arguments, System.getenv());
            case "compare" -> CompareMain.run(rest, System.getenv());
            case "monitor" -> MonitorMain.run(rest, System.getenv());
            case "localnet" -> LocalnetMain.run(rest);
            case "weather" -> WeatherMain.run(rest);
            case "rotate-keys" -> rotateKeys();
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

    private static int rotateKeys() {
        Path home = Path.of(System.getProperty("suiload.home"));
        try {
            Settings settings = Settings.load(System.getenv(), home.resolve("conf/suiload.env"));
            var places = new RotateKeysMain.Places(home.resolve(settings.text(Setting.DATA_DIR)),
                    settings.optional(Setting.DATABASE_URL).map(DatabaseConfig::parse), home);
            return RotateKeysMain.run(places, System.out, System.err);
        } catch (Settings.Refused | IOException e) {
            System.err.println("suiload rotate-keys: " + e.getMessage());
            return BAD_COMMAND;
        }
    }

    private static int print(String text) {
        System.out.print(text);
        return 0;
    }
}
