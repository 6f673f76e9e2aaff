package suiload.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Effects;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;

/** Funded accounts, each with a channel of its own and ten members in it, and the messages that they sign. The same on every run. */
final class Chatters {
    static final int CIPHERTEXT_BYTES = 93;
    private static final Address PKG = Address.parse("0x984960ebddd75c15c6d38355ac462621db0ffc7d6647214c802cd3b685e1af3d");
    private static final TypeTag ATTACHMENT = TypeTag.of(StructTag.of(PKG, "attachment", "Attachment"));
    private static final long PRICE = 1_000;
    private static final long FUNDING = 10_000_000_000_000L;
    private static final long BUDGET = 1_000_000_000L;
    private static final int MEMBERS = 9;

    private Chatters() {}

    /** One account: what it keeps from the effects of its last transaction. One thread at a time. */
    static final class Chatter {
        private final SecretKey key;
        private ObjectRef coin;
        private ObjectRef cap;
        private Address channel;
        private long initialVersion;

        private Chatter(SecretKey key) {
            this.key = key;
        }

        private Address address() {
            return Address.ofPublicKey(key.publicKey());
        }

        Address channel() {
            return channel;
        }

        /** The next message, as the service sends it: an empty vector of attachments, then {@code send_message}. */
        SignedTransaction message() {
            List<CallArg> inputs = List.of(new CallArg.Shared(channel, initialVersion, CallArg.Mutability.MUTABLE),
                    new CallArg.Owned(cap), bytes(CIPHERTEXT_BYTES), bytes(12), CallArg.clock());
            List<Command> commands = List.of(
                    new Command.MoveCall(Address.MOVE_STDLIB, "vector", "empty", List.of(ATTACHMENT), List.of()),
                    call("channel", "send_message", input(0), input(1), input(2), input(3), new Argument.Result(0), input(4)));
            return SignedTransaction.sign(data(key, inputs, commands, coin), key);
        }

        /** Takes over the references that its last transaction left. @throws IllegalStateException when that failed */
        void settle(Effects effects) {
            if (!effects.status().success()) throw new IllegalStateException(effects.status().toString());
            coin = effects.gasCoin().orElseThrow();
            if (cap != null) cap = effects.written(cap.id()).orElseThrow();
        }
    }

    /**
     * Funds {@code count} accounts and makes their channels.
     *
     * @param coin of {@code funder}, rich enough
     * @param execute runs a transaction and waits for it
     */
    static List<Chatter> create(int count, SecretKey funder, ObjectRef coin, Function<SignedTransaction, Effects> execute) {
        List<Chatter> chatters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) i;
            seed[1] = (byte) (i >> 8);
            chatters.add(new Chatter(SecretKey.ofSeed(seed)));
        }
        ObjectRef rest = coin;
        for (int i = 0; i < count; i++) {
            rest = fund(chatters.get(i), funder, rest, execute);
            open(chatters, i, execute);
        }
        return chatters;
    }

    private static ObjectRef fund(Chatter chatter, SecretKey funder, ObjectRef coin, Function<SignedTransaction, Effects> execute) {
        List<CallArg> inputs = List.of(CallArg.pure(new BcsWriter().u64(FUNDING)), pure(chatter.address()));
        List<Command> commands = List.of(new Command.SplitCoins(new Argument.GasCoin(), List.of(input(0))),
                new Command.TransferObjects(List.of(new Argument.NestedResult(0, 0)), input(1)));
        SignedTransaction signed = SignedTransaction.sign(data(funder, inputs, commands, coin), funder);
        Effects effects = execute.apply(signed);
        chatter.coin = effects.written(Address.created(signed.digest(), 0)).orElseThrow();
        return effects.gasCoin().orElseThrow();
    }

    /** Ten members, as the recorded runs have; the creator does the sending. */
    private static void open(List<Chatter> all, int index, Function<SignedTransaction, Effects> execute) {
        Chatter creator = all.get(index);
        List<Address> members = new ArrayList<>();
        for (int i = 1; i <= MEMBERS; i++) members.add(all.get((index + i) % all.size()).address());
        List<CallArg> inputs = List.of(CallArg.clock(), CallArg.pure(new BcsWriter().u64(members.size())), bytes(392),
                pure(creator.address()), CallArg.pure(new BcsWriter().vector(members, (w, address) -> address.write(w))));
        Argument channel = new Argument.NestedResult(1, 0);
        Argument creatorCap = new Argument.NestedResult(1, 1);
        Argument memberCap = new Argument.NestedResult(1, 2);
        List<Command> commands = List.of(call("config", "none"), call("channel", "new", new Argument.Result(0), input(0)),
                call("channel", "add_members", channel, memberCap, input(1), input(0)),
                call("channel", "add_encrypted_key", channel, memberCap, input(2)), call("channel", "share", channel, creatorCap),
                call("member_cap", "transfer_to_recipient", memberCap, creatorCap, input(3)),
                call("member_cap", "transfer_member_caps", input(4), new Argument.Result(2), creatorCap),
                call("creator_cap", "transfer_to_sender", creatorCap));
        SignedTransaction signed = SignedTransaction.sign(data(creator.key, inputs, commands, creator.coin), creator.key);
        Effects effects = execute.apply(signed);
        creator.settle(effects);
        creator.channel = Address.created(signed.digest(), 0);
        creator.initialVersion = effects.lamportVersion();
        creator.cap = effects.written(Address.created(signed.digest(), 2)).orElseThrow();
    }

    private static CallArg pure(Address address) {
        return CallArg.pure(new BcsWriter().fixed(address.bytes()));
    }

    private static CallArg bytes(int count) {
        return CallArg.pure(new BcsWriter(count + 2).bytes(new byte[count]));
    }

    private static Argument input(int index) {
        return new Argument.Input(index);
    }

    private static Command call(String module, String function, Argument... arguments) {
        return new Command.MoveCall(PKG, module, function, List.of(), List.of(arguments));
    }

    private static TransactionData data(SecretKey sender, List<CallArg> inputs, List<Command> commands, ObjectRef coin) {
        Address address = Address.ofPublicKey(sender.publicKey());
        return new TransactionData(inputs, commands, address, new GasData(List.of(coin), address, PRICE, BUDGET), new Expiration.None());
    }
}
