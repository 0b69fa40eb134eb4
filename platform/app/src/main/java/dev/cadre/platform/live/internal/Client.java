package dev.cadre.platform.live.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
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

    private final WebSocketSession session;
    private final Watcher watcher;
    private final BlockingQueue<String> messages = new ArrayBlockingQueue<>(WAITING);
    private volatile boolean open = true;

    Client(WebSocketSession session, Watcher watcher) {
        this.session = session;
        this.watcher = watcher;
    }

    Watcher watcher() {
        return watcher;
    }

    void start() {
        Thread.ofVirtual().name("live").start(this::send);
    }

    /** Never waits: a client that can't keep up is told to connect again. */
    void offer(String message) {
        if (!messages.offer(message)) {
            // closing may wait for the connection, and the caller is moving a run
            Thread.ofVirtual().name("live-close").start(() -> close(TOO_SLOW));
        }
    }

    private void send() {
        try {
            while (open) {
                var message = messages.poll(PING_SECONDS, TimeUnit.SECONDS);
                session.sendMessage(
                        message == null ? new PingMessage(ByteBuffer.allocate(0)) : new TextMessage(message));
            }
        } catch (IOException | IllegalStateException e) {
            close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
