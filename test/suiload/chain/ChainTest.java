package suiload.chain;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.crypto.SecretKey;

/** Sui's records: text forms, canonical bytes, ids and signatures. The golden vectors cover the rest. */
class ChainTest {
    private static final SecretKey KEY = SecretKey.ofSeed(new byte[32]);
    private static final Address SENDER = Address.ofPublicKey(KEY.publicKey());

    @Test
    void typeTextIsReadLeniently() {
        StructTag coin = StructTag.SUI_COIN;
        for (String text : List.of("0x2::coin::Coin<0x2::sui::SUI>", " 0x02 :: coin::Coin < 0x2::sui::SUI > ", coin.toString())) {
            assertEquals(coin, StructTag.parse(text));
        }
        assertEquals("vector<" + coin + ">", TypeTag.parse("vector< 0x2::coin::Coin<0x2::sui::SUI> >").toString());
        assertEquals("0x" + "0".repeat(63) + "2::m::N<u8,bool>", StructTag.parse("0x2::m::N<u8, bool>").text(","));
    }

    @Test
    void typeTextThatIsNoneIsRefused() {
        for (String bad : List.of("", "u7", "vector", "vector<>", "vector<u8", "0x2::coin", "0x2::coin::", "0x2::coin::Coin<>", "2::a::B",
                "0x2::coin::Coin<u8>>", "0x2::1a::B", "0xg::a::B", "u8 u8", "0x2::coin::Coin<u8,>", "vector<".repeat(40) + "u8"
                + ">".repeat(40))) {
            assertThrows(IllegalArgumentException.class, () -> TypeTag.parse(bad), bad);
        }
    }

    @Test
    void addressesPadAndOrderAsBytes() {
        assertEquals("0x" + "0".repeat(63) + "6", Address.CLOCK.toString());
        assertEquals(Address.CLOCK, Address.parse("0X6"));
        assertTrue(Address.parse("0x" + "f".repeat(64)).compareTo(Address.CLOCK) > 0);
        for (String bad : List.of("", "0x", "0xg", "0x" + "0".repeat(65), "-1", "0x 1")) {
            assertThrows(IllegalArgumentException.class, () -> Address.parse(bad), bad);
        }
    }

    @Test
    void anEmptyTransactionWithOneGasCoinHas159Bytes() {
        TransactionData data = transaction();
        Bytes encoded = data.encode();
        assertEquals(159, encoded.length());
        assertEquals(data, TransactionData.decode(encoded.toArray()));
        assertEquals("000000", encoded.hex().substring(0, 6));
    }

