package dev.cadre.platform.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between two nodes and can cut them apart: then it closes what is open and refuses what comes. */
final class TestProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private TestProxy(int target) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
    }

    /** Passes everything on to a port of this machine. */
    static TestProxy to(int target) throws IOException {
        var proxy = new TestProxy(target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    void cut() {
        cut = true;
        open.forEach(TestProxy::close);
    }

    void heal() {
        cut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var from = server.accept();
                open.add(from);
                Thread.ofVirtual().start(() -> connect(from));
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private void connect(Socket from) {
        try (from;
                var to = new Socket()) {
            if (cut) {
                return;
            }
            to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            open.add(to);
            if (cut) {
                return;
            }
            var back = Thread.ofVirtual().start(() -> pump(to, from));
            pump(from, to);
            back.join();
        } catch (IOException e) {
            // One of the ends went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the ends went away.
        } finally {
            close(from);
            close(to);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
