package suiload.bench;

import com.google.protobuf.FieldMask;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Struct;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import suiload.chain.Address;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.Mode;
import suiload.grpcweb.proto.BatchGetObjectsRequest;
import suiload.grpcweb.proto.GetObjectRequest;
import suiload.grpcweb.proto.GetObjectResponse;
import suiload.grpcweb.proto.ListDynamicFieldsRequest;
import suiload.http.RawConnection;

/**
 * How fast a running embedded network answers polls of channels, whatever is in them: {@code ChannelPolls PORT CHANNEL…} prints the median
 * time of each call for each channel. For a channel of a million messages see {@link LedgerBench}.
 */
public final class ChannelPolls {
    private static final int ROUNDS = 3_000;
    private static final int LATEST = 10;

    private final RawConnection connection;

    private ChannelPolls(RawConnection connection) {
        this.connection = connection;
    }

    public static void main(String[] arguments) throws IOException {
        try (var connection = new RawConnection(Integer.parseInt(arguments[0]))) {
            var polls = new ChannelPolls(connection);
            // Twice: the first time warms up.
            for (int i = 0; i < 2; i++) for (String channel : List.of(arguments).subList(1, arguments.length)) polls.print(channel, i == 1);
        }
    }

    private void print(String channel, boolean aloud) throws IOException {
        var read = GetObjectRequest.newBuilder().setObjectId(channel)
                .setReadMask(FieldMask.newBuilder().addPaths("version").addPaths("contents").addPaths("json")).build();
        Struct json = GetObjectResponse.parseFrom(call("LedgerService/GetObject", read)).getObject().getJson().getStructValue();
        long count = Long.parseLong(json.getFieldsOrThrow("messages_count").getStringValue());
        Struct table = json.getFieldsOrThrow("messages").getStructValue().getFieldsOrThrow("contents").getStructValue();
        Address messages = Address.parse(table.getFieldsOrThrow("id").getStringValue());
        var latest = BatchGetObjectsRequest.newBuilder().setReadMask(FieldMask.newBuilder().addPaths("object_id").addPaths("contents"));
        for (long i = 1; i <= LATEST; i++) {
            // Of an empty channel ten that are not there: as many look-ups.
            Address id = Address.tableEntry(messages, Math.max(count, LATEST) - i);
            latest.addRequests(GetObjectRequest.newBuilder().setObjectId(id.toString()));
        }
        var fields = ListDynamicFieldsRequest.newBuilder().setParent(messages.toString()).setPageSize(LATEST).build();
        double channelMicros = median("LedgerService/GetObject", read);
        double latestMicros = median("LedgerService/BatchGetObjects", latest.build());
        double fieldsMicros = median("StateService/ListDynamicFields", fields);
        if (!aloud) return;
        System.out.printf("channel of %,d messages: GetObject %,.0f µs, BatchGetObjects of the latest %d %,.0f µs, "
                + "ListDynamicFields first page %,.0f µs%n", count, channelMicros, LATEST, latestMicros, fieldsMicros);
    }

    private double median(String method, MessageLite request) throws IOException {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            call(method, request);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2] / 1e3;
    }

    private byte[] call(String method, MessageLite request) throws IOException {
        byte[] body = Frames.encode(Mode.BINARY, Frame.message(request.toByteArray()));
        RawConnection.Answer answer = connection.send("POST /sui.rpc.v2." + method + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + Mode.BINARY.contentType() + "\r\nContent-Length: " + body.length + "\r\n\r\n").send(body).answer();
        List<Frame> frames = Frames.decode(Mode.BINARY, answer.body());
        if (frames.size() != 2) throw new IOException(method + ": " + answer.status() + " " + answer.headers());
        return frames.getFirst().payload();
    }
}
