import assert from 'node:assert/strict';
import { bcs } from '@mysten/sui/bcs';
import { requestSuiFromFaucetV2 } from '@mysten/sui/faucet';
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { Transaction } from '@mysten/sui/transactions';
import { deriveDynamicFieldID } from '@mysten/sui/utils';

const PKG = '0x984960ebddd75c15c6d38355ac462621db0ffc7d6647214c802cd3b685e1af3d';
const MEMBERS = 9;
const bytes = (text) => [...new TextEncoder().encode(text)];

/** A channel's whole life as a client of the messaging package lives it (facts: messaging-contract.md sections 3 to 5). */
export async function messaging({ client, network, check }) {
    const keys = Array.from({ length: MEMBERS + 1 }, () => new Ed25519Keypair());
    const [creator, ...members] = keys;
    const address = (key) => key.toSuiAddress();
    const pure = (tx, text) => tx.pure.vector('u8', bytes(text));
    const call = (tx, name, args, typeArguments) => tx.moveCall({ target: `${PKG}::${name}`, arguments: args, typeArguments });
    const run = async (key, tx, include = { effects: true, events: true, objectTypes: true }) => {
        tx.setSenderIfNotSet(address(key));
        const result = await client.core.signAndExecuteTransaction({ transaction: tx, signer: key, include });
        if (result.$kind === 'Transaction') await client.core.waitForTransaction({ digest: result.Transaction.digest });
        return result;
    };
    const read = async (objectId) => (await client.core.getObject({ objectId, include: { json: true, content: true } })).object;
    const capsOf = async (key) => (await client.core.listOwnedObjects({ owner: address(key), type: `${PKG}::member_cap::MemberCap`, include: { json: true } })).objects;
    const capOf = async (key) => (await capsOf(key)).find((cap) => cap.json.channel_id === channel);
    const send = async (key, text) => {
        const tx = new Transaction();
        const none = tx.moveCall({ target: '0x1::vector::empty', typeArguments: [`${PKG}::attachment::Attachment`] });
        call(tx, 'channel::send_message', [tx.object(channel), tx.object((await capOf(key)).objectId), pure(tx, text), pure(tx, '123456789012'), none, tx.object.clock()]);
        return run(key, tx);
    };
    let channel;

    await check('the faucet pays the creator, who funds the members', async () => {
        await requestSuiFromFaucetV2({ host: network.faucet, recipient: address(creator) });
        const tx = new Transaction();
        const coins = tx.splitCoins(tx.gas, members.map(() => 1_000_000_000));
        members.forEach((member, i) => tx.transferObjects([coins[i]], address(member)));
        assert.equal((await run(creator, tx)).$kind, 'Transaction');
    });
    await check('a channel with nine members and a key in one transaction', async () => {
        const tx = new Transaction();
        tx.setSender(address(creator));
        const config = call(tx, 'config::none', []);
        const [made, creatorCap, memberCap] = call(tx, 'channel::new', [config, tx.object.clock()]);
        const caps = call(tx, 'channel::add_members', [made, memberCap, tx.pure.u64(MEMBERS), tx.object.clock()]);
        call(tx, 'channel::add_encrypted_key', [made, memberCap, pure(tx, 'key one')]);
        call(tx, 'channel::share', [made, creatorCap]);
        call(tx, 'member_cap::transfer_to_recipient', [memberCap, creatorCap, tx.pure.address(address(creator))]);
        call(tx, 'member_cap::transfer_member_caps', [tx.pure.vector('address', members.map(address)), caps, creatorCap]);
        call(tx, 'creator_cap::transfer_to_sender', [creatorCap]);
        const result = await run(creator, tx);
        assert.equal(result.$kind, 'Transaction', JSON.stringify(result.FailedTransaction?.status));
        const types = result.Transaction.objectTypes;
        channel = Object.keys(types).find((id) => types[id] === `${PKG}::channel::Channel`);
        assert.ok(channel);
        const created = result.Transaction.effects.changedObjects.filter((change) => change.idOperation === 'Created');
        assert.equal(created.length, 1 + 1 + 1 + MEMBERS + 1);
    });
    await check('the channel reads as the contract says', async () => {
        const object = await read(channel);
        assert.ok(object.owner.Shared);
        assert.equal(object.json.messages_count, '0');
        assert.equal(object.json.last_message, null);
        assert.equal(object.json.auth.member_permissions.contents.length, MEMBERS + 1);
        assert.equal(object.json.auth.member_permissions.contents[0].value.contents.length, 4);
        assert.equal(object.json.encryption_key_history.latest_version, 1);
        assert.equal(Buffer.from(object.json.encryption_key_history.latest, 'base64').toString(), 'key one');
    });
    await check('every member has one cap', async () => {
        for (const key of keys) assert.equal((await capsOf(key)).length, 1);
    });
    await check('members send; each message is an event', async () => {
        for (let i = 0; i < 12; i++) {
            const result = await send(keys[i % 3], `message ${i}`);
            assert.equal(result.$kind, 'Transaction', JSON.stringify(result.FailedTransaction?.status));
            const [event] = result.Transaction.events;
            assert.equal(event.eventType, `${PKG}::message::MessageAddedEvent`);
            assert.equal(event.json.message_index, String(i));
            assert.equal(event.json.channel_id, channel);
            assert.equal(Buffer.from(event.json.ciphertext, 'base64').toString(), `message ${i}`);
        }
    });
    await check('ten members send at once, all succeed, in a total order', async () => {
        const results = await Promise.all(keys.map((key, i) => send(key, `at once ${i}`)));
        const indexes = results.map((result) => Number(result.Transaction.events[0].json.message_index)).sort((a, b) => a - b);
        assert.deepEqual(indexes, Array.from({ length: keys.length }, (_, i) => 12 + i));
    });
    await check('the latest ten by derived ids', async () => {
        const { json } = await read(channel);
        const table = json.messages.contents.id;
        const count = Number(json.messages_count);
        assert.equal(count, 22);
        const ids = Array.from({ length: 10 }, (_, i) => deriveDynamicFieldID(table, 'u64', bcs.U64.serialize(count - 1 - i).toBytes()));
        const { objects } = await client.core.getObjects({ objectIds: ids, include: { json: true } });
        objects.forEach((object, i) => {
            assert.equal(object.json.name, String(count - 1 - i));
            assert.match(Buffer.from(object.json.value.ciphertext, 'base64').toString(), /^at once/);
        });
    });
    await check('the messages table lists its fields in pages, by id', async () => {
        const table = (await read(channel)).json.messages.contents.id;
        const ids = [];
        let page = { cursor: null };
        do {
            page = await client.listDynamicFields({ parentId: table, limit: 7, cursor: page.cursor, include: { value: true } });
            assert.ok(page.dynamicFields.every((field) => field.valueType.endsWith('::message::Message') && field.value.bcs.length > 50));
            ids.push(...page.dynamicFields.map((field) => field.fieldId));
        } while (page.hasNextPage);
        assert.equal(ids.length, 22);
        assert.deepEqual(ids, [...ids].sort());
        const { dynamicField } = await client.core.getDynamicField({ parentId: table, name: { type: 'u64', bcs: bcs.U64.serialize(3).toBytes() } });
        assert.ok(ids.includes(dynamicField.fieldId));
    });
    await check('the creator rotates the key', async () => {
        const tx = new Transaction();
        call(tx, 'channel::add_encrypted_key', [tx.object(channel), tx.object((await capOf(creator)).objectId), pure(tx, 'key two')]);
        assert.equal((await run(creator, tx)).$kind, 'Transaction');
        const { json } = await read(channel);
        assert.equal(json.encryption_key_history.latest_version, 2);
        assert.equal(json.encryption_key_history.history.contents.size, '1');
    });
    await check('an attachment travels with a message', async () => {
        const tx = new Transaction();
        const attachment = call(tx, 'attachment::new', [tx.pure.string('blob'), pure(tx, 'meta'), pure(tx, 'nonce'), pure(tx, 'nonce2'), tx.pure.u32(2)]);
        const list = tx.makeMoveVec({ type: `${PKG}::attachment::Attachment`, elements: [attachment] });
        call(tx, 'channel::send_message', [tx.object(channel), tx.object((await capOf(creator)).objectId), pure(tx, 'with file'), pure(tx, '123456789012'), list, tx.object.clock()]);
        const result = await run(creator, tx);
        assert.deepEqual(result.Transaction.events[0].json.attachment_refs, ['blob']);
    });
    await check('a removed member is refused with the contract\'s code', async () => {
        const gone = members[8];
        const cap = await capOf(gone);
        const tx = new Transaction();
        const list = tx.pure(bcs.vector(bcs.Address).serialize([cap.objectId]));
        call(tx, 'channel::remove_members', [tx.object(channel), tx.object((await capOf(creator)).objectId), list, tx.object.clock()]);
        const removed = await run(creator, tx);
        assert.equal(removed.$kind, 'Transaction', JSON.stringify(removed.FailedTransaction?.status));
        const { json } = await read(channel);
        assert.equal(json.auth.member_permissions.contents.length, MEMBERS);
        assert.ok(await capOf(gone), 'a removed member keeps its cap');
        // Its entry is gone, so the abort comes from the look-up, not from the channel module.
        await assertAborts(await sendUnchecked(gone, 'let me in'), '1', 'vec_map');
    });
    await check('too long a message is refused with its code', async () => {
        await assertAborts(await sendUnchecked(creator, 'x'.repeat(513)), '4', 'channel');
    });
    await check('a subscription shows every checkpoint from now on, with the event of a message', async () => {
        const abort = new AbortController();
        const stream = client.subscriptionService.subscribeCheckpoints(
            { readMask: { paths: ['sequence_number', 'transactions.digest', 'transactions.events'] } }, { abort: abort.signal });
        let cursor;
        let sent;
        for await (const frame of stream.responses) {
            if (cursor !== undefined) assert.equal(frame.cursor, cursor + 1n);
            cursor = frame.cursor;
            sent ??= send(members[0], 'to the feed');
            const events = frame.checkpoint.transactions.flatMap((tx) => tx.events?.events ?? []);
            if (events.some((event) => Buffer.from(event.contents.value).includes('to the feed'))) break;
        }
        abort.abort();
        const { Transaction: { digest } } = await sent;
        const { response } = await client.ledgerService.getTransaction({ digest, readMask: { paths: ['checkpoint', 'timestamp'] } });
        assert.equal(response.transaction.checkpoint, cursor);
    });

    /** Without the simulation that would stop it. */
    async function sendUnchecked(key, text) {
        const tx = new Transaction();
        const none = tx.moveCall({ target: '0x1::vector::empty', typeArguments: [`${PKG}::attachment::Attachment`] });
        const cap = await capOf(key);
        const { objects: [coin] } = await client.core.listCoins({ owner: address(key) });
        call(tx, 'channel::send_message', [
            tx.sharedObjectRef({ objectId: channel, initialSharedVersion: (await read(channel)).owner.Shared.initialSharedVersion, mutable: true }),
            tx.objectRef(cap), pure(tx, text), pure(tx, '123456789012'), none, tx.object.clock(),
        ]);
        tx.setGasPayment([coin]);
        tx.setGasBudget(15_000_000);
        tx.setGasPrice(1000);
        return run(key, tx);
    }

    async function assertAborts(result, code, module) {
        assert.equal(result.$kind, 'FailedTransaction');
        const error = result.FailedTransaction.status.error;
        assert.equal(error.$kind, 'MoveAbort', JSON.stringify(error));
        assert.equal(error.MoveAbort.abortCode, code);
        assert.equal(error.MoveAbort.location.module, module);
        assert.equal(error.command, 1);
        await client.core.waitForTransaction({ digest: result.FailedTransaction.digest });
    }
}
