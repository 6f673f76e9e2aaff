package suiload.messaging;

import java.util.ArrayList;
import java.util.List;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.transactions.Plan;

/** A transaction in the making: numbers inputs and commands as they come. */
final class Draft {
    private final List<CallArg> inputs = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();

    Argument input(CallArg input) {
        inputs.add(input);
        return new Argument.Input(inputs.size() - 1);
    }

    /** @return the number that names the command's results */
    int command(Command command) {
        commands.add(command);
        return commands.size() - 1;
    }

    Plan.Program program() {
        return new Plan.Program(inputs, commands);
    }
}
