package suiload.torture;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import suiload.chain.Address;
import suiload.crypto.Envelope;
import suiload.crypto.MasterKey;
import suiload.crypto.SecretKey;

/** K2: every bit flip of a hundred envelopes, and every swap between them. */
final class SecretsBind implements Promise {
    private static final int ROWS = 100;

    private record SealedRow(Address address, byte[] sealed) {}

    @Override
    public String id() {
        return "K2";
    }

    @Override
    public String promised() {
        return "sealed secrets bind to their row: every bit flip and every swap is refused";
    }

    @Override
    public Measured run(long seed) {
        var random = new SecureRandom();
        MasterKey key = MasterKey.generate(1, random);
        List<SealedRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            SecretKey secret = SecretKey.generate(random);
            Address address = Address.ofPublicKey(secret.publicKey());
            rows.add(new SealedRow(address, Envelope.seal(key, secret.seed(), address.bytes(), random)));
        }
        long flips = rows.stream().mapToLong(row -> flipsOpened(key, row)).sum();
        long swaps = rows.stream().mapToLong(row -> rows.stream().filter(other -> other != row && opens(key, other.sealed(), row.address())).count()).sum();
        return new Measured.Findings()
                .add(rows.stream().allMatch(row -> opens(key, row.sealed(), row.address())), "%d open in their place", ROWS)
                .add(flips == 0, "%d of %d flipped ones open", flips, ROWS * rows.getFirst().sealed().length * 8)
                .add(swaps == 0, "%d of %d swapped ones open", swaps, ROWS * (ROWS - 1)).measured();
    }

    private static long flipsOpened(MasterKey key, SealedRow row) {
        long opened = 0;
        for (int bit = 0; bit < row.sealed().length * 8; bit++) {
            byte[] altered = row.sealed().clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            if (opens(key, altered, row.address())) opened++;
        }
        return opened;
    }

    private static boolean opens(MasterKey key, byte[] sealed, Address address) {
        try {
            Envelope.open(key, sealed, address.bytes());
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
