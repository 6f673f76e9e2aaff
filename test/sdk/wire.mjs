import assert from 'node:assert/strict';

const TYPE = { text: 'application/grpc-web-text', binary: 'application/grpc-web+proto' };
const EMPTY = { text: 'AAAAAAA=', binary: new Uint8Array(5) };

/** What the SDK does not show: types, headers, refusals, preflight, deadlines. */
export async function wire({ network, format, check }) {
    const call = (method, init = {}) => fetch(`${network.url}/${method}`, {
        method: 'POST',
        body: EMPTY[format],
        ...init,
        headers: { 'content-type': TYPE[format], ...(format === 'text' ? { accept: TYPE.text } : {}), 'x-grpc-web': '1', ...init.headers },
    });

    await check('answers with one of the exact content types, readable from any origin', async () => {
        const answer = await call('sui.rpc.v2.LedgerService/GetServiceInfo');
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('content-type'), format === 'text' ? 'application/grpc-web-text+proto' : 'application/grpc-web+proto');
        assert.equal(answer.headers.get('access-control-allow-origin'), '*');
        assert.match(answer.headers.get('access-control-expose-headers'), /grpc-status/);
        assert.equal(answer.headers.get('x-sui-chain'), 'unknown');
        assert.match(answer.headers.get('x-sui-checkpoint-height'), /^\d+$/);
        await answer.arrayBuffer();
    });
    await check('tells the answer type by Accept alone', async () => {
        const answer = await call('sui.rpc.v2.LedgerService/GetServiceInfo', { headers: { accept: '*/*' } });
        assert.equal(answer.headers.get('content-type'), 'application/grpc-web+proto');
        assert.equal(new Uint8Array(await answer.arrayBuffer())[0], 0);
    });
    await check('errors are HTTP 200 with a status', async () => {
        const answer = await call('sui.rpc.v2.LedgerService/GetObject');
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('grpc-status'), '3');
        assert.ok(answer.headers.get('grpc-status-details-bin'));
        await answer.arrayBuffer();
    });
    await check('unknown methods are unimplemented, unknown services not found', async () => {
        assert.equal((await call('sui.rpc.v2.LedgerService/Nonsense')).headers.get('grpc-status'), '12');
        assert.equal((await call('sui.rpc.v2.NameService/LookupName')).headers.get('grpc-status'), '12');
        assert.equal((await call('sui.rpc.v2.LedgerService/ListEvents')).headers.get('grpc-status'), '12');
        assert.equal((await call('some.Service/Method')).status, 404);
    });
    await check('other content types and methods are refused', async () => {
        assert.equal((await call('sui.rpc.v2.LedgerService/GetServiceInfo', { headers: { 'content-type': 'application/json' } })).status, 400);
        assert.equal((await fetch(`${network.url}/sui.rpc.v2.LedgerService/GetServiceInfo`)).status, 405);
    });
    await check('compressed frames are unimplemented', async () => {
        const body = format === 'text' ? 'AQAAAAA=' : new Uint8Array([1, 0, 0, 0, 0]);
        assert.equal((await call('sui.rpc.v2.LedgerService/GetServiceInfo', { body })).headers.get('grpc-status'), '12');
    });
    await check('preflight lets browsers in', async () => {
        const answer = await fetch(`${network.url}/sui.rpc.v2.LedgerService/GetServiceInfo`, {
            method: 'OPTIONS',
            headers: { origin: 'https://example.org', 'access-control-request-method': 'POST', 'access-control-request-private-network': 'true' },
        });
        assert.ok(answer.status === 200 || answer.status === 204);
        assert.equal(answer.headers.get('access-control-allow-origin'), '*');
        assert.match(answer.headers.get('access-control-allow-methods'), /POST/);
        assert.ok(answer.headers.get('access-control-allow-headers'));
        assert.equal(answer.headers.get('access-control-allow-private-network'), 'true');
    });
    await check('weather is switched while it runs, a client deadline is kept, and faults are counted', async () => {
        const weather = (body) => fetch(`${network.url}/weather`, {
            method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
        }).then((answer) => answer.json());
        await weather({ name: 'calm', changes: { 'read.latency': '5s' } });
        const late = await call('sui.rpc.v2.LedgerService/GetServiceInfo', { headers: { 'grpc-timeout': '50m' } });
        assert.equal(late.headers.get('grpc-status'), '4');
        const before = (await weather({ name: 'calm', changes: { 'read.429': '1' } })).faults_injected['429'];
        const refused = await call('sui.rpc.v2.LedgerService/GetServiceInfo');
        assert.equal(refused.status, 429);
        assert.ok(refused.headers.get('retry-after'));
        assert.equal((await weather({ name: 'calm' })).faults_injected['429'], before + 1);
        const metrics = await (await fetch(`${network.url}/metrics`)).text();
        assert.match(metrics, new RegExp(`suiload_node_faults_injected_total\\{kind="429"\\} ${before + 1}`));
    });
    await check('health', async () => assert.equal((await fetch(`${network.url}/health`)).status, 200));
}
