package dev.cadre.platform.live.internal;

import dev.cadre.platform.identity.Caller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/** One connected web client: a bounded queue and a virtual thread that empties it. */
final class Client {

    static final CloseStatus SESSION_ENDED = new CloseStatus(4401, "The session has ended: sign in again.");
    static final CloseStatus TOO_SLOW = new CloseStatus(4408, "The client is too slow: connect again.");

    private static final int WAITING = 1_000;
    private static final long PING_SECONDS = 30;
    private static final long CALLER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final WebSocketSession session;
    private final Watcher watcher;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(WAITING);
    private final Sights sights;
    private volatile boolean open = true;
    private Optional<Caller> caller = Optional.empty();
    private long askedAt;

    Client(WebSocketSession session, Watcher watcher, Sights sights) {
        this.session = session;
        this.watcher = watcher;
        this.sights = sights;
    }

    Watcher watcher() {
        return watcher;
    }

    void start() {
        Thread.ofVirtual().name("live").start(this::send);
    }

    /** Never waits: a client that can't keep up is told to connect again. */
    void offer(Event event) {
        if (!events.offer(event)) {
            // closing may wait for the connection, and the caller is moving a run
            Thread.ofVirtual().name("live-close").start(() -> close(TOO_SLOW));
        }
    }

    private void send() {
        try {
            while (open) {
                var event = events.poll(PING_SECONDS, TimeUnit.SECONDS);
                if (event == null) {
                    session.sendMessage(new PingMessage(ByteBuffer.allocate(0)));
                } else {
                    tell(event);
                }
            }
        } catch (IOException | RuntimeException e) {
            // the client is gone, or the database is away: it connects again
            close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Event event) throws IOException {
        long now = System.nanoTime();
        if (caller.isEmpty() || now - askedAt > CALLER_NANOS) {
            caller = sights.caller(watcher);
            askedAt = now;
        }
        if (caller.isEmpty()) {
            close(SESSION_ENDED);
        } else if (sights.shows(caller.get(), event)) {
            session.sendMessage(new TextMessage(event.message()));
        }
    }

    void close(CloseStatus reason) {
        open = false;
        try {
            session.close(reason);
        } catch (IOException | IllegalStateException e) {
            // It is gone already.
        }
    }
}
