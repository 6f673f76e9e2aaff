package suiload.messaging;

import java.util.Locale;
import java.util.OptionalLong;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.MoveAbort;
import suiload.http.HttpError;
import suiload.json.Json;
import suiload.sui.NodeException;
import suiload.transactions.FailureText;
import suiload.transactions.Outcome;
import suiload.transactions.Reply;

/** What a client is told of a transaction that did not do what was meant. */
final class Failures {
    private final Contract contract;

    Failures(Contract contract) {
        this.contract = contract;
    }

    /** @param requestId of the request that wanted the transaction: part of the kept answer */
    Reply reply(Outcome.Failed failed, String requestId) {
        return reply(error(failed.failure().error()), requestId, OptionalLong.of(failed.executed().gasCost()));
    }

    Reply reply(Outcome.Refused refused, String requestId) {
        return reply(error(refused.kind(), refused.text()), requestId, OptionalLong.empty());
    }

    private static Reply reply(HttpError error, String requestId, OptionalLong gasCost) {
        byte[] body = Json.bytes(Json.object(
                "error", error.error(), "details", error.details(), "code", error.code(), "request_id", requestId));
        return new Reply(error.status(), Bytes.of(body), gasCost);
    }

    private HttpError error(ExecutionError error) {
        return switch (error) {
            case MoveAbort(var location, long code) when location.packageId().equals(contract.packageId())
                    || location.packageId().equals(contract.typesId()) ->
                    aborted("The messaging contract aborted in module " + location.module(), code, meaning(location.module(), code));
            case MoveAbort(var location, long code) when location.packageId().equals(Address.SUI_FRAMEWORK) ->
                    aborted("The Sui framework aborted in module " + location.module(), code, frameworkMeaning(location.module(), code));
            case MoveAbort(var location, long code) ->
                    aborted("Package " + location.packageId() + " aborted in module " + location.module(), code, "unknown");
            case ExecutionError.Plain plain when plain == ExecutionError.Plain.INSUFFICIENT_GAS -> insufficientGas(
                    "The transaction needed more gas than its budget.");
            case ExecutionError.Congestion congestion -> HttpError.badGateway("congested",
                    "The network cancelled the transaction because the channel is congested. Please try again.");
            default -> HttpError.unprocessable("execution_failed", "Transaction failed", "Execution failed: " + FailureText.of(error) + ".");
        };
    }

    private static HttpError error(NodeException.Kind kind, String text) {
        return switch (kind) {
            case INSUFFICIENT_GAS -> insufficientGas(text);
            case INVALID -> HttpError.unprocessable("transaction_invalid", "Transaction refused by the network", text);
            case STALE, CONFLICT -> HttpError.badGateway("transaction_" + kind.name().toLowerCase(Locale.ROOT),
                    text + " Nothing was executed. Please try again.");
        };
    }

    private static HttpError aborted(String where, long code, String meaning) {
        return HttpError.unprocessable("contract_aborted", "Contract aborted", where + " with code " + code + ": " + meaning + ".");
    }

    private static HttpError insufficientGas(String details) {
        return HttpError.unprocessable("insufficient_gas", "Insufficient gas",
                details + " Fund the sender: POST /users/fund, or a transfer of SUI to its address.");
    }

    /** facts: messaging-contract.md section 2.4. */
    private static String meaning(String module, long code) {
        return switch (module + " " + code) {
            case "channel 0" -> "the creator cap belongs to another channel";
            case "channel 1" -> "the sender's member cap is not one of a member of this channel";
            case "channel 2" -> "a channel cannot have so many members";
            case "channel 3" -> "the channel has no encryption key yet";
            case "channel 4" -> "the message is too long";
            case "channel 5" -> "the message has too many attachments";
            case "channel 6" -> "the nonce is longer than 12 bytes";
            case "auth 0" -> "the sender may not change the channel's members";
            case "auth 420" -> "the channel has as many members as it can have";
            case "encryption_key_history 0" -> "the encryption key is longer than 512 bytes";
            case "encryption_key_history 1" -> "the sender may not change the channel's key";
            case "member_cap 0" -> "the caps belong to different channels";
            case "member_cap 1" -> "there are not as many caps as recipients";
            default -> "unknown";
        };
    }

    private static String frameworkMeaning(String module, long code) {
        return switch (module + " " + code) {
            case "vec_map 0" -> "a key comes twice";
            case "vec_map 1" -> "the sender's member cap was removed from the channel";
            default -> "unknown";
        };
    }
}
