package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** {@code 0x2::balance}, {@code coin}, {@code pay}, {@code sui} and {@code transfer}. */
final class CoinFunctions {
    private CoinFunctions() {}

    private static final long NOT_ZERO = 0;
    private static final long NOT_ENOUGH = 2;
    private static final long NO_COINS = 0;
    private static final long INVALID_ARGUMENT = 1;

    static void addTo(Map<String, MoveFunction> bodies) {
        addBalance(bodies);
        addCoin(bodies);
        addPay(bodies);
        bodies.put("0x2::sui::transfer", frame -> sent(frame, frame.value(0), frame.address(1)));
        bodies.put("0x2::transfer::public_transfer", frame -> sent(frame, frame.value(0), frame.address(1)));
        bodies.put("0x2::transfer::public_share_object", frame -> {
            frame.scratch().share(frame.value(0));
            return List.of();
        });
        bodies.put("0x2::transfer::public_freeze_object", frame -> {
            frame.scratch().freeze(frame.value(0));
            return List.of();
        });
        bodies.put("0x2::transfer::receiving_object_id",
                frame -> List.of(MoveValue.address(ValueFunctions.ID, frame.address(0))));
    }

    private static void addBalance(Map<String, MoveFunction> bodies) {
        bodies.put("0x2::balance::value", frame -> List.of(MoveValue.u64(frame.u64(0))));
        bodies.put("0x2::balance::zero", frame -> List.of(balance(frame, 0)));
        bodies.put("0x2::balance::join", frame -> {
            long sum = sum(frame, frame.u64(0), frame.u64(1));
            frame.set(0, u64(sum));
            return List.of(MoveValue.u64(sum));
        });
        bodies.put("0x2::balance::split", frame -> {
            frame.set(0, u64(difference(frame.u64(0), frame.u64(1))));
            return List.of(balance(frame, frame.u64(1)));
        });
        bodies.put("0x2::balance::withdraw_all", frame -> {
            long all = frame.u64(0);
            frame.set(0, u64(0));
            return List.of(balance(frame, all));
        });
        bodies.put("0x2::balance::destroy_zero", frame -> {
            if (frame.u64(0) != 0) throw CallFrame.abort(Address.SUI_FRAMEWORK, "balance", "destroy_zero", NOT_ZERO);
            return List.of();
        });
    }

    private static void addCoin(Map<String, MoveFunction> bodies) {
        bodies.put("0x2::coin::value", frame -> List.of(MoveValue.u64(Coins.balance(frame.bytes(0)))));
        bodies.put("0x2::coin::zero", frame -> List.of(fresh(frame, 0)));
        bodies.put("0x2::coin::from_balance", frame -> List.of(fresh(frame, frame.u64(0))));
        bodies.put("0x2::coin::into_balance", frame -> {
            frame.scratch().delete(frame.value(0).id());
            return List.of(balance(frame, Coins.balance(frame.bytes(0))));
        });
        bodies.put("0x2::coin::split", frame -> List.of(split(frame, 0, frame.u64(1))));
        bodies.put("0x2::coin::divide_into_n", frame -> List.of(vector(frame, divide(frame, frame.u64(1)))));
        bodies.put("0x2::coin::join", frame -> {
            join(frame, 0, frame.value(1));
            return List.of();
        });
        bodies.put("0x2::coin::destroy_zero", frame -> {
            if (Coins.balance(frame.bytes(0)) != 0) throw CallFrame.abort(Address.SUI_FRAMEWORK, "balance", "destroy_zero", NOT_ZERO);
            frame.scratch().delete(frame.value(0).id());
            return List.of();
        });
    }

    private static void addPay(Map<String, MoveFunction> bodies) {
        bodies.put("0x2::pay::keep", frame -> sent(frame, frame.value(0), sender(frame)));
        bodies.put("0x2::pay::split", frame -> sent(frame, split(frame, 0, frame.u64(1)), sender(frame)));
        bodies.put("0x2::pay::split_and_transfer", frame -> sent(frame, split(frame, 0, frame.u64(1)), frame.address(2)));
        bodies.put("0x2::pay::split_vec", frame -> {
            BcsReader amounts = frame.reader(1);
            for (long left = amounts.uleb(); left > 0; left--) sent(frame, split(frame, 0, amounts.u64()), sender(frame));
            return List.of();
        });
        bodies.put("0x2::pay::divide_and_keep", frame -> {
            for (MoveValue coin : divide(frame, frame.u64(1))) sent(frame, coin, sender(frame));
            return List.of();
        });
        bodies.put("0x2::pay::join", frame -> {
            join(frame, 0, frame.value(1));
            return List.of();
        });
        bodies.put("0x2::pay::join_vec", frame -> {
            for (MoveValue coin : coins(frame, 1)) join(frame, 0, coin);
            return List.of();
        });
        bodies.put("0x2::pay::join_vec_and_transfer", CoinFunctions::joinAndTransfer);
    }

