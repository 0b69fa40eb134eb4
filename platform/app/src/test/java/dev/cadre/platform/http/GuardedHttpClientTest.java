package dev.cadre.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.spi.StepException;
import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.StepException.Retryable;
import dev.cadre.spi.http.HttpRequest;
import dev.cadre.spi.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHttpClientTest {

    private interface Script {
        void play(OutputStream out) throws Exception;
    }

    final GuardedHttpClient client =
            new GuardedHttpClient(new EgressGuard(new EgressSettings(List.of("127.0.0.1"), List.of())));
    ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5000, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        client.destroy();
    }

    /** Plays the same to every connection, once its request's head has been read. */
    private void serve(Script script) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            var in = socket.getInputStream();
                            for (int last = 0, next = in.read(); next >= 0; next = in.read()) {
                                last = last << 8 | next;
                                if (last == 0x0d0a0d0a) {
                                    break;
                                }
                            }
                            script.play(socket.getOutputStream());
                        } catch (Exception closed) {
                            // the client hung up
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    private HttpResponse get(String timeout) {
        return get(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), timeout);
    }

    private HttpResponse get(URI uri, String timeout) {
        return client.send(new HttpRequest("GET", uri, Map.of(), null, Duration.parse(timeout)));
    }

    private static void fails(String code, Runnable call) {
        assertThatExceptionOfType(StepException.class)
                .isThrownBy(call::run)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void readsAnAnswerWhateverItsStatus() {
        serve(out -> send(out, "HTTP/1.1 418 Teapot\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nhi"));

        var answer = get("PT10S");

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.headers()).containsEntry("x-a", List.of("1", "2"));
        assertThat(answer.body()).asString().isEqualTo("hi");
    }

    @Test
    void followsNoRedirect() {
        serve(out -> send(out, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"));

        assertThat(get("PT10S").status()).isEqualTo(302);
    }

    @Test
    void givesUpOnAServerThatSaysNothing() {
        serve(out -> Thread.sleep(60_000));

        fails("HTTP_TIMEOUT", () -> get("PT0.3S"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"})
    void givesUpOnAServerThatTrickles(String head) {
        serve(out -> {
            send(out, head);
            while (true) {
                send(out, "a");
                Thread.sleep(50);
            }
        });

        fails("HTTP_TIMEOUT", () -> get("PT0.5S"));
    }

    @Test
    void refusesAnEndlessAnswer() {
        serve(out -> {
            send(out, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                send(out, "a".repeat(100_000));
            }
        });

        fails("RESPONSE_TOO_LARGE", () -> get("PT30S"));
    }

    @Test
    void reportsAServerThatHangsUp() {
        serve(out -> {});

        assertThatExceptionOfType(Retryable.class).isThrownBy(() -> get("PT10S"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/",
                "http://127.0.0.2/",
                "http://2130706433/",
                "http://127.1/",
                "http://[::1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://169.254.169.254/latest/meta-data/"
            })
    void refusesAddressesThatAreNotPublic(String address) {
        assertThatExceptionOfType(StepException.class)
                .isThrownBy(() -> get(URI.create(address), "PT5S"))
                .satisfies(failure ->
                        assertThat(failure.code()).isIn("EGRESS_DENIED", "HTTP_UNREACHABLE", "HTTP_INVALID_REQUEST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.org/", "http:///", "http://user:secret@example.org/"})
    void refusesWhatIsNoHttpAddress(String address) {
        fails("HTTP_INVALID_REQUEST", () -> get(URI.create(address), "PT5S"));
    }

    @Test
    void refusesHeadersThatSmuggle() {
        var request = new HttpRequest(
                "GET",
                URI.create("http://127.0.0.1/"),
                Map.of("X-A", List.of("1\r\nHost: evil")),
                null,
                Duration.ofSeconds(5));

        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> client.send(request));
    }

    @Test
    void waitsForOneHostAThousandTimesAtOnce() throws Exception {
        var all = new CountDownLatch(1000);
        serve(out -> {
            all.countDown();
            all.await();
            send(out, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<java.util.concurrent.Future<HttpResponse>>();
            for (int call = 0; call < 1000; call++) {
                calls.add(threads.submit(() -> get("PT60S")));
            }
            for (var call : calls) {
                assertThat(call.get().status()).isEqualTo(204);
            }
        }
    }
}
