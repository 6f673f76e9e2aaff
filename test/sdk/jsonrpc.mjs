import assert from 'node:assert/strict';
import { bcs } from 'mysten-sui-1/bcs';
import { requestSuiFromFaucetV2 } from 'mysten-sui-1/faucet';
import { Ed25519Keypair } from 'mysten-sui-1/keypairs/ed25519';
import { Transaction } from 'mysten-sui-1/transactions';
import { deriveDynamicFieldID } from 'mysten-sui-1/utils';
import { thrown } from './checks.mjs';

const PKG = '0x984960ebddd75c15c6d38355ac462621db0ffc7d6647214c802cd3b685e1af3d';
const NOWHERE = '0x' + '77'.repeat(32);
const MEMBERS = 5;
const MESSAGES = 12;
const EVERYTHING = { showInput: true, showRawInput: true, showEffects: true, showRawEffects: true, showEvents: true, showObjectChanges: true, showBalanceChanges: true };
const bytes = (text) => [...new TextEncoder().encode(text)];
const text = (numbers) => Buffer.from(numbers).toString();

/** This application's life as a client of before gRPC leads it: the SDK of generation 1 over JSON-RPC (facts: sui-jsonrpc.md section 6). */
export async function jsonRpc({ client, network, check }) {
    const keys = Array.from({ length: MEMBERS + 1 }, () => new Ed25519Keypair());
    const [creator, ...members] = keys;
    const address = (key) => key.toSuiAddress();
    const pure = (tx, value) => tx.pure.vector('u8', bytes(value));
    const call = (tx, name, args, typeArguments) => tx.moveCall({ target: `${PKG}::${name}`, arguments: args, typeArguments });
    const run = async (key, tx, options = { showEffects: true, showObjectChanges: true, showEvents: true }) => {
        const result = await client.signAndExecuteTransaction({ signer: key, transaction: tx, options });
        assert.equal(result.effects?.status.status ?? 'success', 'success', JSON.stringify(result.effects?.status));
        return result;
    };
    const payment = (recipient, amount = 1_000_000) => {
        const tx = new Transaction();
        const [coin] = tx.splitCoins(tx.gas, [amount]);
        tx.transferObjects([coin], recipient);
        return tx;
    };
    const fieldsOf = async (id) => (await client.getObject({ id, options: { showContent: true } })).data.content.fields;
    const capsOf = (key, options = { showContent: true }) => client.getOwnedObjects({
        owner: address(key), filter: { StructType: `${PKG}::member_cap::MemberCap` }, options, limit: 10,
    });
    const send = async (key, message) => {
        const tx = new Transaction();
        const cap = (await capsOf(key)).data[0].data.objectId;
        const none = tx.moveCall({ target: '0x1::vector::empty', typeArguments: [`${PKG}::attachment::Attachment`] });
        call(tx, 'channel::send_message', [tx.object(channel), tx.object(cap), pure(tx, message), pure(tx, '123456789012'), none, tx.object.clock()]);
        return run(key, tx);
    };
    let channel;
    let table;

    await check('the faucet pays the creator, whose five coins are listed', async () => {
        await requestSuiFromFaucetV2({ host: network.faucet, recipient: address(creator) });
        const { data, hasNextPage } = await client.getCoins({ owner: address(creator) });
        assert.equal(data.length, 5);
        assert.equal(hasNextPage, false);
        assert.ok(data.every((coin) => coin.coinType === '0x2::sui::SUI' && coin.balance === '200000000000'));
        assert.equal((await client.getAllCoins({ owner: address(creator), limit: 2 })).data.length, 2);
        assert.equal((await client.getBalance({ owner: address(creator) })).totalBalance, '1000000000000');
        assert.equal((await client.getAllBalances({ owner: address(creator) }))[0].coinObjectCount, 5);
    });
    await check('fifty accounts are funded in one transaction', async () => {
        const recipients = [...members.map(address), ...Array.from({ length: 50 - MEMBERS }, () => address(new Ed25519Keypair()))];
        const tx = new Transaction();
        const coins = tx.splitCoins(tx.gas, recipients.map(() => 1_000_000_000));
        recipients.forEach((recipient, i) => tx.transferObjects([coins[i]], recipient));
        const result = await run(creator, tx);
        await client.waitForTransaction({ digest: result.digest });
        assert.equal(result.effects.created.length, 50);
        assert.equal(result.effects.deleted.length, 4, 'gas coins smashed');
        assert.equal((await client.getBalance({ owner: recipients[49] })).totalBalance, '1000000000');
    });
    await check('a channel with members and a key', async () => {
        const tx = new Transaction();
        const config = call(tx, 'config::none', []);
        const [made, creatorCap, memberCap] = call(tx, 'channel::new', [config, tx.object.clock()]);
        const caps = call(tx, 'channel::add_members', [made, memberCap, tx.pure.u64(MEMBERS), tx.object.clock()]);
        call(tx, 'channel::add_encrypted_key', [made, memberCap, pure(tx, 'key one')]);
        call(tx, 'channel::share', [made, creatorCap]);
        call(tx, 'member_cap::transfer_to_recipient', [memberCap, creatorCap, tx.pure.address(address(creator))]);
        call(tx, 'member_cap::transfer_member_caps', [tx.pure.vector('address', members.map(address)), caps, creatorCap]);
        call(tx, 'creator_cap::transfer_to_sender', [creatorCap]);
        const { objectChanges } = await run(creator, tx);
        channel = objectChanges.find((change) => change.type === 'created' && change.objectType === `${PKG}::channel::Channel`).objectId;
        assert.ok(objectChanges.some((change) => change.objectType === `${PKG}::creator_cap::CreatorCap` && change.owner.AddressOwner === address(creator)));
    });
    await check('every member has one cap, with the channel in it', async () => {
        for (const key of keys) {
            const { data } = await capsOf(key);
            assert.deepEqual(data.map((cap) => cap.data.content.fields.channel_id), [channel]);
        }
        const { data } = await client.getOwnedObjects({ owner: address(creator), filter: { MatchAll: [{ StructType: '0x2::coin::Coin' }] } });
        assert.equal(data.length, 1);
    });
    await check('members send; each message is an event', async () => {
        for (let i = 0; i < MESSAGES; i++) {
            const { events: [event] } = await send(keys[i % keys.length], `message ${i}`);
            assert.equal(event.type, `${PKG}::message::MessageAddedEvent`);
            assert.equal(event.parsedJson.message_index, String(i));
            assert.equal(text(event.parsedJson.ciphertext), `message ${i}`);
        }
    });
    await check('the channel reads as the contract says', async () => {
        const [{ data }] = await client.multiGetObjects({ ids: [channel], options: { showContent: true, showOwner: true } });
        assert.ok(data.owner.Shared.initial_shared_version);
        assert.equal(data.content.dataType, 'moveObject');
        const { fields } = data.content;
        assert.equal(fields.messages_count, String(MESSAGES));
        assert.equal(fields.auth.fields.member_permissions.fields.contents.length, MEMBERS + 1);
        assert.match(fields.auth.fields.member_permissions.fields.contents[0].fields.value.fields.contents[0].fields.name, /::auth::EditPermissions$/);
        assert.equal(text(fields.encryption_key_history.fields.latest), 'key one');
        assert.equal(text(fields.last_message.fields.ciphertext), `message ${MESSAGES - 1}`);
        table = fields.messages.fields.contents.fields.id.id;
    });
    await check('messages are dynamic fields, in pages', async () => {
        const fields = [];
        let page = { nextCursor: null };
        do {
            page = await client.getDynamicFields({ parentId: table, cursor: page.nextCursor, limit: 5 });
            fields.push(...page.data);
        } while (page.hasNextPage);
        assert.equal(fields.length, MESSAGES);
        assert.ok(fields.every((field) => field.objectType === `${PKG}::message::Message`));
        const objects = await client.multiGetObjects({ ids: fields.map((field) => field.objectId), options: { showContent: true } });
        objects.forEach(({ data }, i) => {
            assert.equal(data.content.fields.name, fields[i].name.value);
            assert.equal(text(data.content.fields.value.fields.ciphertext), `message ${fields[i].name.value}`);
        });
    });
    await check('one message by its derived id, and by its name', async () => {
        const id = deriveDynamicFieldID(table, 'u64', bcs.U64.serialize(3).toBytes());
        assert.equal(text((await fieldsOf(id)).value.fields.ciphertext), 'message 3');
        const field = await client.getDynamicFieldObject({ parentId: table, name: { type: 'u64', value: '3' } });
        assert.equal(field.data.objectId, id);
        const missing = await client.getDynamicFieldObject({ parentId: table, name: { type: 'u64', value: '99' } });
        assert.equal(missing.error.code, 'dynamicFieldNotFound');
    });
    await check('what is not there is said', async () => {
        assert.deepEqual((await client.getObject({ id: NOWHERE })).error, { code: 'notExists', object_id: NOWHERE });
        const error = await thrown(() => client.getTransactionBlock({ digest: '11111111111111111111111111111111' }));
        assert.equal(error.code, -32602);
        assert.match(error.message, /Could not find the referenced transaction/);
        const tx = new Transaction();
        tx.transferObjects([tx.object(NOWHERE)], address(creator));
        assert.match((await thrown(() => run(creator, tx))).message, /The following input objects are invalid/);
        assert.equal((await thrown(() => client.call('sui_getLoadedChildObjects', []))).code, -32601);
    });
    await check('a stale reference is refused with the text that backends retry on', async () => {
        const tx = payment(address(members[0]));
        tx.setSender(address(creator));
        const stale = await tx.build({ client });
        const { signature } = await creator.signTransaction(stale);
        await run(creator, payment(address(members[0]), 7));
        const error = await thrown(() => client.executeTransactionBlock({ transactionBlock: stale, signature }));
        assert.equal(error.code, -32002);
        assert.match(error.message, /Object ID 0x[0-9a-f]{64} Version 0x[0-9a-f]+ Digest \w+ is not available for consumption, current version: 0x/);
    });
    await check('a dry run tells the cost and changes nothing', async () => {
        const recipient = address(new Ed25519Keypair());
        const tx = payment(recipient);
        tx.setSender(address(creator));
        const result = await client.dryRunTransactionBlock({ transactionBlock: await tx.build({ client }) });
        assert.equal(result.effects.status.status, 'success');
        assert.equal(result.balanceChanges.find((change) => change.owner.AddressOwner === recipient).amount, '1000000');
        assert.equal(result.effects.gasUsed.computationCost, '1000000');
        assert.equal((await client.getBalance({ owner: recipient })).totalBalance, '0');
    });
    await check('an abort is a result', async () => {
        const tx = new Transaction();
        const stranger = call(tx, 'channel::new', [call(tx, 'config::none', []), tx.object.clock()]);
        call(tx, 'channel::send_message', [stranger[0], stranger[2], pure(tx, 'no key'), pure(tx, '1'),
            tx.moveCall({ target: '0x1::vector::empty', typeArguments: [`${PKG}::attachment::Attachment`] }), tx.object.clock()]);
        tx.setGasBudget(50_000_000);
        const { effects } = await client.signAndExecuteTransaction({ signer: creator, transaction: tx, options: { showEffects: true } });
        assert.equal(effects.status.status, 'failure');
        assert.match(effects.status.error, /^MoveAbort\(MoveLocation \{.*name: Identifier\("channel"\).*Some\("send_message"\) \}, 3\) in command 3$/);
    });
    await check('a transaction in all its parts, and its bytes decode', async () => {
        const sent = await send(members[0], 'one more');
        const [block] = await client.multiGetTransactionBlocks({ digests: [sent.digest], options: EVERYTHING });
        assert.deepEqual(block.effects, sent.effects);
        assert.equal(bcs.TransactionEffects.parse(Uint8Array.from(block.rawEffects)).V2.transactionDigest, sent.digest);
        assert.equal(block.transaction.data.sender, address(members[0]));
        assert.equal(block.transaction.data.transaction.transactions[1].MoveCall.function, 'send_message');
        assert.equal(block.objectChanges.filter((change) => change.type === 'mutated').length, 3);
        const { objects: [gone] } = await client.core.getObjects({ objectIds: [NOWHERE] });
        assert.ok(gone instanceof Error);
    });
    await check('the core API of the same client executes', async () => {
        const tx = payment(address(creator), 11);
        tx.setSender(address(creator));
        const transaction = await tx.build({ client });
        const { signature } = await creator.signTransaction(transaction);
        const result = await client.core.executeTransaction({ transaction, signatures: [signature] });
        assert.equal(result.transaction.effects.status.success, true);
        await client.core.waitForTransaction({ digest: result.transaction.digest });
    });
    await check('chain, checkpoints and protocol', async () => {
        const identifier = await client.getChainIdentifier();
        assert.match(identifier, /^[0-9a-f]{8}$/);
        assert.equal(await client.call('sui_getChainIdentifier', []), identifier);
        assert.ok(Number(await client.getLatestCheckpointSequenceNumber()) >= 0);
        assert.equal((await client.getCheckpoint({ id: '0' })).digest, network.chain);
        assert.equal((await client.getProtocolConfig()).protocolVersion, '137');
        assert.equal(await client.getReferenceGasPrice(), 1000n);
    });
}
