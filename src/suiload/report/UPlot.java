package suiload.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The chart library, out of its web jar on the class path: pages carry it inline and open offline. */
final class UPlot {
    private UPlot() {}

    private static final String SCRIPT = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js";
    private static final String STYLE = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.min.css";

    static String script() {
        return text(SCRIPT);
    }

    static String style() {
        return text(STYLE);
    }

    private static String text(String resource) {
        try (InputStream in = UPlot.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("not on the class path: " + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
