package suiload.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.crypto.Base58;
import suiload.crypto.SecretKey;

/**
 * Mutated inputs (reliability.md K4): every decoder refuses with its own exception or yields a value, which it then
 * encodes to exactly the input. Nothing else may be thrown and nothing may hang. Seeded; {@code -Dmutations=N} for more.
 */
class MutationTest {
    private static final int MUTATIONS = Integer.getInteger("mutations", 100_000);
    private static final long SEED = 4242;
    private static final Duration BOUND = Duration.ofSeconds(60);

    private record Decoder<T>(T sample, BiConsumer<BcsWriter, T> write, Function<BcsReader, T> read) {
        byte[] encoded() {
            return encode(sample);
        }

        /** Whether the input was accepted. */
        boolean decode(byte[] input) {
            T value;
            try {
                value = BcsReader.decode(input, read);
            } catch (BcsException refused) {
                return false;
            }
            assertArrayEquals(input, encode(value), "accepted, but not canonical");
            return true;
        }

        private byte[] encode(T value) {
            var out = new BcsWriter();
            write.accept(out, value);
            return out.toByteArray();
        }
    }

    @Test
    void bcsDecodersRefuseOrRepeat() {
        List<Decoder<?>> decoders = decoders();
        Assertions.assertTimeoutPreemptively(BOUND, () -> {
            var random = new Random(SEED);
            int accepted = 0;
            for (int i = 0; i < MUTATIONS; i++) {
                Decoder<?> decoder = decoders.get(i % decoders.size());
                if (decoder.decode(mutated(decoder.encoded(), random))) accepted++;
            }
            assertTrue(accepted > MUTATIONS / 100, "only " + accepted + " accepted: the mutations test nothing but the first byte");
            assertTrue(accepted < MUTATIONS, "nothing was refused");
        });
    }

    @Test
    void textDecodersRefuseOrRepeat() {
        String type = "0x2::dynamic_field::Field<u64, vector<0x2::coin::Coin<0x2::sui::SUI>>>";
        String key = SecretKey.ofSeed(new byte[32]).text();
        Assertions.assertTimeoutPreemptively(BOUND, () -> {
            var random = new Random(SEED);
            for (int i = 0; i < MUTATIONS / 10; i++) {
                text(mutated(type, random), text -> TypeTag.parse(TypeTag.parse(text).toString()));
                text(mutated(Digest.ZERO.toString(), random), text -> Digest.parse(Digest.parse(text).toString()));
                text(mutated(key, random), SecretKey::parse);
                text(mutated(Address.CLOCK.toString(), random), Address::parse);
                text(mutated("4btiuiMPvEENsttpZC7CZ53DruC3MAgfznDbASZ7DR6S", random), Base58::decode);
            }
        });
    }

