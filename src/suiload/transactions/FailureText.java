package suiload.transactions;

import java.util.Locale;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.MoveAbort;
import suiload.chain.ExecutionStatus;

/** Failed executions in words for clients, to whom the names of our classes mean nothing. */
public final class FailureText {
    private FailureText() {}

    /** What failed and in which command, counted from 0 as in the transaction. */
    public static String of(ExecutionStatus.Failure failure) {
        return of(failure.error()) + failure.command().map(command -> " in command " + command).orElse("");
    }

    /** "move abort with code 1 in 0x…::channel::send_message", or the error's name; other errors' values are of no use to a client. */
    public static String of(ExecutionError error) {
        String name = error instanceof Enum<?> plain ? plain.name() : error.getClass().getSimpleName();
        String words = name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
        if (!(error instanceof MoveAbort(var location, long code))) return words;
        return words + " with code " + Long.toUnsignedString(code) + " in " + location.packageId() + "::" + location.module()
                + location.functionName().map(function -> "::" + function).orElse("");
    }
}
