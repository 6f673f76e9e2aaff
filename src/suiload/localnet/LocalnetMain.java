package suiload.localnet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import suiload.json.Json;

/** The command {@code localnet}: runs the embedded network until it is told to stop. */
public final class LocalnetMain {
    private LocalnetMain() {}

    private static final int BAD_OPTIONS = 104;
    private static final int NOT_STARTED = 100;
    private static final String USAGE =
            """
            usage: suiload localnet [--port 9000] [--faucet-port 9123] [--data data/localnet] [--weather testnet] [--seed 1] [--managed]
              A port of 0 is a free one. --managed: one JSON line on standard output when ready; ends when standard input does.
            """;
    private static final Map<String, String> DEFAULTS =
            Map.of("--port", "9000", "--faucet-port", "9123", "--data", "data/localnet", "--weather", "testnet", "--seed", "1");

    /** @return the exit code: 0, 104 for options that make no sense, 100 when it cannot start */
    public static int run(String... arguments) {
        return run(System.out, System.err, arguments);
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        Localnet.Options options;
        boolean managed = List.of(arguments).contains("--managed");
        try {
            options = options(arguments);
        } catch (IllegalArgumentException e) {
            err.println("suiload localnet: " + e.getMessage());
            err.print(USAGE);
            return BAD_OPTIONS;
        }
        try (Localnet network = Localnet.start(options)) {
            // A signal, too, closes the journal in order.
            Runtime.getRuntime().addShutdownHook(closing(network));
            out.println(managed ? ready(network, options) : greeting(network));
            out.flush();
            if (managed) System.in.transferTo(java.io.OutputStream.nullOutputStream());
            else new CountDownLatch(1).await();
            return 0;
        } catch (IOException | LedgerException | IllegalArgumentException e) {
            err.println("suiload localnet: " + e.getMessage());
            return NOT_STARTED;
        } catch (InterruptedException e) {
            return 0;
        }
    }

    private static Thread closing(Localnet network) {
        return new Thread(network::close);
    }

    private static Localnet.Options options(String... arguments) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--managed")) continue;
            if (!DEFAULTS.containsKey(arguments[i])) throw new IllegalArgumentException("unknown option " + arguments[i]);
            if (i + 1 == arguments.length) throw new IllegalArgumentException(arguments[i] + " needs a value");
            values.put(arguments[i], arguments[++i]);
        }
        return new Localnet.Options(port("--port", values), port("--faucet-port", values), Path.of(values.get("--data")),
                Path.of(System.getProperty("suiload.home", ".")).resolve("conf/weather"), values.get("--weather"),
                whole("--seed", values.get("--seed"), Long.MAX_VALUE));
    }

    private static int port(String option, Map<String, String> values) {
        return (int) whole(option, values.get(option), 65_535);
    }

    private static long whole(String option, String text, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= max) return number;
        } catch (NumberFormatException notANumber) {
            // Same message as for a number out of range.
        }
        throw new IllegalArgumentException(option + " takes a whole number from 0 to " + max + ", not '" + text + "'");
    }

    /** For a program: everything it needs to use the network. */
    private static String ready(Localnet network, Localnet.Options options) {
        return Json.text(Json.object("ready", true, "pid", ProcessHandle.current().pid(), "port", network.port(),
                "faucet_port", network.faucetPort(), "chain_id", network.chainId(), "funding_key", network.fundingKey().toString(),
                "funding_address", network.fundingAddress().toString(), "weather", network.weather(), "seed", options.seed()));
    }

    private static String greeting(Localnet network) {
        return "embedded Sui network, chain " + network.chainId() + "\n  node     http://127.0.0.1:" + network.port()
                + "\n  faucet   http://127.0.0.1:" + network.faucetPort() + "/v2/gas\n  weather  " + network.weather()
                + "\n  funded   " + network.fundingAddress() + ", key in " + network.fundingKey();
    }
}
