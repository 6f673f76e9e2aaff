package suiload.vectors;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Digest;
import suiload.chain.Signatures;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;
import suiload.json.Json;

/** {@code sui-transactions/1}: complete programmable transactions with bytes, digest and signatures. */
final class TransactionsFile {
    private TransactionsFile() {}

    static void check(Json file, Map<String, SecretKey> keys, Tally tally) {
        for (Json json : Cases.of(file, "transactions")) {
            tally.check("transactions", json.string("id"), () -> transaction(json, keys));
        }
    }

    private static void transaction(Json json, Map<String, SecretKey> keys) {
        TransactionData transaction = TransactionJson.transaction(json);
        byte[] bytes = Base64.getDecoder().decode(json.string("bytes"));
        bytes(json, transaction, Bytes.of(bytes));
        Digest digest = TransactionData.digest(Bytes.of(bytes));
        Mismatch.unlessEqual("digest", json.string("digest"), digest.toString());
        Mismatch.unlessEqual("digestHex", json.string("digestHex"), digest.hex());
        inputs(json);
        typeArguments(json, transaction);
        signatures(json, keys, bytes);
    }

    private static void bytes(Json json, TransactionData transaction, Bytes expected) {
        Mismatch.unlessEqual("bytes", expected.hex(), transaction.encode().hex());
        Mismatch.unlessEqual("sizeBytes", json.integer("sizeBytes", 0, Integer.MAX_VALUE), (long) expected.length());
        var kind = new BcsWriter();
        transaction.writeKind(kind);
        Mismatch.unlessEqual("kindBytes", json.string("kindBytes"), Base64.getEncoder().encodeToString(kind.toByteArray()));
        TransactionData decoded = TransactionData.decode(expected.toArray());
        Mismatch.unlessEqual("decoded transaction", transaction, decoded);
        Mismatch.unlessEqual("encoding of the decoded transaction", expected.hex(), decoded.encode().hex());
    }

    private static void inputs(Json json) {
        position(json.list("inputs"), "input");
        position(json.list("commands"), "command");
        for (Json input : json.list("inputs")) {
            if (!input.string("kind").equals("Pure") || input.find("type").isEmpty() || !input.entries().containsKey("value")) continue;
            ShapeParser.parse(input.string("type")).check(Cases.member(input, "value"), Bytes.ofHex(input.string("bytesHex")));
        }
    }

    private static void position(List<Json> items, String what) {
        for (int i = 0; i < items.size(); i++) {
            long expected = i;
            items.get(i).find("index").ifPresent(index -> Mismatch.unlessEqual("index of " + what, expected, index.asLong()));
        }
    }

    /** What the builder was given as type text must stand, parsed, in the transaction. */
    private static void typeArguments(Json json, TransactionData transaction) {
        List<TypeTag> used = used(transaction);
        for (Json written : Cases.of(json, "typeArgumentsAsWritten")) {
            TypeTag tag = TypeTag.parse(written.asString());
            Mismatch.unless(used.contains(tag), "the type written as '" + written.asString() + "' is not in the transaction");
        }
    }

    private static List<TypeTag> used(TransactionData transaction) {
        List<TypeTag> used = new ArrayList<>();
        for (CallArg input : transaction.inputs()) if (input instanceof CallArg.Withdrawal withdrawal) used.add(withdrawal.coinType());
        for (Command command : transaction.commands()) {
            if (command instanceof Command.MoveCall call) used.addAll(call.typeArguments());
            if (command instanceof Command.MakeMoveVec make) make.type().ifPresent(used::add);
        }
        return used;
    }

    private static void signatures(Json json, Map<String, SecretKey> keys, byte[] bytes) {
        byte[] hash = Signatures.transactionHash(bytes);
        Mismatch.unlessEqual("signingHashHex", json.string("signingHashHex"), Bytes.of(hash).hex());
        String owner = json.get("gasData").string("owner");
        List<Json> signatures = json.list("signatures");
        List<String> roles = signatures.stream().map(signature -> signature.string("role")).sorted().toList();
        Mismatch.unlessEqual("roles of the signatures",
                json.string("sender").equals(owner) ? List.of("sender") : List.of("sender", "sponsor"), roles);
        for (Json signature : signatures) {
            SecretKey key = keys.get(signature.string("key"));
            Mismatch.unless(key != null, "key '" + signature.string("key") + "' is not in the keys file");
            String role = signature.string("role");
            String account = Address.ofPublicKey(key.publicKey()).toString();
            Mismatch.unlessEqual("address of the " + role, signature.string("address"), account);
            Mismatch.unlessEqual("the " + role, role.equals("sponsor") ? owner : json.string("sender"), account);
            KeysFile.signature(signature.string("signature"), key, hash);
        }
    }
}
