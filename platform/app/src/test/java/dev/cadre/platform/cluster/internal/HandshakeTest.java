package dev.cadre.platform.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final byte[] KEY = "the key of this installation.....".getBytes();

    private interface End {
        void meet(Socket socket) throws IOException;
    }

    @Test
    void letsInWhoKnowsTheKeyAndReadsNotAByteMore() throws Exception {
        meet(
                socket -> {
                    new Handshake(KEY).onConnect(socket);
                    socket.getOutputStream().write("HZC".getBytes());
                },
                socket -> {
                    new Handshake(KEY).onAccept(socket);
                    assertThat(new String(socket.getInputStream().readNBytes(3)))
                            .isEqualTo("HZC");
                });
    }

    @Test
    void refusesWhoConnectsWithAnotherKey() {
        assertThatThrownBy(() -> meet(
                        // a stranger who does not care who accepts him
                        socket -> {
                            socket.getOutputStream().write(new byte[32]);
                            socket.getInputStream().readNBytes(64);
                            socket.getOutputStream().write(new byte[32]);
                        },
                        new Handshake(KEY)::onAccept))
                .hasStackTraceContaining("does not know this installation's key");
    }

    @Test
    void refusesWhoAcceptsWithAnotherKey() {
        assertThatThrownBy(() -> meet(new Handshake(KEY)::onConnect, new Handshake("another".getBytes())::onAccept))
                .hasStackTraceContaining("does not know this installation's key");
    }

    @Test
    void refusesItsOwnProofSentBack() {
        assertThatThrownBy(() -> meet(
                        new Handshake(KEY)::onConnect,
                        // sends the challenge back as its own, and then whatever the other proves
                        socket -> {
                            var challenge = socket.getInputStream().readNBytes(32);
                            socket.getOutputStream().write(challenge);
                            socket.getOutputStream().write(Arrays.copyOf(challenge, 32));
                            socket.getInputStream().readNBytes(32);
                        }))
                .hasStackTraceContaining("does not know this installation's key");
    }

    @Test
    void doesNotWaitForeverForWhoSaysNothing() {
        assertThatThrownBy(() -> meet(socket -> socket.getInputStream().read(), new Handshake(KEY)::onAccept))
                .hasStackTraceContaining("SocketTimeoutException");
    }

    /** Both ends over a real connection; fails with what the accepting end, or else the connecting one, failed with. */
    private static void meet(End connecting, End accepting) throws Exception {
        try (var server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            var accepted = CompletableFuture.runAsync(() -> {
                try (var channel = server.accept()) {
                    accepting.meet(channel.socket());
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            IOException failure = null;
            try (var channel = SocketChannel.open(server.getLocalAddress())) {
                connecting.meet(channel.socket());
                accepted.join();
            } catch (IOException e) {
                failure = e;
            }
            if (failure != null) {
                accepted.handle((_, _) -> true).join();
                throw failure;
            }
        }
    }
}
