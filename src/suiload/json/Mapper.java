package suiload.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** Jackson, configured once. Its readers and writers are immutable and thread-safe. */
final class Mapper {
    /** Far above any u64 or decimal we read: a megabyte of digits would cost seconds to convert. */
    private static final int NUMBER_DIGITS_MAX = 100;

    private static final JsonMapper MAPPER = mapper();

    static final ObjectReader READER = MAPPER.reader();
    static final ObjectWriter WRITER = MAPPER.writer();
    static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

    private Mapper() {}

    private static JsonMapper mapper() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(Json.DEPTH_MAX)
                .maxNumberLength(NUMBER_DIGITS_MAX)
                .build();
        // The standard pool is a thread local: with a virtual thread per request it would make new buffers for every answer.
        JsonFactory factory = JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .addModule(new SimpleModule().addSerializer(Json.class, new OfJson()).addSerializer(Optional.class, new OfOptional()))
                .build();
    }

    private static final class OfJson extends StdSerializer<Json> {
        private static final long serialVersionUID = 1;

        OfJson() {
            super(Json.class);
        }

        @Override
        public void serialize(Json value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeTree(value.node());
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class OfOptional extends StdSerializer<Optional> {
        private static final long serialVersionUID = 1;

        OfOptional() {
            super(Optional.class);
        }

        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                provider.defaultSerializeValue(value.get(), out);
            } else {
                out.writeNull();
            }
        }
    }
}