    private static void text(String input, Function<String, ?> parse) {
        try {
            parse.apply(input);
        } catch (IllegalArgumentException refused) {
            assertEquals(IllegalArgumentException.class, refused.getClass(), () -> "an accident, not a refusal, for '" + input + "'");
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            if (bytes.length == 0) return bytes;
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
                default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 5), (byte) 0xff);
            }
        }
        return bytes;
    }

    private static String mutated(String good, Random random) {
        var text = new StringBuilder(good);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(0x250));
                case 1 -> text.setLength(at);
                case 2 -> text.insert(at, text.substring(0, at));
                default -> text.setCharAt(at, "<>:,x01".charAt(random.nextInt(7)));
            }
        }
        return text.toString();
    }

    private static List<Decoder<?>> decoders() {
        List<Decoder<?>> all = new ArrayList<>();
        all.add(new Decoder<>(transaction(), (w, v) -> v.write(w), TransactionData::read));
        all.add(new Decoder<>(effects(), (w, v) -> v.write(w), Effects::read));
        all.add(new Decoder<>(rareEffects(), (w, v) -> v.write(w), Effects::read));
        all.add(new Decoder<>(coin(), (w, v) -> v.write(w), SuiObject::read));
        all.add(new Decoder<>(code(), (w, v) -> v.write(w), SuiObject::read));
        all.add(new Decoder<>(TypeTag.parse("vector<0x2::m::Pair<u8,vector<0x1::string::String>>>"), (w, v) -> v.write(w), TypeTag::read));
        all.add(new Decoder<>(new Event(Address.CLOCK, "module", Address.ZERO, StructTag.SUI, Bytes.of((byte) 1)), (w, v) -> v.write(w),
                Event::read));
        return all;
    }

    private static final ObjectRef REF = new ObjectRef(Address.CLOCK, 7, Digest.ZERO);

    private static TransactionData transaction() {
        List<CallArg> inputs = List.of(new CallArg.Pure(Bytes.of((byte) 1, (byte) 2)), new CallArg.Owned(REF), CallArg.clock(),
                new CallArg.Receiving(REF),
                new CallArg.Withdrawal(5, TypeTag.of(StructTag.SUI), new CallArg.Source.SenderAllowance(Address.ZERO, Address.CLOCK)));
        List<Argument> arguments = List.of(new Argument.GasCoin(), new Argument.Input(1), new Argument.NestedResult(0, 1));
        List<Command> commands = List.of(new Command.MoveCall(Address.CLOCK, "m", "f", List.of(TypeTag.U64, TypeTag.of(StructTag.SUI)),
                arguments),
                new Command.SplitCoins(new Argument.GasCoin(), arguments), new Command.MakeMoveVec(Optional.of(TypeTag.U8), arguments),
                new Command.Publish(List.of(Bytes.of((byte) 9)), List.of(Address.CLOCK)));
        var window = new Expiration.Window(Optional.of(1L), Optional.of(2L), Optional.empty(), Optional.empty(), Digest.ZERO, 3);
        return new TransactionData(inputs, commands, Address.CLOCK, new GasData(List.of(REF), Address.ZERO, 1, 2),
                new Expiration.Validity(window, Optional.of(new Expiration.Proposers(1, List.of(1L, 5L)))));
    }

    private static Effects effects() {
        var before = new ChangedObject.Input(3, Digest.ZERO, new Owner.AddressOwner(Address.CLOCK));
        var location = new ExecutionError.MoveLocation(Address.CLOCK, "channel", 1, 2, Optional.of("send"));
        return new Effects(new ExecutionStatus.Failure(new ExecutionError.MoveAbort(location, 5), Optional.of(1L)), 1, GasUsed.NONE,
                Digest.ZERO,
                Optional.of(0L), Optional.of(Digest.ZERO), List.of(Digest.ZERO), 9,
                List.of(ChangedObject.mutated(Address.CLOCK, before, Digest.ZERO, new Owner.Shared(4))),
                List.of(new UnchangedConsensusObject(Address.CLOCK, new UnchangedConsensusObject.Kind.ReadOnlyRoot(1, Digest.ZERO))),
                Optional.empty());
    }

    private static Effects rareEffects() {
        var reason = new UpgradeError.DigestDoesNotMatch(Bytes.of((byte) 1, (byte) 2));
        var events = new AccumulatorWrite.Value.EventDigests(List.of(new AccumulatorWrite.EventDigest(3, Digest.ZERO)));
        var write = new AccumulatorWrite(Address.CLOCK, TypeTag.U64, AccumulatorWrite.Operation.SPLIT, events);
        return new Effects(new ExecutionStatus.Failure(new ExecutionError.PackageUpgradeError(reason), Optional.empty()), 1, GasUsed.NONE,
                Digest.ZERO, Optional.empty(), Optional.empty(), List.of(), 9,
                List.of(new ChangedObject(Address.CLOCK, Optional.empty(), write, ChangedObject.IdOperation.NONE)), List.of(),
                Optional.empty());
    }

    private static SuiObject coin() {
        return SuiObject.move(StructTag.SUI_COIN, true, 7, Bytes.of(new byte[40]), new Owner.ConsensusAddress(1, Address.CLOCK),
                Digest.ZERO, 988_000);
    }

    private static SuiObject code() {
        var code = new MovePackage(Address.CLOCK, 1, Map.of("alpha", Bytes.of((byte) 1), "be", Bytes.EMPTY),
                List.of(new MovePackage.TypeOrigin("alpha", "A", Address.CLOCK)),
                Map.of(Address.ZERO, new MovePackage.Linkage(Address.CLOCK, 2)));
        return new SuiObject(new SuiObject.Data.Package(code), new Owner.Immutable(), Digest.ZERO, 0);
    }
}
