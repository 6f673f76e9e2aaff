import { SuiGrpcClient } from '@mysten/sui/grpc';
import { Checks } from './checks.mjs';
import { messaging } from './messaging.mjs';
import { startNetwork } from './network.mjs';
import { reads } from './reads.mjs';
import { transactions } from './transactions.mjs';
import { wire } from './wire.mjs';

const modes = process.argv.length > 2 ? process.argv.slice(2) : ['text', 'binary'];
const network = await startNetwork();
let passed = 0;
let failed = 0;
try {
    for (const format of modes) {
        const client = new SuiGrpcClient({ network: 'localnet', baseUrl: network.url, format });
        for (const suite of [wire, reads, transactions, messaging]) {
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
