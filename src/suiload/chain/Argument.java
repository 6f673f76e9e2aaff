package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** What a command takes: the gas coin, an input, or the result of an earlier command. Indices are u16. */
public sealed interface Argument {
    record GasCoin() implements Argument {}

    record Input(int index) implements Argument {}

    /** The only result of command {@code command}. */
    record Result(int command) implements Argument {}

    record NestedResult(int command, int position) implements Argument {}

    default void write(BcsWriter out) {
        switch (this) {
            case GasCoin() -> out.uleb(0);
            case Input(int index) -> out.uleb(1).u16(index);
            case Result(int command) -> out.uleb(2).u16(command);
            case NestedResult(int command, int position) -> out.uleb(3).u16(command).u16(position);
        }
    }

    static Argument read(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new GasCoin();
            case 1 -> new Input(in.u16());
            case 2 -> new Result(in.u16());
            case 3 -> new NestedResult(in.u16(), in.u16());
            default -> throw in.unknownVariant("Argument", variant);
        };
    }
}
