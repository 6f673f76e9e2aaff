import assert from 'node:assert/strict';
import { bcs } from '@mysten/sui/bcs';
import { requestSuiFromFaucetV2 } from '@mysten/sui/faucet';
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { coinWithBalance, ParallelTransactionExecutor, SerialTransactionExecutor, Transaction } from '@mysten/sui/transactions';
import { thrown } from './checks.mjs';

/** Building, signing, executing and simulating. */
export async function transactions({ client, network, check }) {
    const key = new Ed25519Keypair();
    const sender = key.toSuiAddress();
    const friend = new Ed25519Keypair().toSuiAddress();
    await requestSuiFromFaucetV2({ host: network.faucet, recipient: sender });
    const send = (tx, include = { effects: true }) => client.core.signAndExecuteTransaction({ transaction: tx, signer: key, include });
    const splitTo = (recipient, amount = 1_000_000) => {
        const tx = new Transaction();
        tx.setSenderIfNotSet(sender);
        const [coin] = tx.splitCoins(tx.gas, [amount]);
        tx.transferObjects([coin], recipient);
        return tx;
    };

    await check('split and transfer, gas chosen by the network; coins are smashed', async () => {
        const result = await send(splitTo(friend), { effects: true, events: true, balanceChanges: true, objectTypes: true, transaction: true, bcs: true });
        assert.equal(result.$kind, 'Transaction');
        const { effects, balanceChanges, transaction } = result.Transaction;
        assert.equal(effects.status.success, true);
        assert.equal(balanceChanges.find((change) => change.address === friend).amount, '1000000');
        assert.equal(transaction.gasData.payment.length, 5);
        assert.equal(effects.changedObjects.filter((change) => change.idOperation === 'Deleted').length, 4);
        await client.core.waitForTransaction({ digest: result.Transaction.digest });
        assert.equal((await client.core.listCoins({ owner: sender })).objects.length, 1);
    });
    await check('effects V2 parse, and their digest is what the node says', async () => {
        const result = await send(splitTo(friend), { effects: true });
        const effects = result.Transaction.effects;
        const parsed = bcs.TransactionEffects.parse(effects.bcs);
        assert.equal(parsed.V2.transactionDigest, result.Transaction.digest);
        assert.equal(parsed.V2.lamportVersion, effects.lamportVersion ?? parsed.V2.lamportVersion);
        const { response } = await client.ledgerService.getTransaction({ digest: result.Transaction.digest, readMask: { paths: ['effects'] } });
        assert.deepEqual(Buffer.from(response.transaction.effects.bcs.value), Buffer.from(effects.bcs));
    });
    await check('the same signed bytes give the same answer', async () => {
        const bytes = await splitTo(friend).build({ client });
        const { signature } = await key.signTransaction(bytes);
        const first = await client.core.executeTransaction({ transaction: bytes, signatures: [signature], include: { effects: true } });
        const again = await client.core.executeTransaction({ transaction: bytes, signatures: [signature], include: { effects: true } });
        assert.equal(first.Transaction.digest, again.Transaction.digest);
        assert.deepEqual(first.Transaction.effects.bcs, again.Transaction.effects.bcs);
    });
    await check('a stale reference and a wrong signature are refused with their texts', async () => {
        const stale = await splitTo(friend).build({ client });
        const staleSigned = await key.signTransaction(stale);
        // Another amount: with the same one it would be the same transaction.
        await send(splitTo(friend, 7));
        const refused = await thrown(() => client.core.executeTransaction({ transaction: stale, signatures: [staleSigned.signature] }));
        assert.equal(refused.code, 'INVALID_ARGUMENT');
        assert.match(decodeURIComponent(refused.message), /unavailable for consumption/);
        const bytes = await splitTo(friend).build({ client });
        const { signature } = await new Ed25519Keypair().signTransaction(bytes);
        assert.equal((await thrown(() => client.core.executeTransaction({ transaction: bytes, signatures: [signature] }))).code, 'INVALID_ARGUMENT');
    });
    await check('payment set, budget unset: the given coin stays', async () => {
        const { objects: [coin] } = await client.core.listCoins({ owner: sender });
        const tx = splitTo(friend);
        tx.setGasPayment([{ objectId: coin.objectId, version: coin.version, digest: coin.digest }]);
        await tx.build({ client });
        assert.deepEqual(tx.getData().gasData.payment.map((ref) => ref.objectId), [coin.objectId]);
        assert.ok(BigInt(tx.getData().gasData.budget) < 10_000_000n);
    });
    await check('budget and price set: coins are selected, the budget stays', async () => {
        const tx = splitTo(friend);
        tx.setGasBudget(20_000_000);
        tx.setGasPrice(1000);
        await tx.build({ client });
        assert.equal(tx.getData().gasData.budget, '20000000');
        assert.equal(tx.getData().gasData.payment.length, 1);
    });
    await check('too poor', async () => {
        const tx = splitTo(friend);
        tx.setSender(new Ed25519Keypair().toSuiAddress());
        const error = await thrown(() => tx.build({ client }));
        assert.match(decodeURIComponent(error.message), /Unable to perform gas selection/);
    });
    await check('a missing object is not found while resolving', async () => {
        const tx = new Transaction();
        tx.setSender(sender);
        tx.transferObjects([tx.object('0x' + '78'.repeat(32))], friend);
        const error = await thrown(() => tx.build({ client }));
        assert.equal(error.cause.code, 'NOT_FOUND');
    });
    await check('a simulated failure says which command', async () => {
        const tx = splitTo(friend, 10n ** 18n);
        const error = await thrown(() => tx.build({ client }));
        assert.match(error.message, /Transaction resolution failed/);
        assert.equal(error.executionError.command, 0);
    });
    await check('a failed execution is an answer, and gas is paid', async () => {
        const tx = splitTo(friend, 10n ** 18n);
        tx.setGasBudget(10_000_000);
        const { objects: [coin] } = await client.core.listCoins({ owner: sender });
        tx.setGasPayment([{ objectId: coin.objectId, version: coin.version, digest: coin.digest }]);
        tx.setGasPrice(1000);
        const result = await send(tx);
        assert.equal(result.$kind, 'FailedTransaction');
        assert.equal(result.FailedTransaction.effects.status.error.command, 0);
        await client.core.waitForTransaction({ digest: result.FailedTransaction.digest });
        const { objects: [after] } = await client.core.listCoins({ owner: sender });
        assert.ok(BigInt(after.balance) < BigInt(coin.balance));
    });
    await check('only the kind, without sender', async () => {
        const tx = new Transaction();
        const [coin] = tx.splitCoins(tx.gas, [1]);
        tx.transferObjects([coin], friend);
        assert.ok((await tx.build({ client, onlyTransactionKind: true })).length > 0);
    });
    await check('shared inputs and the clock resolve in place', async () => {
        const tx = new Transaction();
        tx.setSender(sender);
        tx.moveCall({ target: '0x2::clock::timestamp_ms', arguments: [tx.object('0x6')] });
        await tx.build({ client });
        const input = tx.getData().inputs[0].Object.SharedObject;
        assert.equal(input.initialSharedVersion, '1');
        assert.equal(input.mutable, false);
    });
    await check('simulation returns values', async () => {
        const tx = new Transaction();
        tx.setSender(sender);
        tx.moveCall({ target: '0x2::clock::timestamp_ms', arguments: [tx.object.clock()] });
        const result = await client.core.simulateTransaction({ transaction: tx, include: { effects: true, commandResults: true } });
        assert.equal(result.$kind, 'Transaction');
        const millis = bcs.U64.parse(result.commandResults[0].returnValues[0].bcs);
        assert.ok(BigInt(millis) > 1_600_000_000_000n);
    });
    await check('a simulation does nothing', async () => {
        const before = await client.core.getBalance({ owner: friend });
        await client.core.simulateTransaction({ transaction: await splitTo(friend).build({ client }), include: { effects: true } });
        assert.deepEqual(await client.core.getBalance({ owner: friend }), before);
    });
    await check('a sponsor pays', async () => {
        const sponsor = new Ed25519Keypair();
        await requestSuiFromFaucetV2({ host: network.faucet, recipient: sponsor.toSuiAddress() });
        const { objects: [coin] } = await client.core.listCoins({ owner: sender });
        const tx = new Transaction();
        tx.setSender(sender);
        tx.setGasOwner(sponsor.toSuiAddress());
        const [part] = tx.splitCoins(tx.object(coin.objectId), [5]);
        tx.transferObjects([part], friend);
        const bytes = await tx.build({ client });
        const signatures = [(await key.signTransaction(bytes)).signature, (await sponsor.signTransaction(bytes)).signature];
        const result = await client.core.executeTransaction({ transaction: bytes, signatures, include: { balanceChanges: true, effects: true } });
        assert.equal(result.$kind, 'Transaction');
        assert.equal(result.Transaction.balanceChanges.find((change) => change.address === sender).amount, '-5');
        await client.core.waitForTransaction({ digest: result.Transaction.digest });
    });
    await check('coinWithBalance', async () => {
        const tx = new Transaction();
        tx.setSender(sender);
        tx.transferObjects([coinWithBalance({ balance: 1234 })], friend);
        const result = await send(tx, { balanceChanges: true, effects: true });
        assert.equal(result.Transaction.balanceChanges.find((change) => change.address === friend).amount, '1234');
        await client.core.waitForTransaction({ digest: result.Transaction.digest });
    });
    await check('the serial executor sends ten in a row', async () => {
        const executor = new SerialTransactionExecutor({ client, signer: key });
        const results = await Promise.all(Array.from({ length: 10 }, (_, i) => executor.executeTransaction(splitTo(friend, 100 + i))));
        assert.ok(results.every((result) => result.$kind === 'Transaction'));
        await executor.waitForLastTransaction();
    });
    await check('the parallel executor sends twenty', async () => {
        const executor = new ParallelTransactionExecutor({ client, signer: key, maxPoolSize: 5 });
        const results = await Promise.all(Array.from({ length: 20 }, (_, i) => executor.executeTransaction(splitTo(friend, 200 + i))));
        assert.ok(results.every((result) => result.$kind === 'Transaction'));
    });
    await check('the funded account of the network funds fifty in one transaction', async () => {
        const rich = Ed25519Keypair.fromSecretKey(network.fundingKey);
        const recipients = Array.from({ length: 50 }, () => new Ed25519Keypair().toSuiAddress());
        const tx = new Transaction();
        tx.setSender(rich.toSuiAddress());
        const coins = tx.splitCoins(tx.gas, recipients.map(() => 2_000_000_000));
        recipients.forEach((recipient, i) => tx.transferObjects([coins[i]], recipient));
        const result = await client.core.signAndExecuteTransaction({ transaction: tx, signer: rich, include: { effects: true } });
        assert.equal(result.$kind, 'Transaction');
        await client.core.waitForTransaction({ digest: result.Transaction.digest });
        const balances = await Promise.all(recipients.map((owner) => client.core.getBalance({ owner })));
        assert.ok(balances.every(({ balance }) => balance.balance === '2000000000'));
    });
    await check('batches of transactions report each its own', async () => {
        const result = await send(splitTo(friend));
        const { response } = await client.ledgerService.batchGetTransactions({
            digests: [result.Transaction.digest, '11111111111111111111111111111111', 'nonsense'], readMask: { paths: ['digest'] },
        });
        assert.deepEqual(response.transactions.map((each) => each.result.oneofKind), ['transaction', 'error', 'error']);
        assert.deepEqual(response.transactions.slice(1).map((each) => each.result.error.code), [5, 3]);
    });
}
