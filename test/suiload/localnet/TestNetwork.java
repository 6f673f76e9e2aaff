package suiload.localnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.ChangedObject;
import suiload.chain.Command;
import suiload.chain.Effects;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;

/** A ledger in a folder of its own with a clock that a test moves, and what a client of it does. */
final class TestNetwork implements AutoCloseable {
    static final Address PKG = MessagingInterface.ID;
    static final StructTag CHANNEL = StructTag.of(PKG, "channel", "Channel");
    static final StructTag MEMBER_CAP = StructTag.of(PKG, "member_cap", "MemberCap");
    static final StructTag CREATOR_CAP = StructTag.of(PKG, "creator_cap", "CreatorCap");
    static final TypeTag ATTACHMENT = TypeTag.of(StructTag.of(PKG, "attachment", "Attachment"));
    static final long START_MS = 1_750_000_000_000L;
    static final long PRICE = 1_000;
    static final long BUDGET = 500_000_000;

    final Path directory;
    final AtomicLong nowMs = new AtomicLong(START_MS);
    Ledger ledger;

    private TestNetwork(Path directory) {
        this.directory = directory;
        open();
    }

    static TestNetwork create() throws IOException {
        return new TestNetwork(Files.createTempDirectory("suiload-ledger"));
    }

    void open() {
        ledger = Ledger.open(new LedgerConfig(directory, () -> Instant.ofEpochMilli(nowMs.get()), seeded(), Duration.ZERO,
                LedgerConfig.Durability.PROCESS));
    }

