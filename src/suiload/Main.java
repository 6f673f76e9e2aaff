package suiload;

import java.util.Arrays;

/** The command line: {@code suiload COMMAND [ARGUMENT…]}. */
public final class Main {
    private Main() {}

    private static final String USAGE =
            """
            usage: suiload COMMAND [ARGUMENT…]

              help             this text
            """;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        String command = arguments.length == 0 ? "help" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        return switch (command) {
            case "help", "--help", "-h" -> {
                System.out.print(USAGE);
                yield 0;
            }
            default -> {
                System.err.println("suiload: unknown command '" + command + "'" + (rest.length > 0 ? " …" : ""));
                System.err.print(USAGE);
                yield 2;
            }
        };
    }
}
