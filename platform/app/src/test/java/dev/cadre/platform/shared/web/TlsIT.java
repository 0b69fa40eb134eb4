package dev.cadre.platform.shared.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub with a certificate of its own and little patience: TLS as clients see it, and clients that are too slow. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsIT {

    private static final String FORM = "Content-Type: application/json\r\n";

    @TempDir
    static Path folder;

    private static TestHub hub;

    @BeforeAll
    static void start() throws IOException {
        install("first.crt", "first.key");
        hub = TestHub.start(
                TestDatabase.emptyDatabase(),
                "CADRE_TLS_CERT=" + folder.resolve("hub.crt"),
                "CADRE_TLS_KEY=" + folder.resolve("hub.key"),
                "cadre.web.tls-look=100ms",
                "cadre.web.head-patience=1s",
                "cadre.web.body-patience=1s",
                "cadre.web.body-rate=1KB");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void answersOverTls(String protocol) throws Exception {
        try (var socket = connect("first.crt", protocol)) {
            var answer =
                    exchange(socket, "GET /auth/none HTTP/1.1\r\nHost: hub.cadre.test\r\nConnection: close\r\n\r\n");

            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(answer)
                    .startsWith("HTTP/1.1 404")
                    .contains("Strict-Transport-Security: max-age=63072000; includeSubDomains");
        }
    }

    @Test
    @Order(1)
    void refusesOldProtocolsAndPlainHttp() throws Exception {
        assertThatThrownBy(() -> connect("first.crt", "TLSv1.1")).isInstanceOf(IOException.class);
        for (var weak : List.of("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384")) {
            assertThatThrownBy(() -> connect("first.crt", "TLSv1.2", weak))
                    .as(weak)
                    .isInstanceOf(IOException.class);
        }
        try (var socket = new Socket("localhost", hub.port())) {
            assertThat(exchange(socket, "GET /actuator/health HTTP/1.1\r\nHost: hub.cadre.test\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("UP");
        }
    }

    @Test
    @Order(1)
    void webhooksSayToo_thatBrowsersStayWithTls() throws Exception {
        try (var socket = connect("first.crt", "TLSv1.3")) {
            assertThat(exchange(
                            socket, "GET /hooks/none HTTP/1.1\r\nHost: hub.cadre.test\r\nConnection: close\r\n\r\n"))
                    .contains("Strict-Transport-Security: max-age=63072000");
        }
        try (var socket = connect("first.crt", "TLSv1.3")) {
            assertThat(exchange(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .as("it would count for every other port of this machine")
                    .doesNotContain("Strict-Transport-Security");
        }
    }

    @Test
    @Order(1)
    void cookiesTravelOverTlsOnly() throws Exception {
        var body = "{\"email\":\"ada@example.com\",\"password\":\"correct horse battery\",\"name\":\"Ada\"}";
        try (var socket = connect("first.crt", "TLSv1.3")) {
            var answer = exchange(
                    socket,
                    "POST /auth/register HTTP/1.1\r\nHost: hub.cadre.test\r\nConnection: close\r\n" + FORM
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body);

            assertThat(answer).startsWith("HTTP/1.1 201").contains("Cache-Control: no-store");
            assertThat(answer.lines().filter(line -> line.startsWith("Set-Cookie:")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("Set-Cookie: __Secure-cadre_")
                            .contains("; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/auth"));
        }
    }

    /** A neighbouring host, or anybody on a line without TLS, can set a cookie without the prefix. */
    @Test
    @Order(1)
    void overTlsNoCookieCountsThatCouldBeSetWithoutIt() throws Exception {
        var refresh = register();
        for (var name : List.of("cadre_refresh", "__Secure-cadre_refresh")) {
            try (var socket = connect("first.crt", "TLSv1.3")) {
                assertThat(exchange(
                                socket,
                                "POST /auth/refresh HTTP/1.1\r\nHost: hub.cadre.test\r\nConnection: close\r\nCookie: "
                                        + name + "=" + refresh + "\r\nContent-Length: 0\r\n\r\n"))
                        .as(name)
                        .startsWith(name.startsWith("__") ? "HTTP/1.1 200" : "HTTP/1.1 401");
            }
        }
    }

    private static String register() throws Exception {
        var body = "{\"email\":\"" + UUID.randomUUID()
                + "@example.com\",\"password\":\"correct horse battery\",\"name\":\"Ada\"}";
        try (var socket = connect("first.crt", "TLSv1.3")) {
            return exchange(
                            socket,
                            "POST /auth/register HTTP/1.1\r\nHost: hub.cadre.test\r\nConnection: close\r\n" + FORM
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                    .replaceFirst("(?s).*__Secure-cadre_refresh=([^;]+);.*", "$1");
        }
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                "GET /api/v1/me",
                "POST /hooks/orders HTTP/1.1\r\nHost: x\r\nX-Slow: "
            })
    void cutsOffWhoSendsTheHeadOfARequestByteByByte(String begin) throws Exception {
        assertThat(trickle(begin)).isEmpty();
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            strings = {
                "POST /auth/login HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 100000\r\n\r\n",
                "POST /auth/login HTTP/1.1\r\nHost: x\r\n" + FORM + "Transfer-Encoding: chunked\r\n\r\nffff\r\n",
                "POST /api/v1/workflows HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 1000000\r\n\r\n",
                "POST /hooks/orders HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 100000\r\n\r\n",
                "POST /api/v1/plugins HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                        + "Content-Length: 100000\r\n\r\n--x\r\n",
                "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n"
            })
    void cutsOffWhoSendsABodyByteByByte(String begin) throws Exception {
        assertThat(trickle(begin)).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
    }

    @Test
    @Order(1)
    void waitsForWhoIsSlowButComesOn() throws Exception {
        var body = "{\"email\":\"nobody@example.com\",\"password\":\"" + "x".repeat(150) + "\"}";
        var request = "POST /auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + FORM + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
        try (var socket = connect("first.crt", "TLSv1.3")) {
            for (var part : request.split("(?<=\\G.{40})")) {
                socket.getOutputStream().write(part.getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
                Thread.sleep(50); // a slow line, not a wait for something to happen
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    @Order(2)
    void takesTheNextCertificateWithoutARestartAndNeverHalfAPair() throws Exception {
        Files.copy(file("next.crt"), folder.resolve("new.crt"));
        Files.move(folder.resolve("new.crt"), folder.resolve("hub.crt"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(subject("first.crt")).as("its key is not there yet").contains("first.cadre.test");

        install("next.crt", "next.key");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(subject("next.crt")).contains("next.cadre.test"));
    }

    private static String subject(String trusted) throws Exception {
        try (var socket = connect(trusted, "TLSv1.3")) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    /** Sends a byte now and then until the hub hangs up; what it has answered until then. */
    private static String trickle(String begin) throws Exception {
        var heard = new StringBuilder();
        try (var socket = connect("first.crt", "TLSv1.3")) {
            socket.setSoTimeout(100);
            var out = socket.getOutputStream();
            out.write(begin.getBytes(ISO_8859_1));
            out.flush();
            while (true) {
                try {
                    int next = socket.getInputStream().read();
                    if (next < 0) {
                        return heard.toString();
                    }
                    heard.append((char) next);
                } catch (SocketTimeoutException silence) {
                    out.write('a');
                    out.flush();
                }
            }
        } catch (SocketException | SSLException cut) {
            return heard.toString();
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private static SSLSocket connect(String trusted, String protocol, String... suites)
            throws IOException, GeneralSecurityException {
        var trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null);
        try (var in = Files.newInputStream(file(trusted))) {
            trust.setCertificateEntry(
                    "hub", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", hub.port());
        socket.setEnabledProtocols(new String[] {protocol});
        if (suites.length > 0) {
            socket.setEnabledCipherSuites(suites);
        }
        socket.startHandshake();
        return socket;
    }

    private static void install(String certificate, String key) throws IOException {
        Files.writeString(folder.resolve("hub.crt"), Files.readString(file(certificate)));
        Files.writeString(folder.resolve("hub.key"), Files.readString(file(key)));
    }

    private static Path file(String name) {
        return Path.of(TlsCertificateTest.FILES, name);
    }
}
