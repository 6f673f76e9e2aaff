package suiload.transactions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionStatus;

class FailureTextTest {
    @Test
    void aFailureIsToldInWords() {
        var location = new ExecutionError.MoveLocation(Address.ofShort(5), "channel", 3, 7, Optional.of("send_message"));
        var abort = new ExecutionStatus.Failure(new ExecutionError.MoveAbort(location, 1), Optional.of(0L));
        assertEquals("move abort with code 1 in " + Address.ofShort(5) + "::channel::send_message in command 0", FailureText.of(abort));
        assertEquals("insufficient gas", FailureText.of(new ExecutionStatus.Failure(ExecutionError.Plain.INSUFFICIENT_GAS, Optional.empty())));
        assertEquals("address denied for coin", FailureText.of(new ExecutionError.AddressDeniedForCoin(Address.ofShort(1), "0x2::a::B")));
    }
}
