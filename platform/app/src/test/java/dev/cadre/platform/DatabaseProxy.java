package dev.cadre.platform;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a PostgreSQL, or any other port, and breaks the connections between them as networks and servers do. */
public final class DatabaseProxy implements AutoCloseable {

    /** ReadyForQuery, no transaction open: what the server did is committed. */
    private static final String DONE = "Z\0\0\0\5I";

    private final ServerSocket door;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private boolean frozen;
    private volatile String doomed;
    private volatile int lost;

    /** A client's connection with its counterpart at the server. */
    private static final class Link {
        final Socket client;
        final Socket server;
        volatile boolean losing;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void close() {
            for (var socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // It is closed.
                }
            }
        }
    }

    private DatabaseProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static DatabaseProxy to(int port) throws IOException {
        return new DatabaseProxy(port);
    }

    /** Stands in front of a database, given as {@link TestDatabase#environment()} does. */
    public static DatabaseProxy before(Map<String, String> database) throws IOException {
        return to(URI.create(database.get("CADRE_DB_URL").substring("jdbc:".length()))
                .getPort());
    }

    /** Where this stands. */
    public int port() {
        return door.getLocalPort();
    }

    /** The same database, reached through here. */
    public Map<String, String> through(Map<String, String> database) {
        var changed = new HashMap<>(database);
        changed.put(
                "CADRE_DB_URL",
                database.get("CADRE_DB_URL").replace(":" + target + "/", ":" + door.getLocalPort() + "/"));
        return changed;
    }

    /** From now on nothing gets through, and nobody is told. */
    public synchronized void freeze() {
        frozen = true;
    }

    public synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    /** Breaks all connections that there are. */
    public void cut() {
        links.forEach(Link::close);
    }

    /**
     * The next request that contains the text reaches the server and is carried out, but its connection breaks before
     * the answer comes back.
     */
    public void loseAnswerTo(String text) {
        doomed = text;
    }

    /** How many answers were lost. */
    public int lost() {
        return lost;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                Thread.ofVirtual().start(() -> pump(link, true));
                Thread.ofVirtual().start(() -> pump(link, false));
            } catch (IOException e) {
                // The server is away: the client sees its connection refused, or this is closed.
            }
        }
    }

    private void pump(Link link, boolean toServer) {
        var buffer = new byte[64 * 1024];
        try {
            InputStream in = toServer ? link.client.getInputStream() : link.server.getInputStream();
            var out = toServer ? link.server.getOutputStream() : link.client.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitThaw();
                var text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                if (toServer) {
                    doom(link, text);
                } else if (link.losing) {
                    if (text.contains(DONE)) {
                        lost++;
                        break;
                    }
                    continue;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side is gone, the other follows.
        }
        link.close();
        links.remove(link);
    }

    private synchronized void doom(Link link, String text) {
        if (doomed != null && text.contains(doomed)) {
            doomed = null;
            link.losing = true;
        }
    }

    private synchronized void awaitThaw() {
        while (frozen) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
        thaw();
    }
}