    private static SecureRandom seeded() {
        return new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 42);
            }
        };
    }

    void reopen() {
        ledger.close();
        open();
    }

    @Override
    public void close() throws IOException {
        ledger.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    SecretKey funder() {
        return ledger.fundedKey();
    }

    static SecretKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >>> 8);
        seed[31] = 1;
        return SecretKey.ofSeed(seed);
    }

    static Address address(SecretKey key) {
        return Address.ofPublicKey(key.publicKey());
    }

    /** The live reference. */
    ObjectRef ref(Address id) {
        return ledger.object(id).orElseThrow().ref();
    }

    List<LedgerObject> coins(Address owner) {
        return ledger.owned(owner, Optional.of(StructTag.SUI_COIN), Optional.empty(), 1000).items();
    }

    /** The sender's largest coin as gas, the default price and budget. */
    ExecutedTransaction run(SecretKey sender, Ptb ptb) {
        return execute(data(sender, ptb), sender);
    }

    TransactionData data(SecretKey sender, Ptb ptb) {
        return data(sender, ptb, List.of(coins(address(sender)).getFirst().ref()), BUDGET);
    }

    static TransactionData data(SecretKey sender, Ptb ptb, List<ObjectRef> payment, long budget) {
        return new TransactionData(ptb.inputs, ptb.commands, address(sender), new GasData(payment, address(sender), PRICE, budget),
                new Expiration.None());
    }

    ExecutedTransaction execute(TransactionData data, SecretKey... signers) {
        SignedTransaction signed = SignedTransaction.sign(data, signers);
        return ledger.execute(signed.transaction(), signed.signatures());
    }

    /** Gives an account one coin of {@code amount} MIST. */
    void fund(SecretKey account, long amount) {
        var ptb = new Ptb();
        ptb.transfer(address(account), ptb.split(new Argument.GasCoin(), amount));
        require(run(funder(), ptb));
    }

    static ExecutedTransaction require(ExecutedTransaction transaction) {
        if (!transaction.effects().status().success()) throw new AssertionError(transaction.effects().status());
        return transaction;
    }

    /** A channel with its creator's and members' capabilities; {@code caps} are in the order of the members, creator first. */
    record Channel(Address id, long initialVersion, Address creatorCap, List<Address> caps) {}

    /** One transaction: create with members and key, share, hand out. */
    Channel createChannel(SecretKey creator, List<Address> members, int keyBytes) {
        ExecutedTransaction created = require(run(creator, creation(creator, members, keyBytes)));
        return channelOf(created, members.size());
    }

    static Channel channelOf(ExecutedTransaction created, int members) {
        List<Address> caps = new ArrayList<>(List.of(Address.created(created.digest(), 2)));
        for (int i = 0; i < members; i++) caps.add(Address.created(created.digest(), 5 + members - i));
        return new Channel(Address.created(created.digest(), 0), created.effects().lamportVersion(),
                Address.created(created.digest(), 1), caps);
    }

    static Ptb creation(SecretKey creator, List<Address> members, int keyBytes) {
        return creation(creator, members, keyBytes, ptb -> ptb.call("config", "none"));
    }

    /** A config of its own as {@code Option<Config>}. */
    static Argument config(Ptb ptb, long maxMembers, long maxText, long maxAttachments, boolean events) {
        Argument no = ptb.pure(new BcsWriter().bool(false));
        Argument config = ptb.call("config", "new", ptb.u64(maxMembers), ptb.u64(3), ptb.u64(maxText), ptb.u64(maxAttachments), no, no,
                ptb.pure(new BcsWriter().bool(events)));
        return ptb.generic(Address.MOVE_STDLIB, "option", "some", List.of(TypeTag.of(StructTag.of(PKG, "config", "Config"))), config);
    }

    static Ptb creation(SecretKey creator, List<Address> members, int keyBytes, Function<Ptb, Argument> configuration) {
        var ptb = new Ptb();
        Argument clock = ptb.input(CallArg.clock());
        Argument config = configuration.apply(ptb);
        int created = ptb.commands.size();
        ptb.call("channel", "new", config, clock);
        Argument channel = new Argument.NestedResult(created, 0);
        Argument creatorCap = new Argument.NestedResult(created, 1);
        Argument memberCap = new Argument.NestedResult(created, 2);
        Argument caps = members.isEmpty() ? null : ptb.call("channel", "add_members", channel, memberCap, ptb.u64(members.size()), clock);
        if (keyBytes > 0) ptb.call("channel", "add_encrypted_key", channel, memberCap, ptb.bytes(new byte[keyBytes]));
        ptb.call("channel", "share", channel, creatorCap);
        ptb.call("member_cap", "transfer_to_recipient", memberCap, creatorCap, ptb.address(address(creator)));
        if (caps != null) ptb.call("member_cap", "transfer_member_caps", ptb.addresses(members), caps, creatorCap);
        ptb.call("creator_cap", "transfer_to_sender", creatorCap);
        return ptb;
    }

    ExecutedTransaction send(SecretKey sender, Channel channel, Address cap, byte[] ciphertext) {
        return run(sender, sending(channel, ref(cap), ciphertext));
    }

    static Ptb sending(Channel channel, ObjectRef cap, byte[] ciphertext) {
        var ptb = new Ptb();
        Argument shared = ptb.input(new CallArg.Shared(channel.id, channel.initialVersion, CallArg.Mutability.MUTABLE));
        Argument member = ptb.input(new CallArg.Owned(cap));
        Argument text = ptb.bytes(ciphertext);
        Argument nonce = ptb.bytes(new byte[12]);
        Argument clock = ptb.input(CallArg.clock());
        Argument none = ptb.generic(Address.MOVE_STDLIB, "vector", "empty", List.of(ATTACHMENT));
        ptb.call("channel", "send_message", shared, member, text, nonce, none, clock);
        return ptb;
    }

    /** A transaction under construction. */
    static final class Ptb {
        final List<CallArg> inputs = new ArrayList<>();
        final List<Command> commands = new ArrayList<>();

        Argument input(CallArg input) {
            inputs.add(input);
            return new Argument.Input(inputs.size() - 1);
        }

        Argument pure(BcsWriter value) {
            return input(CallArg.pure(value));
        }

        Argument u64(long value) {
            return pure(new BcsWriter().u64(value));
        }

        Argument bytes(byte[] value) {
            return pure(new BcsWriter().bytes(value));
        }

        Argument address(Address value) {
            return pure(new BcsWriter().fixed(value.bytes()));
        }

        Argument addresses(List<Address> values) {
            return pure(new BcsWriter().vector(values, (w, address) -> address.write(w)));
        }

        Argument owned(ObjectRef ref) {
            return input(new CallArg.Owned(ref));
        }

        /** Calls a function of the messaging package; the result. */
        Argument call(String module, String function, Argument... arguments) {
            return generic(PKG, module, function, List.of(), arguments);
        }

        Argument generic(Address packageId, String module, String function, List<TypeTag> types, Argument... arguments) {
            return command(new Command.MoveCall(packageId, module, function, types, List.of(arguments)));
        }

        Argument command(Command command) {
            commands.add(command);
            return new Argument.Result(commands.size() - 1);
        }

        Argument split(Argument coin, long amount) {
            return command(new Command.SplitCoins(coin, List.of(u64(amount))));
        }

        void transfer(Address recipient, Argument... objects) {
            command(new Command.TransferObjects(List.of(objects), address(recipient)));
        }
    }

    /** Ids of created objects with this owner. */
    static List<Address> created(Effects effects, Address owner) {
        return effects.changedObjects().stream()
                .filter(change -> change.operation() == ChangedObject.IdOperation.CREATED
                        && change.output() instanceof ChangedObject.Output.ObjectWrite write
                        && write.owner().equals(new Owner.AddressOwner(owner)))
                .map(ChangedObject::id).toList();
    }
}
