package suiload.bcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The codec writes the canonical form, and the reader takes nothing else. Expected bytes are worked out by hand. */
class BcsTest {
    @Test
    void integersAreLittleEndian() {
        assertEquals("01", hex(w -> w.u8(1)));
        assertEquals("0201", hex(w -> w.u16(0x0102)));
        assertEquals("04030201", hex(w -> w.u32(0x01020304L)));
        assertEquals("ffffffffffffffff", hex(w -> w.u64(-1)));
        assertEquals("0001" + "00".repeat(14), hex(w -> w.u128(BigInteger.valueOf(256))));
        assertEquals("ff".repeat(32), hex(w -> w.u256(BigInteger.TWO.pow(256).subtract(BigInteger.ONE))));
    }

    @Test
    void integersOutOfRangeHaveNoEncoding() {
        assertThrows(BcsException.class, () -> new BcsWriter().u8(256));
        assertThrows(BcsException.class, () -> new BcsWriter().u16(-1));
        assertThrows(BcsException.class, () -> new BcsWriter().u32(1L << 32));
        assertThrows(BcsException.class, () -> new BcsWriter().u128(BigInteger.TWO.pow(128)));
        assertThrows(BcsException.class, () -> new BcsWriter().u256(BigInteger.valueOf(-1)));
        assertThrows(BcsException.class, () -> new BcsWriter().uleb(1L << 32));
    }

    @Test
    void uleb128IsShortest() {
        assertEquals("7f", hex(w -> w.uleb(127)));
        assertEquals("8001", hex(w -> w.uleb(128)));
        assertEquals("ffffffff0f", hex(w -> w.uleb(0xffff_ffffL)));
        assertEquals(0xffff_ffffL, read("ffffffff0f", BcsReader::uleb));
        for (String bad : List.of("8000", "ff00", "80", "8080808010", "ffffffff1f", "ffffffffff01", "")) refused(bad, BcsReader::uleb);
    }

    @Test
    void boolsAndOptionsAreZeroOrOne() {
        refused("02", BcsReader::bool);
        refused("0201", in -> in.option(BcsReader::u8));
        assertEquals(Optional.of(7), read("0107", in -> in.option(BcsReader::u8)));
        assertEquals(Optional.empty(), read("00", in -> in.option(BcsReader::u8)));
    }

    @Test
    void stringsAreValidUtf8() {
        assertEquals("04f09f9a80", hex(w -> w.string("🚀")));
        assertEquals("🚀", read("04f09f9a80", BcsReader::string));
        for (String bad : List.of("02c328", "0561", "02c080", "03eda080", "04f4908080")) refused(bad, BcsReader::string);
        assertThrows(BcsException.class, () -> new BcsWriter().string("\ud800"));
    }

    @Test
    void mapsSortByEncodedKey() {
        var entries = new LinkedHashMap<String, Integer>();
        entries.put("bb", 1);
        entries.put("a", 2);
        entries.put("B", 3);
        var encoded = new BcsWriter().map(entries.entrySet().stream().map(entry -> new BcsWriter.MapEntry(
                new BcsWriter().string(entry.getKey()).toByteArray(), new byte[] {entry.getValue().byteValue()})).toList());
        assertEquals("03" + "014203" + "016102" + "02626201", encoded.toBytes().hex());
        assertEquals(entries, read("03" + "014203" + "016102" + "02626201", in -> in.map(BcsReader::string, BcsReader::u8)));
        refused("0202010105", in -> in.map(BcsReader::u8, BcsReader::u8));
        refused("0201010105", in -> in.map(BcsReader::u8, BcsReader::u8));
        assertThrows(BcsException.class, () -> new BcsWriter().map(List.of(
                new BcsWriter.MapEntry(new byte[] {1}, new byte[0]), new BcsWriter.MapEntry(new byte[] {1}, new byte[0]))));
    }

    @Test
    void leftOverBytesAreRefused() {
        assertThrows(BcsException.class, () -> BcsReader.decode(new byte[] {1, 2}, BcsReader::u8));
    }

    /** A length is only a claim: one byte of input must not make the reader set memory aside for two thousand million. */
    @Test
    void aHugeLengthIsRefusedBeforeItIsBelieved() {
        refused("ffffffff07", BcsReader::bytes);
        refused("ffffffff0f", BcsReader::bytes);
        refused("ffffffff07", in -> in.vector(BcsReader::u64));
        refused("ffffffff07", in -> in.vector(r -> "an empty struct"));
    }

    @Test
    void bytesAreValues() {
        byte[] mine = {1, 2};
        Bytes bytes = Bytes.of(mine);
        mine[0] = 9;
        assertEquals(Bytes.ofHex("0102"), bytes);
        assertEquals(Bytes.ofHex("0102").hashCode(), bytes.hashCode());
        bytes.toArray()[0] = 9;
        assertEquals("0102", bytes.hex());
        assertTrue(Bytes.of(new byte[300]).toString().length() < 100);
    }

    private static String hex(Function<BcsWriter, BcsWriter> writing) {
        return writing.apply(new BcsWriter(1)).toBytes().hex();
    }

    private static <T> T read(String hex, Function<BcsReader, T> value) {
        return BcsReader.decode(Bytes.ofHex(hex).toArray(), value);
    }

    private static void refused(String hex, Function<BcsReader, ?> value) {
        assertThrows(BcsException.class, () -> read(hex, value), hex);
    }
}
