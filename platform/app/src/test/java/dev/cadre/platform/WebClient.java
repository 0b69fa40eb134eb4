package dev.cadre.platform;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A web client that listens to the events of its organization. */
public final class WebClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final WebSocket socket;

    private WebClient(int port, String token) throws Exception {
        try {
            socket = http.newWebSocketBuilder()
                    .subprotocols("cadre.v1", "bearer." + token)
                    .buildAsync(URI.create("ws://localhost:" + port + "/api/v1/events"), new Listener())
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception refused) {
            http.shutdownNow();
            throw refused;
        }
    }

    public static WebClient connect(int port, String token) throws Exception {
        return new WebClient(port, token);
    }

    /** The events so far, as JSON texts. */
    public List<String> heard() {
        return heard;
    }

    /** The code that the hub closed the connection with; 0 while it is open. */
    public int closedWith() {
        return closed.get();
    }

    public String protocol() {
        return socket.getSubprotocol();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Listener implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.set(status);
            return null;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            heard.add(data.toString());
            from.request(1);
            return null;
        }
    }
}
