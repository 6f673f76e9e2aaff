package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the script for k6 lets every sender send and every channel be polled. Method: Node, where there is one, with stand-ins for k6's
 * modules that note what is asked for; and k6 itself, where there is one, which understands less of the language than Node does.
 */
@Timeout(60)
class K6ScriptTest {
    private static final Map<String, String> MODULES = Map.of(
            "package.json", """
                    {"type": "module", "exports": {".": "./k6.js", "./http": "./http.js", "./metrics": "./metrics.js",
                     "./execution": "./execution.js"}}""",
            "k6.js", "export const check = (value, checks) => Object.values(checks).every((each) => each(value));\n"
                    + "export const sleep = () => {};\n",
            "metrics.js", "class Metric { add() {} }\nexport { Metric as Counter, Metric as Gauge, Metric as Rate, Metric as Trend };\n",
            "execution.js", "export default { scenario: { iterationInTest: 0 } };\n",
            "http.js", """
                    export const senders = [];
                    export const polled = [];
                    let channels = 0;
                    const answer = (body) => ({ status: 200, headers: {}, body, json: (field) => body[field] });
                    function get(url) {
                      const count = Number(new URL(url).searchParams.get('limit'));
                      if (url.includes('/messages/table/')) polled.push(url);
                      const user = (_, i) => ({ sui_address: url + i, secret_key: `key ${url} ${i}` });
                      return answer({ items: Array.from({ length: count }, user) });
                    }
                    function post(url, text) {
                      const body = JSON.parse(text);
                      if (url.endsWith('/message')) senders.push([body.secret_key, body.channel_id, body.member_cap_id].join());
                      if (!url.endsWith('/channel')) return answer({});
                      const id = ++channels;
                      const cap = (address) => ({ address, memberCapId: `cap ${address}` });
                      const creator = body.secret_key.replace(/^key (.*) (\\d+)$/, '$1$2');
                      return answer({ channel: { channelId: id, messagesTableId: id,
                        memberCaps: [creator, ...body.initial_members].map(cap) } });
                    }
                    export default { get, post };
                    """);
    /** Iterations of each scenario; the virtual user's number says nothing. */
    private static final String RUN = """
            globalThis.__ENV = { ACTIVE: '10', PASSIVE: '40' };
            globalThis.__VU = 3;
            globalThis.__ITER = 0;
            const exec = (await import('k6/execution')).default;
            const { senders, polled } = await import('k6/http');
            const script = await import('./messaging.mjs');
            const data = JSON.parse(JSON.stringify(script.setup()));
            for (let i = 0; i < 10; i++) { exec.scenario.iterationInTest = i; script.active(data); }
            for (let i = 0; i < 10; i++) { exec.scenario.iterationInTest = i; script.passive(data); }
            const whole = senders.every((sender) => sender.split(',').every((part) => part !== ''));
            console.log(senders.length, new Set(senders).size, new Set(polled).size, whole);
            """;

    @TempDir
    private Path folder;

    @Test
    void everySenderHasItsTurnAndEveryChannelIsPolled() throws Exception {
        assumeTrue(WatchedProcess.program("node").isPresent(), "Node is not here");
        Path modules = Files.createDirectories(folder.resolve("node_modules/k6"));
        for (Map.Entry<String, String> module : MODULES.entrySet()) Files.writeString(modules.resolve(module.getKey()), module.getValue());
        Files.copy(Path.of(System.getProperty("suiload.home"), "conf/k6/messaging.js"), folder.resolve("messaging.mjs"));
        Files.writeString(folder.resolve("run.mjs"), RUN);
        assertEquals("10 10 5 true\n", node());
    }

    @Test
    @Timeout(120)
    void k6ItselfRunsIt() throws Exception {
        Optional<K6> k6 = K6.installed();
        assumeTrue(k6.isPresent(), "k6 is not here");
        try (StandIn service = StandIn.start()) {
            K6.Run run = k6.get().run(folder, service.url(), Map.of("ACTIVE", "2", "PASSIVE", "8", "DURATION", "1s"));
            assertEquals(0, run.process().code(), run.text());
            assertEquals(0, run.figure("http_req_failed", "value"));
            assertEquals(service.asked("POST /contract/channel/message"), run.figure("messages_sent", "count"));
            assertTrue(service.asked("GET /contract/messages/table/*") >= 8);
        }
    }

    private String node() throws IOException, InterruptedException {
        Path printed = folder.resolve("printed.txt");
        Process node = new ProcessBuilder("node", "run.mjs").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(printed.toFile()).start();
        assertTrue(node.waitFor(30, TimeUnit.SECONDS));
        return Files.readString(printed);
    }
}
