package suiload;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import suiload.store.CannotStart;

/** Says that a port is taken before anything slow is started; the real bind still decides. */
final class PortCheck {
    private PortCheck() {}

    /** @throws CannotStart when somebody listens there, or the address is not ours */
    static void free(String host, int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            throw taken(host, port, e);
        }
    }

    static CannotStart taken(String host, int port, BindException cause) {
        return new CannotStart("cannot listen on " + host + " port " + port + ": " + cause.getMessage()
                + " (another service on it? set PORT to a free one)", cause);
    }
}
