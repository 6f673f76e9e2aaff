package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import suiload.chain.Argument;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.TransactionData;

/** Goal: budgets are estimated as nodes do it. Method: one payment at two prices. */
class GasSelectionTest {
    private static long budget(TestNetwork network, long price) {
        var ptb = new TestNetwork.Ptb();
        ptb.transfer(address(key(1)), ptb.split(new Argument.GasCoin(), 1));
        var sender = address(network.funder());
        var gas = new GasData(List.of(), sender, price, 0);
        var data = new TransactionData(ptb.inputs, ptb.commands, sender, gas, new Expiration.None());
        return new GasSelection(network.ledger).select(data, false).gas().budget();
    }

    @Test
    void onlyTheComputationCountsAtTheOfferedPrice() throws IOException {
        try (TestNetwork network = TestNetwork.create()) {
            long units = 1_000;
            assertEquals(units * 99 * TestNetwork.PRICE, budget(network, 100 * TestNetwork.PRICE) - budget(network, TestNetwork.PRICE));
        }
    }
}
