package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What browsers are told with every answer, and what the server refuses before any controller. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BrowserRulesIT {

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/settings/security", "/docs/index.html", "/swagger-ui/index.html"})
    void pagesLoadNothingFromElsewhereAndAreFramedByNobody(String path) {
        var page = TestUser.nobody(port).get(path, "Accept", "text/html");

        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'self'", "script-src 'self';", "connect-src 'self';", "object-src 'none'")
                .contains("base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "script-src 'self' 'unsafe-inline'", "ws:", "*");
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]*src=)[^>]*>")
                .doesNotContainPattern("\\son\\w+=\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/me",
                "/api/v1/none",
                "/auth/none",
                "/none.svg",
                "/docs",
                "/v3/api-docs",
                "/actuator/health"
            })
    void everyAnswerTellsBrowsersWhatNotToDo(String path) {
        var answer = TestUser.nobody(port).get(path);

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()", "geolocation=()", "microphone=()");
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
    }

    @Test
    void answersOfTheApiAreNeverKeptAndAreNoPages() {
        var user = TestUser.register(port);
        for (var path : new String[] {"/api/v1/me", "/api/v1/workflows", "/api/v1/none"}) {
            var answer = user.get(path);
            assertThat(answer.header("Cache-Control")).as(path).contains("no-store");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/hooks/none", "/hooks-test/none", "/hooks-resume/none", "/%68ooks/none", "/hooks%2Dtest/none"})
    void webhooksAnswerNothingThatActsAsAPageHoweverTheirPathIsWritten(String path) {
        var answer = TestUser.nobody(port).get(path, "Accept", "text/html");

        assertThat(answer.status()).isIn(404, 405);
        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("sandbox")
                .contains("frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/me, https://evil.example", "/auth/login, null", "/v3/api-docs, https://evil.example"})
    void noOtherOriginMayRead(String path, String origin) {
        var asked = TestUser.nobody(port)
                .send("OPTIONS", path, null, "Origin", origin, "Access-Control-Request-Method", "POST");
        var read = TestUser.register(port).get(path, "Origin", origin);

        for (var answer : new TestUser.Answer[] {asked, read}) {
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/workflows", "/%61pi/v1/workflows", "/auth/login", "/%61uth/login"})
    void bodiesThatAreTooLargeAreRefusedHoweverTheirPathIsWritten(String path) {
        var answer = TestUser.register(port).post(path, "{\"name\":\"" + "x".repeat(3 << 20) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("code").asString()).isEqualTo("too-large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1#Host: x#X-Long: LONG                           | 400",
                "GET / HTTP/1.1#Host: x#MANY                                   | 400",
                "GET /LONG HTTP/1.1#Host: x                                    | 400",
                "GET / HTTP/1.1                                                | 400",
                "GET / HTTP/1.1#Host: x#Host: y                                | 400",
                "GET /\\..\\ HTTP/1.1#Host: x                                  | 400",
                "GET /static/..%2f..%2fetc/passwd HTTP/1.1#Host: x             | 400",
                "GET /%2e%2e/application.properties HTTP/1.1#Host: x           | 400",
                "GET /;/api/v1/me HTTP/1.1#Host: x                             | 400",
                "TRACE / HTTP/1.1#Host: x                                      | 405",
                "TRACE /hooks/none HTTP/1.1#Host: x                            | 405",
                "CONNECT evil.example:443 HTTP/1.1#Host: x                     | 501",
                "POST /auth/login HTTP/1.1#Host: x#Content-Length: 5#Content-Length: 6 | 400",
                "POST /auth/login HTTP/1.1#Host: x#Content-Length: -5          | 400",
                "POST /auth/login HTTP/1.1#Host: x#Transfer-Encoding: bogus    | 501",
            })
    void theServerRefusesWhatNoClientOfOursSends(String head, int status) throws IOException {
        var many = new StringBuilder();
        for (int header = 0; header < 150; header++) {
            many.append("X-H").append(header).append(": x#");
        }
        var request = head.replace("LONG", "x".repeat(20_000)).replace("MANY", many) + "##";

        var answer = raw(request.replace("##", "\r\n\r\n").replace("#", "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
        assertThat(answer).doesNotContain("Exception", "at org.", "Tomcat", "passwd:");
    }

    /** No other proxy than a named one is believed, and no proxy at all makes a stranger a neighbour. */
    @Test
    void metricsAreForThisMachineAloneAlsoBehindAProxyThatNobodyNamed() {
        assertThat(TestUser.nobody(port).get("/actuator/prometheus").status()).isEqualTo(200);
        for (var header : new String[] {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"}) {
            assertThat(TestUser.nobody(port)
                            .get("/actuator/prometheus", header, "127.0.0.1")
                            .status())
                    .as(header)
                    .isIn(401, 403);
        }
        assertThat(TestUser.register(port).get("/actuator/env").status()).isIn(403, 404);
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var bytes = new byte[4_000];
            int read = socket.getInputStream().readNBytes(bytes, 0, 15);
            read += Math.max(0, socket.getInputStream().read(bytes, read, bytes.length - read));
            return new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
        }
    }
}
