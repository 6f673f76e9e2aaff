package suiload.chain;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;

/** A command of a programmable transaction, in BCS order. */
public sealed interface Command {
    record MoveCall(Address packageId, String module, String function, List<TypeTag> typeArguments, List<Argument> arguments)
            implements Command {
        public MoveCall {
            typeArguments = List.copyOf(typeArguments);
            arguments = List.copyOf(arguments);
        }
    }

    record TransferObjects(List<Argument> objects, Argument recipient) implements Command {
        public TransferObjects {
            objects = List.copyOf(objects);
        }
    }

    record SplitCoins(Argument coin, List<Argument> amounts) implements Command {
        public SplitCoins {
            amounts = List.copyOf(amounts);
        }
    }

    record MergeCoins(Argument destination, List<Argument> sources) implements Command {
        public MergeCoins {
            sources = List.copyOf(sources);
        }
    }

    record Publish(List<Bytes> modules, List<Address> dependencies) implements Command {
        public Publish {
            modules = List.copyOf(modules);
            dependencies = List.copyOf(dependencies);
        }
    }

    /** The element type is required when there are no elements or they are not objects. */
    record MakeMoveVec(Optional<TypeTag> type, List<Argument> elements) implements Command {
        public MakeMoveVec {
            elements = List.copyOf(elements);
        }
    }

    record Upgrade(List<Bytes> modules, List<Address> dependencies, Address packageId, Argument ticket) implements Command {
        public Upgrade {
            modules = List.copyOf(modules);
            dependencies = List.copyOf(dependencies);
        }
    }

    default void write(BcsWriter out) {
        switch (this) {
            case MoveCall call -> {
                call.packageId.write(out.uleb(0));
                out.string(call.module).string(call.function).vector(call.typeArguments, (w, tag) -> tag.write(w));
                arguments(out, call.arguments);
            }
            case TransferObjects(List<Argument> objects, Argument recipient) -> {
                arguments(out.uleb(1), objects);
                recipient.write(out);
            }
            case SplitCoins(Argument coin, List<Argument> amounts) -> {
                coin.write(out.uleb(2));
                arguments(out, amounts);
            }
            case MergeCoins(Argument destination, List<Argument> sources) -> {
                destination.write(out.uleb(3));
                arguments(out, sources);
            }
            case Publish(List<Bytes> modules, List<Address> dependencies) -> code(out.uleb(4), modules, dependencies);
            case MakeMoveVec(Optional<TypeTag> type, List<Argument> elements) ->
                    arguments(out.uleb(5).option(type, (w, tag) -> tag.write(w)), elements);
            case Upgrade upgrade -> {
                code(out.uleb(6), upgrade.modules, upgrade.dependencies);
                upgrade.packageId.write(out);
                upgrade.ticket.write(out);
            }
        }
    }

    static Command read(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new MoveCall(Address.read(in), in.string(), in.string(), in.vector(TypeTag::read), in.vector(Argument::read));
            case 1 -> new TransferObjects(in.vector(Argument::read), Argument.read(in));
            case 2 -> new SplitCoins(Argument.read(in), in.vector(Argument::read));
            case 3 -> new MergeCoins(Argument.read(in), in.vector(Argument::read));
            case 4 -> new Publish(in.vector(BcsReader::byteString), in.vector(Address::read));
            case 5 -> new MakeMoveVec(in.option(TypeTag::read), in.vector(Argument::read));
            case 6 -> new Upgrade(in.vector(BcsReader::byteString), in.vector(Address::read), Address.read(in), Argument.read(in));
            default -> throw in.unknownVariant("Command", variant);
        };
    }

    private static void arguments(BcsWriter out, List<Argument> arguments) {
        out.vector(arguments, (w, argument) -> argument.write(w));
    }

    private static void code(BcsWriter out, List<Bytes> modules, List<Address> dependencies) {
        out.vector(modules, BcsWriter::bytes).vector(dependencies, (w, id) -> id.write(w));
    }
}
