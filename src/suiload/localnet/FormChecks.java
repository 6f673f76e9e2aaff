package suiload.localnet;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.TransactionData;

/** What can be said against a transaction without looking at a single object: sizes, prices, doubled inputs. */
final class FormChecks {
    private FormChecks() {}

    /** Protocol limits (facts: sui-transactions.md section 11). Of commands, arguments and pure bytes a node wants fewer than that. */
    static final int MAX_TRANSACTION_BYTES = 131_072;
    private static final int MAX_COMMANDS = 1_024;
    private static final int MAX_INPUTS = 2_048;
    private static final int MAX_ARGUMENTS = 512;
    private static final int MAX_TYPE_ARGUMENTS = 16;
    private static final int MAX_PURE_BYTES = 16_384;
    private static final int MAX_GAS_COINS = 256;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** @throws Rejection on the first objection */
    static void check(TransactionData data) {
        below("maximum commands in a programmable transaction", data.commands().size(), MAX_COMMANDS);
        limit("maximum input objects in a transaction", data.inputs().size(), MAX_INPUTS);
        limit("maximum number of gas payment objects", data.gas().payment().size(), MAX_GAS_COINS);
        checkInputs(data);
        data.commands().forEach(FormChecks::checkCommand);
    }

    /** What is asked of the gas data of a transaction that really runs. */
    static void checkGas(GasData gas) {
        long price = gas.price();
        if (Long.compareUnsigned(price, GasModel.REFERENCE_PRICE) < 0) {
            throw Rejection.invalid("Gas price " + Long.toUnsignedString(price) + " under reference gas price (RGP) "
                    + GasModel.REFERENCE_PRICE);
        }
        if (Long.compareUnsigned(price, GasModel.MAX_PRICE) > 0) {
            throw Rejection.invalid("Gas price cannot exceed " + GasModel.MAX_PRICE + " mist");
        }
        String budget = "Gas budget: " + Long.toUnsignedString(gas.budget());
        long min = GasModel.MIN_BUDGET_UNITS * price;
        if (Long.compareUnsigned(gas.budget(), GasModel.MAX_BUDGET) > 0) {
            throw Rejection.invalid(budget + " is higher than max: " + GasModel.MAX_BUDGET + ".");
        }
        if (Long.compareUnsigned(gas.budget(), min) < 0) throw Rejection.invalid(budget + " is lower than min: " + min + ".");
    }

    private static void checkInputs(TransactionData data) {
        Set<Address> objects = new HashSet<>();
        for (ObjectRef coin : data.gas().payment()) once(objects, coin.id());
        for (CallArg input : data.inputs()) {
            switch (input) {
                case CallArg.Pure(var value) -> below("maximum pure argument size", value.length(), MAX_PURE_BYTES);
                case CallArg.Owned(ObjectRef ref) -> once(objects, ref.id());
                case CallArg.Receiving(ObjectRef ref) -> once(objects, ref.id());
                case CallArg.Shared shared -> checkShared(objects, shared);
                case CallArg.Withdrawal withdrawal ->
                        throw Rejection.invalid("Feature is not supported: address funds withdrawals are not enabled on this network");
            }
        }
    }

    private static void checkShared(Set<Address> objects, CallArg.Shared shared) {
        once(objects, shared.id());
        if (shared.mutability() == CallArg.Mutability.NON_EXCLUSIVE_WRITE) {
            throw Rejection.invalid("Feature is not supported: non-exclusive writes are for system transactions");
        }
        if (shared.mutable() && shared.id().equals(Address.CLOCK)) {
            throw Rejection.invalid("Mutable parameter provided, immutable parameter expected.");
        }
    }

    private static void once(Set<Address> objects, Address id) {
        if (!objects.add(id)) throw Rejection.invalid("Mutable object " + id + " cannot appear more than one in one transaction.");
    }

    private static void checkCommand(Command command) {
        switch (command) {
            case Command.MoveCall call -> {
                below("maximum arguments in a move call", call.arguments().size(), MAX_ARGUMENTS);
                limit("maximum type arguments in a move call", call.typeArguments().size(), MAX_TYPE_ARGUMENTS);
                identifier(call.module());
                identifier(call.function());
            }
            case Command.TransferObjects(List<Argument> objects, Argument recipient) -> notEmpty(objects);
            case Command.SplitCoins(Argument coin, List<Argument> amounts) -> notEmpty(amounts);
            case Command.MergeCoins(Argument destination, List<Argument> sources) -> notEmpty(sources);
            case Command.MakeMoveVec vector -> {
                if (vector.type().isEmpty()) notEmpty(vector.elements());
                below("maximum arguments in a programmable transaction command", vector.elements().size(), MAX_ARGUMENTS);
            }
            case Command.Publish publish -> notEmpty(publish.modules());
            case Command.Upgrade upgrade -> notEmpty(upgrade.modules());
        }
    }

    private static void notEmpty(List<?> arguments) {
        if (arguments.isEmpty()) throw Rejection.invalid("Empty input to a command");
        below("maximum arguments in a programmable transaction command", arguments.size(), MAX_ARGUMENTS);
    }

    private static void identifier(String name) {
        if (!IDENTIFIER.matcher(name).matches()) throw Rejection.invalid("Invalid identifier found in transaction");
    }

    private static void below(String what, long value, long max) {
        if (value >= max) throw exceeded(what, max);
    }

    private static void limit(String what, long value, long max) {
        if (value > max) throw exceeded(what, max);
    }

    private static Rejection exceeded(String what, long max) {
        return Rejection.invalid("Size limit exceeded: " + what + " is " + max);
    }
}
