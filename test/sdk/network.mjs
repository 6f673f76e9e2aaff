import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const READY_WITHIN = 60_000;

/** An embedded network of our own on free ports; it ends with our end of its standard input. */
export async function startNetwork() {
    const data = mkdtempSync(join(tmpdir(), 'suiload-sdk-'));
    const child = spawn(join(process.env.SUILOAD_HOME, 'build/suiload'),
        ['localnet', '--managed', '--port', '0', '--faucet-port', '0', '--data', data, '--weather', 'calm'],
        { stdio: ['pipe', 'pipe', 'inherit'], cwd: process.env.SUILOAD_HOME });
    const ready = await firstLine(child);
    const stopped = new Promise((resolve) => child.once('exit', resolve));
    return {
        url: `http://127.0.0.1:${ready.port}`,
        faucet: `http://127.0.0.1:${ready.faucet_port}`,
        chain: ready.chain_id,
        fundingKey: readFileSync(ready.funding_key, 'utf8').trim(),
        async stop() {
            child.stdin.end();
            const code = await stopped;
            rmSync(data, { recursive: true, force: true });
            return code;
        },
    };
}

function firstLine(child) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
            child.kill();
            reject(new Error('the network was not ready in time'));
        }, READY_WITHIN);
        child.once('exit', (code) => reject(new Error(`the network ended with ${code}`)));
        createInterface({ input: child.stdout }).once('line', (line) => {
            clearTimeout(timer);
            child.removeAllListeners('exit');
            try {
                resolve(JSON.parse(line));
            } catch {
                reject(new Error(`not a ready line: ${line}`));
            }
        });
    });
}
