package suiload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which build this is. */
final class Version {
    private Version() {}

    /** The version in {@code conf/version} when this was built. */
    static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/META-INF/suiload-version")) {
            if (in == null) throw new IllegalStateException("built without build.sh: no META-INF/suiload-version");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