    @Test
    void everyChangedByteOfASignedTransactionBreaksTheSignature() {
        SignedTransaction signed = SignedTransaction.sign(transaction(), KEY);
        Bytes signature = signed.signatures().getFirst();
        assertEquals(SENDER, Signatures.signer(signature));
        byte[] bytes = signed.transaction().toArray();
        assertTrue(Signatures.verify(signature, Signatures.transactionHash(bytes)));
        assertFalse(Signatures.verify(signature, Signatures.personalMessageHash(bytes)));
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            assertFalse(Signatures.verify(signature, Signatures.transactionHash(bytes)), "byte " + i);
            bytes[i] ^= 1;
        }
    }

    /** The signing hash and the digest are different hashes of the same bytes. */
    @Test
    void digestAndSigningHashDiffer() {
        Bytes encoded = transaction().encode();
        assertNotEquals(TransactionData.digest(encoded), Digest.of(Signatures.transactionHash(encoded.toArray())));
    }

    @Test
    void commonObjectTypesHaveTheirShortForm() {
        assertEquals("01", bcs(MoveType.of(StructTag.SUI_COIN)::write));
        assertEquals("02", bcs(MoveType.of(StructTag.parse("0x3::staking_pool::StakedSui"))::write));
        assertEquals("0301", bcs(MoveType.of(StructTag.parse("0x2::coin::Coin<u8>"))::write));
        for (String text : List.of("0x2::coin::Coin<0x2::sui::SUI>", "0x2::coin::Coin<0x5::a::B>", "0x3::staking_pool::StakedSui",
                "0x5::a::B")) {
            assertEquals(StructTag.parse(text), MoveType.of(StructTag.parse(text)).tag());
        }
    }

    @Test
    void everyExecutionErrorGoesBothWays() {
        for (ExecutionError.Plain plain : ExecutionError.Plain.values()) roundTrip(plain);
        for (ExecutionError.SizeKind kind : ExecutionError.SizeKind.values()) roundTrip(new ExecutionError.Size(kind, 5, -1));
        for (ExecutionError.ArgumentError.Kind kind : ExecutionError.ArgumentError.Kind.values()) {
            var argument = new ExecutionError.ArgumentError(kind, kind.indices > 0 ? 7 : 0, kind.indices > 1 ? 9 : 0);
            roundTrip(new ExecutionError.CommandArgumentError(3, argument));
        }
        var location = new ExecutionError.MoveLocation(Address.CLOCK, "m", 1, 2, Optional.of("f"));
        roundTrip(new ExecutionError.MoveAbort(location, -1));
        roundTrip(new ExecutionError.MovePrimitiveRuntimeError(Optional.empty()));
        roundTrip(new ExecutionError.Congestion(List.of(Address.CLOCK, Address.ZERO)));
        roundTrip(new ExecutionError.AddressDeniedForCoin(Address.ZERO, "0x2::a::B"));
        roundTrip(new ExecutionError.TypeArgumentError(1, true));
        roundTrip(new ExecutionError.UnusedValueWithoutDrop(1, 2));
        for (UpgradeError reason : List.of(new UpgradeError.UnableToFetchPackage(Address.CLOCK),
                new UpgradeError.NotAPackage(Address.CLOCK), new UpgradeError.IncompatibleUpgrade(),
                new UpgradeError.DigestDoesNotMatch(Bytes.of((byte) 1, (byte) 2)),
                new UpgradeError.UnknownUpgradePolicy(200), new UpgradeError.PackageIdDoesNotMatch(Address.CLOCK, Address.ZERO))) {
            roundTrip(new ExecutionError.PackageUpgradeError(reason));
        }
    }

    /** Zeros are a value of every kind, with room for the longest. */
    @Test
    void noExecutionErrorIsMissing() {
        for (int variant = 0; variant < 42; variant++) {
            byte[] bytes = new byte[200];
            bytes[0] = (byte) variant;
            assertDoesNotThrow(() -> ExecutionError.read(new BcsReader(bytes)));
        }
    }

    /** Whoever pays from an address balance leaves one: its transactions must be readable. */
    @Test
    void accumulatorWritesGoBothWaysAndAreNoObjects() {
        var event = new AccumulatorWrite.EventDigest(3, Digest.ZERO);
        for (AccumulatorWrite.Value value : List.of(new AccumulatorWrite.Value.Amount(-1), new AccumulatorWrite.Value.AmountPair(1, 2),
                new AccumulatorWrite.Value.EventDigests(List.of(event)))) {
            Effects effects = accumulated(value);
            assertEquals(effects, Effects.decode(effects.encode().toArray()));
            assertEquals(Optional.empty(), effects.written(Address.CLOCK));
        }
        byte[] noEvents = accumulated(new AccumulatorWrite.Value.EventDigests(List.of())).encode().toArray();
        assertThrows(BcsException.class, () -> Effects.decode(noEvents));
    }

    private static Effects accumulated(AccumulatorWrite.Value value) {
        var write = new AccumulatorWrite(SENDER, TypeTag.of(StructTag.SUI_COIN), AccumulatorWrite.Operation.SPLIT, value);
        var change = new ChangedObject(Address.CLOCK, Optional.empty(), write, ChangedObject.IdOperation.NONE);
        return new Effects(new ExecutionStatus.Success(), 1, GasUsed.NONE, Digest.ZERO, Optional.empty(), Optional.empty(), List.of(), 9,
                List.of(change), List.of(), Optional.empty());
    }

    @Test
    void unknownVariantsAreRefused() {
        for (int variant = 42; variant < 60; variant++) {
            byte[] bytes = {(byte) variant, 0};
            assertThrows(BcsException.class, () -> BcsReader.decode(bytes, ExecutionError::read));
        }
        assertThrows(BcsException.class, () -> Effects.decode(new byte[] {0}));
        assertThrows(BcsException.class, () -> TransactionData.decode(new byte[] {0, 1}));
        assertThrows(BcsException.class, () -> BcsReader.decode(new byte[] {5}, Owner::read));
    }

    /** What proposers must be: some, ascending. */
    @Test
    void proposersOutOfOrderAreRefused() {
        for (List<Long> indices : List.of(List.<Long>of(), List.of(2L, 1L), List.of(1L, 1L))) {
            var window = new Expiration.Window(Optional.of(1L), Optional.of(2L), Optional.empty(), Optional.empty(), Digest.ZERO, 1);
            var out = new BcsWriter();
            new Expiration.Validity(window, Optional.of(new Expiration.Proposers(1, indices))).write(out);
            assertThrows(BcsException.class, () -> BcsReader.decode(out.toByteArray(), Expiration::read), indices.toString());
        }
    }

    private static void roundTrip(ExecutionError error) {
        var out = new BcsWriter();
        error.write(out);
        assertEquals(error, BcsReader.decode(out.toByteArray(), ExecutionError::read));
    }

    private static String bcs(java.util.function.Consumer<BcsWriter> write) {
        var out = new BcsWriter();
        write.accept(out);
        return out.toBytes().hex();
    }

    private static TransactionData transaction() {
        var gas = new GasData(List.of(new ObjectRef(Address.CLOCK, 1, Digest.ZERO)), SENDER, 1000, 5_000_000);
        return new TransactionData(List.of(), List.of(), SENDER, gas, new Expiration.None());
    }
}
