import assert from 'node:assert/strict';
import { bcs } from '@mysten/sui/bcs';
import { requestSuiFromFaucetV2 } from '@mysten/sui/faucet';
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { normalizeSuiAddress, SUI_TYPE_ARG } from '@mysten/sui/utils';
import { thrown } from './checks.mjs';

const SUI = normalizeSuiAddress('0x2') + '::sui::SUI';
const NOWHERE = '0x' + '77'.repeat(32);

/** Reads of the SDK's core API, and the faucet. */
export async function reads({ client, network, check }) {
    const address = new Ed25519Keypair().toSuiAddress();

    await check('faucet sends five coins of 200 SUI', async () => {
        const answer = await requestSuiFromFaucetV2({ host: network.faucet, recipient: address });
        assert.equal(answer.status, 'Success');
        assert.equal(answer.coins_sent.length, 5);
        assert.ok(answer.coins_sent.every((coin) => coin.amount === 200_000_000_000));
        const tx = await client.core.waitForTransaction({ digest: answer.coins_sent[0].transferTxDigest, include: { balanceChanges: true } });
        const gained = tx.Transaction.balanceChanges.find((change) => change.address === address);
        assert.equal(gained.amount, '1000000000000');
    });
    await check('faucet refuses what is no request', async () => {
        const post = (type, body) => fetch(`${network.faucet}/v2/gas`, { method: 'POST', headers: { 'content-type': type }, body });
        assert.equal((await post('text/plain', '{}')).status, 415);
        assert.equal((await post('application/json', '{')).status, 400);
        assert.equal((await post('application/json', '{"FixedAmountRequest":{"recipient":"zz"}}')).status, 422);
        assert.equal(await (await fetch(network.faucet)).text(), 'OK');
    });
    await check('chain identifier is the network\'s', async () => {
        const { chainIdentifier } = await client.core.getChainIdentifier();
        assert.equal(chainIdentifier, network.chain);
    });
    await check('gas price, protocol, system state', async () => {
        assert.equal((await client.core.getReferenceGasPrice()).referenceGasPrice, '1000');
        assert.equal((await client.core.getProtocolConfig()).protocolConfig.protocolVersion, '137');
        const { systemState } = await client.core.getCurrentSystemState();
        assert.ok(Number(systemState.epochStartTimestampMs) > 0);
        assert.equal(systemState.parameters.epochDurationMs, '86400000');
        assert.equal(systemState.epoch, '0');
    });
    await check('coins are listed by balance and in pages', async () => {
        const first = await client.core.listCoins({ owner: address, limit: 2 });
        assert.equal(first.objects.length, 2);
        assert.equal(first.hasNextPage, true);
        const second = await client.core.listCoins({ owner: address, limit: 10, cursor: first.cursor });
        assert.equal(second.objects.length, 3);
        assert.equal(second.hasNextPage, false);
        assert.equal(second.cursor, null);
        assert.equal(new Set([...first.objects, ...second.objects].map((coin) => coin.objectId)).size, 5);
        assert.ok(first.objects.every((coin) => coin.balance === '200000000000' && coin.owner.AddressOwner === address));
    });
    await check('a cursor of another question is refused', async () => {
        const { cursor } = await client.core.listCoins({ owner: address, limit: 2 });
        const error = await thrown(() => client.core.listCoins({ owner: NOWHERE, cursor }));
        assert.equal(error.code, 'INVALID_ARGUMENT');
    });
    await check('balances', async () => {
        const { balance } = await client.core.getBalance({ owner: address });
        assert.equal(balance.balance, '1000000000000');
        assert.equal(balance.coinBalance, '1000000000000');
        assert.equal(balance.coinType, SUI);
        assert.equal((await client.core.getBalance({ owner: NOWHERE })).balance.balance, '0');
        const { balances } = await client.core.listBalances({ owner: address });
        assert.deepEqual(balances.map((each) => [each.coinType, each.balance]), [[SUI, '1000000000000']]);
    });
    await check('coin metadata', async () => {
        assert.equal((await client.core.getCoinMetadata({ coinType: SUI_TYPE_ARG })).coinMetadata.decimals, 9);
        assert.equal((await client.core.getCoinMetadata({ coinType: '0x5::no::COIN' })).coinMetadata, null);
    });
    await check('objects with content, BCS, JSON; a missing one is an item', async () => {
        const { objects: [coin] } = await client.core.listCoins({ owner: address, limit: 1 });
        const { objects } = await client.core.getObjects({
            objectIds: [coin.objectId, NOWHERE, '0x6'],
            include: { content: true, objectBcs: true, json: true, previousTransaction: true, display: true },
        });
        assert.equal(objects[0].objectId, coin.objectId);
        assert.deepEqual(objects[0].json, { id: coin.objectId, balance: '200000000000' });
        assert.equal(objects[0].content.length, 40);
        assert.equal(bcs.Object.parse(objects[0].objectBcs).data.Move.version, coin.version);
        assert.equal(objects[1].code, 'notExists');
        assert.equal(objects[2].owner.Shared.initialSharedVersion, '1');
        assert.equal(objects[2].json.id, normalizeSuiAddress('0x6'));
    });
    await check('a malformed id fails the call', async () => {
        const error = await thrown(() => client.core.getObject({ objectId: 'xyz' }));
        assert.equal(error.code, 'INVALID_ARGUMENT');
    });
    await check('owned objects of all types', async () => {
        const { objects } = await client.core.listOwnedObjects({ owner: address, include: { content: true } });
        assert.equal(objects.length, 5);
        assert.ok(objects.every((object) => object.type === `${normalizeSuiAddress('0x2')}::coin::Coin<${SUI}>`));
    });
    await check('functions', async () => {
        const { function: split } = await client.core.getMoveFunction({ packageId: '0x2', moduleName: 'coin', name: 'split' });
        assert.equal(split.visibility, 'public');
        assert.equal(split.typeParameters.length, 1);
        assert.equal(split.parameters[0].reference, 'mutable');
        const error = await thrown(() => client.core.getMoveFunction({ packageId: '0x2', moduleName: 'coin', name: 'nonsense' }));
        assert.equal(error.code, 'INTERNAL');
    });
    await check('an unknown transaction is not found', async () => {
        const error = await thrown(() => client.core.getTransaction({ digest: '11111111111111111111111111111111' }));
        assert.equal(error.reason ?? error.code, 'notFound');
    });
    await check('checkpoints by number and digest, with transactions', async () => {
        const newest = await client.ledgerService.getCheckpoint({ checkpointId: { oneofKind: undefined } }).response;
        assert.ok(newest.checkpoint.sequenceNumber >= 0n);
        const same = await client.ledgerService.getCheckpoint({
            checkpointId: { oneofKind: 'digest', digest: newest.checkpoint.digest },
            readMask: { paths: ['*'] },
        }).response;
        assert.equal(same.checkpoint.summary.sequenceNumber, newest.checkpoint.sequenceNumber);
        const error = await thrown(() => client.ledgerService.getCheckpoint({
            checkpointId: { oneofKind: 'sequenceNumber', sequenceNumber: 1n << 40n },
        }));
        assert.equal(error.code, 'NOT_FOUND');
    });
    await check('an invalid mask path is named', async () => {
        const error = await thrown(() => client.ledgerService.getObject({ objectId: '0x6', readMask: { paths: ['foo'] } }));
        assert.equal(error.code, 'INVALID_ARGUMENT');
        assert.match(error.message, /read_mask path: foo/);
    });
    await check('a personal message is verified', async () => {
        const key = new Ed25519Keypair();
        const message = new TextEncoder().encode('hello');
        const { signature } = await key.signPersonalMessage(message);
        const verify = (bytes) => client.core.verifyZkLoginSignature({
            bytes: Buffer.from(bytes).toString('base64'), signature, intentScope: 'PersonalMessage', address: key.toSuiAddress(),
        });
        assert.equal((await verify(message)).success, true);
        assert.equal((await verify(new TextEncoder().encode('other'))).success, false);
    });
}
