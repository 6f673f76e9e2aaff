/** Named checks, run one after another: each passes or says why not, and the next goes on. */
export class Checks {
    passed = 0;
    failed = 0;

    constructor(prefix) {
        this.prefix = prefix;
    }

    async check(name, body) {
        try {
            await withLimit(body(), 60_000);
            this.passed++;
        } catch (error) {
            this.failed++;
            console.log(`FAILED ${this.prefix} ${name}\n       ${error?.stack ?? error}`);
        }
    }
}

function withLimit(promise, millis) {
    let timer;
    const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no end within ${millis} ms`)), millis);
    });
    return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** What `body` throws; a body that does not throw is an error. */
export async function thrown(body) {
    try {
        await body();
    } catch (error) {
        return error;
    }
    throw new Error('no error was thrown');
}