    private static List<MoveValue> joinAndTransfer(CallFrame frame) {
        List<MoveValue> coins = coins(frame, 0);
        if (coins.isEmpty()) throw frame.abort(NO_COINS);
        // Move pops from the back: the last coin is the one that remains.
        MoveValue kept = coins.getLast();
        long total = Coins.balance(kept.bcs());
        for (MoveValue coin : coins.subList(0, coins.size() - 1)) {
            total = sum(frame, total, Coins.balance(coin.bcs()));
            frame.scratch().delete(coin.id());
        }
        return sent(frame, Coins.of(kept.type(), kept.id(), total), frame.address(1));
    }

    private static List<MoveValue> sent(CallFrame frame, MoveValue object, Address recipient) {
        frame.scratch().transfer(object, recipient);
        return List.of();
    }

    private static Address sender(CallFrame frame) {
        return frame.scratch().context().sender();
    }

    private static MoveValue split(CallFrame frame, int coin, long amount) {
        MoveValue from = frame.value(coin);
        frame.set(coin, Coins.contents(from.id(), difference(Coins.balance(from.bcs()), amount)));
        return fresh(frame, amount);
    }

    /** n−1 new coins of an n-th each; what is left stays. */
    private static List<MoveValue> divide(CallFrame frame, long n) {
        long balance = Coins.balance(frame.bytes(0));
        if (n == 0) throw CallFrame.abort(Address.SUI_FRAMEWORK, "coin", "divide_into_n", INVALID_ARGUMENT);
        if (Long.compareUnsigned(n, balance) > 0) throw CallFrame.abort(Address.SUI_FRAMEWORK, "coin", "divide_into_n", NOT_ENOUGH);
        long share = Long.divideUnsigned(balance, n);
        List<MoveValue> coins = new ArrayList<>();
        for (long i = 1; i < n; i++) coins.add(split(frame, 0, share));
        return coins;
    }

    private static void join(CallFrame frame, int coin, MoveValue other) {
        MoveValue into = frame.value(coin);
        frame.set(coin, Coins.contents(into.id(), sum(frame, Coins.balance(into.bcs()), Coins.balance(other.bcs()))));
        frame.scratch().delete(other.id());
    }

    private static List<MoveValue> coins(CallFrame frame, int argument) {
        BcsReader in = frame.reader(argument);
        List<MoveValue> coins = new ArrayList<>();
        for (long left = in.uleb(); left > 0; left--) coins.add(new MoveValue(Coins.type(frame.typeArgument(0)), in.fixed(40)));
        return coins;
    }

    private static MoveValue vector(CallFrame frame, List<MoveValue> coins) {
        var out = new BcsWriter(8 + 40 * coins.size()).uleb(coins.size());
        coins.forEach(coin -> out.fixed(coin.bcs()));
        return new MoveValue(new TypeTag.Vector(Coins.type(frame.typeArgument(0))), out.toByteArray());
    }

    private static MoveValue fresh(CallFrame frame, long amount) {
        return Coins.of(Coins.type(frame.typeArgument(0)), frame.scratch().freshId(), amount);
    }

    private static MoveValue balance(CallFrame frame, long value) {
        return new MoveValue(TypeTag.of(StructTag.of(Address.SUI_FRAMEWORK, "balance", "Balance", frame.typeArgument(0))), u64(value));
    }

    private static long sum(CallFrame frame, long a, long b) {
        long sum = a + b;
        if (Long.compareUnsigned(sum, a) < 0) throw frame.primitiveError();
        return sum;
    }

    private static long difference(long from, long amount) {
        if (Long.compareUnsigned(from, amount) < 0) throw CallFrame.abort(Address.SUI_FRAMEWORK, "balance", "split", NOT_ENOUGH);
        return from - amount;
    }

    private static byte[] u64(long value) {
        return new BcsWriter(8).u64(value).toByteArray();
    }
}
