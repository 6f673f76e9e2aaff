package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.json.Json;

/** Goal: the whole network starts, says how it is used, gives money away, keeps its state, and refuses nonsense in one line. */
@Timeout(120)
class LocalnetTest {
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path data;

    private Localnet start() throws IOException {
        return Localnet.start(new Localnet.Options(0, 0, data, WeatherTest.FOLDER, "calm", 1));
    }

    @Test
    void stateAndKeyOutliveARestart() throws Exception {
        String chain;
        try (Localnet network = start()) {
            chain = network.chainId();
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(network.fundingKey())));
            var key = SecretKey.parse(Files.readString(network.fundingKey()).strip());
            assertEquals(network.fundingAddress(), Address.ofPublicKey(key.publicKey()));
            String request = "{\"FixedAmountRequest\":{\"recipient\":\"0x77\"}}";
            assertTrue(ask(network.faucetPort(), "v2/gas", request).body().contains("\"Success\""));
        }
        try (Localnet again = start()) {
            assertEquals(chain, again.chainId());
            long balance = again.ledger().balances(Address.ofShort(0x77)).values().stream().mapToLong(Long::longValue).sum();
            assertEquals(5 * 200_000_000_000L, balance);
        }
    }

    @Test
    void faucetRefusesWhatIsNoRequest() throws Exception {
        try (Localnet network = start()) {
            int port = network.faucetPort();
            assertEquals(400, ask(port, "gas", "{").statusCode());
            assertEquals(422, ask(port, "v1/gas", "{\"FixedAmountRequest\":{}}").statusCode());
            assertEquals(422, ask(port, "v2/gas", "[1]").statusCode());
            var plain = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/gas"))
                    .POST(HttpRequest.BodyPublishers.ofString("hello")).build();
            assertEquals(415, CLIENT.send(plain, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void oneNetworkAFolderAndAPort() throws Exception {
        try (Localnet network = start()) {
            assertThrows(LedgerException.class, this::start);
            assertEquals("calm", network.weather());
        }
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var error = new ByteArrayOutputStream();
            int code = LocalnetMain.run(discard(), new PrintStream(error), "--port", "" + taken.getLocalPort(), "--data", data.toString());
            assertEquals(100, code);
            assertTrue(error.toString(StandardCharsets.UTF_8).contains("port " + taken.getLocalPort() + " is in use"), error.toString());
        }
    }

    @Test
    void nonsenseOptionsAreNamed() {
        for (String[] options : new String[][] {{"--port", "many"}, {"--port", "65536"}, {"--port"}, {"--speed", "9"}, {"--seed", "-1"}}) {
            var error = new ByteArrayOutputStream();
            assertEquals(104, LocalnetMain.run(discard(), new PrintStream(error), options));
            assertTrue(error.toString(StandardCharsets.UTF_8).startsWith("suiload localnet: "), error.toString());
            assertTrue(error.toString(StandardCharsets.UTF_8).contains(options[0]), error.toString());
        }
        assertEquals(100, LocalnetMain.run(discard(), discard(), "--weather", "tornado", "--data", data.toString()));
    }

    @Test
    void weatherCommandFindsTheNetworkByItsFolder() throws Exception {
        try (Localnet network = start()) {
            var out = new ByteArrayOutputStream();
            assertEquals(0, WeatherMain.run(new PrintStream(out), discard(), "storm", "execute.hang=0", "--data", data.toString()));
            assertEquals("weather: storm\n", out.toString(StandardCharsets.UTF_8));
            assertEquals("storm", network.weather());
            assertEquals(0, WeatherMain.run(discard(), discard(), "--url", "http://127.0.0.1:" + network.port()));
            assertEquals(100, WeatherMain.run(discard(), discard(), "tornado", "--data", data.toString()));
            assertEquals("storm", network.weather());
        }
        assertEquals(100, WeatherMain.run(discard(), discard(), "calm", "--data", data.toString()));
        assertEquals(104, WeatherMain.run(discard(), discard(), "calm", "hang"));
        assertNotEquals(0, WeatherMain.run(discard(), discard(), "calm", "--data", data.resolve("none").toString()));
        assertEquals(1, Json.parse(Files.readAllBytes(data.resolve(Localnet.ENDPOINT_FILE))).integer("port", 1, 65_535) > 0 ? 1 : 0);
    }

    private static HttpResponse<String> ask(int port, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static PrintStream discard() {
        return new PrintStream(PrintStream.nullOutputStream());
    }
}
