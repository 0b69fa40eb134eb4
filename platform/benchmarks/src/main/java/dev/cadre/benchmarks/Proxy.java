package dev.cadre.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a port, and can swallow everything that is sent there or from there without a word. */
final class Proxy implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Proxy(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
    }

    static Proxy before(int target) throws IOException {
        var proxy = new Proxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String address() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    /** From now on whatever is sent is lost, and connections hang. */
    void cut() {
        cut = true;
    }

    /** The way is free again. What hung in the cut is broken, as its ends have lost count of each other. */
    void heal() {
        cut = false;
        sockets.forEach(Proxy::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                sockets.add(client);
                if (cut) {
                    continue;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pump(client, server));
                Thread.ofVirtual().start(() -> pump(server, client));
            } catch (IOException e) {
                // Nobody listens there, or this is closed.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[64 * 1024];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!cut) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One side is gone, the other follows.
        }
        // In a cut network nobody hears that the other side has hung up.
        if (!cut) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        sockets.forEach(Proxy::close);
    }
}
