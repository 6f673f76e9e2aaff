import { SuiGrpcClient } from '@mysten/sui/grpc';
import { SuiClient } from 'mysten-sui-1/client';
import { Checks } from './checks.mjs';
import { jsonRpc } from './jsonrpc.mjs';
import { messaging } from './messaging.mjs';
import { startNetwork } from './network.mjs';
import { reads } from './reads.mjs';
import { transactions } from './transactions.mjs';
import { wire } from './wire.mjs';

/** Each mode with the client that speaks it, and what is done with it. */
const grpc = (format) => [new SuiGrpcClient({ network: 'localnet', baseUrl: network.url, format }), [wire, reads, transactions, messaging]];
const MODES = {
    text: () => grpc('text'),
    binary: () => grpc('binary'),
    jsonrpc: () => [new SuiClient({ url: network.url }), [jsonRpc]],
};
const modes = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(MODES);
const network = await startNetwork();
let passed = 0;
let failed = 0;
try {
    for (const format of modes) {
        const [client, suites] = MODES[format]();
        for (const suite of suites) {
            const checks = new Checks(`${format} ${suite.name}:`);
            await suite({ client, network, format, check: (name, body) => checks.check(name, body) });
            passed += checks.passed;
            failed += checks.failed;
        }
    }
} finally {
    const code = await network.stop();
    if (code !== 0) {
        failed++;
        console.log(`FAILED the network ended with ${code}`);
    }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
