package suiload.localnet;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One procedure of the node: how its request is read and what answers it. */
sealed interface Rpc {
    /** Answered from a view of the state; nothing changes. */
    record Read(CallKind kind, BiFunction<byte[], Replica, MessageLite> answer) implements Rpc {}

    /** The one that changes the state, in two steps, so that weather can come between them. */
    record Execute() implements Rpc {}

    /** Answered by a stream of checkpoints. */
    record Subscribe() implements Rpc {}

    static <Q> Rpc read(Parser<Q> parser, BiFunction<Q, Replica, MessageLite> answer) {
        return new Read(CallKind.READ, (bytes, replica) -> answer.apply(RequestFrame.parse(parser, bytes), replica));
    }

    static <Q> Rpc simulate(Parser<Q> parser, Function<Q, MessageLite> answer) {
        return new Read(CallKind.SIMULATE, (bytes, replica) -> answer.apply(RequestFrame.parse(parser, bytes)));
    }

    default CallKind kind() {
        return switch (this) {
            case Read read -> read.kind;
            case Execute() -> CallKind.EXECUTE;
            case Subscribe() -> CallKind.STREAM;
        };
    }
}
