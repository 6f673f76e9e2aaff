package suiload.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import suiload.json.Json;
import suiload.json.JsonException;

/** {@code suiload vectors FILE…}: checks golden-vector files and ends with {@code N passed, N failed}. */
public final class VectorsMain {
    private VectorsMain() {}

    /** Far above the largest golden file (0.7 MB): a path mistyped to something huge is refused, not read. */
    private static final long MAX_FILE_BYTES = 64L << 20;

    /** @return 0 when every case of every file holds, else 1; 2 without a file */
    public static int run(String[] files) {
        if (files.length == 0) {
            System.err.println("usage: suiload vectors FILE…");
            return 2;
        }
        int passed = 0;
        int failed = 0;
        for (String file : files) {
            Tally tally = check(Path.of(file));
            System.out.println(file + ": " + tally.counts());
            tally.failures().forEach(failure -> System.out.println("  FAILED " + failure));
            passed += tally.passed();
            failed += tally.failed();
        }
        System.out.println(passed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    static Tally check(Path file) {
        var tally = new Tally();
        try {
            dispatch(read(file), file, tally);
        } catch (IOException | RuntimeException e) {
            tally.broken("cannot check this file: " + reason(e));
        }
        if (tally.passed() + tally.failed() == 0) tally.broken("the file holds no case");
        return tally;
    }

    private static void dispatch(Json json, Path file, Tally tally) throws IOException {
        String format = json.string("format");
        switch (format) {
            case "sui-keys/1" -> {
                Cases.onlyKnown(json, tally, Set.of("messages", "keys", "invalidPrivateKeys", "invalidSignatures"));
                KeysFile.check(json, tally);
            }
            case "sui-bcs/1" -> {
                Cases.onlyKnown(json, tally, Set.of("vectors", "decodeErrors"));
                BcsFile.check(json, tally);
            }
            case "sui-transactions/1" -> {
                Cases.onlyKnown(json, tally, Set.of("transactions"));
                TransactionsFile.check(json, KeysFile.keys(read(file.resolveSibling(json.string("keysFile")))), tally);
            }
            case "sui-ids/1" -> {
                Cases.onlyKnown(json, tally, Set.of("createdObjectIds", "dynamicFieldIds", "dynamicObjectFieldIds", "derivedObjectIds",
                        "digests", "invalidDigests", "transactionDigests", "objectDigests"));
                IdsFile.check(json, tally);
            }
            default -> tally.broken("unknown format '" + format + "'; known are sui-keys/1, sui-bcs/1, sui-transactions/1, sui-ids/1");
        }
    }

    private static Json read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) throw new IOException(file + " is over " + MAX_FILE_BYTES + " bytes");
        return Json.parse(Files.readAllBytes(file));
    }

    private static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case JsonException malformed -> (malformed.field().equals("body") ? "it" : malformed.field()) + " " + malformed.getMessage();
            default -> e.getClass().getSimpleName() + ": " + e.getMessage();
        };
    }
}
