package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Odd requests of every kind get the same body, and never a 500. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProblemsIT {

    private static final String ORGANIZATIONS = "/api/v1/organizations";

    @LocalServerPort
    int port;

    private TestUser ada;

    @BeforeEach
    void signUp() {
        ada = TestUser.register(port);
    }

    @Test
    void namesTheTraceOfTheCaller() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var answer = ada.get("/api/v1/nothing", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

        assertProblem(answer, 404, "not-found");
        assertThat(answer.json().path("traceId").asString()).isEqualTo(trace);
        assertThat(answer.json().path("instance").asString()).isEqualTo("/api/v1/nothing");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/not-found");
    }

    @Test
    void malformedBodies() {
        assertProblem(ada.post(ORGANIZATIONS, "{\"name\":"), 400, "malformed-json");
        assertProblem(ada.post(ORGANIZATIONS, "{} {}"), 400, "malformed-json");
        assertProblem(ada.post(ORGANIZATIONS, ""), 400, "malformed-json");
        assertProblem(ada.post(ORGANIZATIONS, "null"), 400, "malformed-json");
        assertProblem(ada.post(ORGANIZATIONS, "[1]"), 400, "malformed-json");
        assertProblem(ada.post(ORGANIZATIONS, "[".repeat(5_000)), 400, "malformed-json");
        assertProblem(ada.post(ORGANIZATIONS, "{\"name\":\"a\\u0000b\"}"), 422, "invalid-input");
        var wrongType = ada.post(ORGANIZATIONS, "{\"name\":{\"a\":1}}");
        assertProblem(wrongType, 422, "invalid-input");
        assertThat(wrongType.json().at("/violations/0/pointer").asString()).isEqualTo("/name");
        var wrongRole = ada.post(ORGANIZATIONS + "/members", Map.of("email", "a@example.com", "role", "king"));
        assertProblem(wrongRole, 422, "invalid-input");
        assertThat(wrongRole.json().at("/violations/0/pointer").asString()).isEqualTo("/role");
    }

    @Test
    void nulInAnEmailIsNotFoundInsteadOfBreakingTheDatabase() {
        var answer = ada.post("/auth/login", "{\"email\":\"a\\u0000@example.com\",\"password\":\"0123456789\"}");
        assertProblem(answer, 401, "wrong-credentials");
        var member = ada.post(ORGANIZATIONS + "/members", "{\"email\":\"a\\u0000@example.com\",\"role\":\"viewer\"}");
        assertProblem(member, 422, "invalid-input");
    }

    @Test
    void wrongMethodsTypesAndPaths() {
        var wrongMethod = ada.put(ORGANIZATIONS, Map.of());
        assertProblem(wrongMethod, 405, "method-not-allowed");
        assertThat(wrongMethod.header("Allow")).contains("GET", "POST");
        assertProblem(
                ada.post(ORGANIZATIONS, "<a/>", "Content-Type", "application/xml"), 415, "unsupported-media-type");
        assertProblem(ada.get(ORGANIZATIONS, "Accept", "application/xml"), 406, "not-acceptable");
        assertProblem(ada.get("/api"), 404, "not-found");
        assertProblem(ada.get("/api/v2/me", "Accept", "text/html"), 404, "not-found");
        assertProblem(ada.get("/error"), 404, "not-found");
        assertProblem(ada.get("/no/such/page"), 404, "not-found");
        assertProblem(ada.send("TRACE", "/api/v1/me", null), 405, "method-not-allowed");
        assertProblem(ada.get("/api/v1/me;x=1"), 400, "malformed-request");
        assertProblem(ada.get("/api/v1/%2e%2e/me"), 400, "malformed-request");
        assertProblem(TestUser.nobody(port).get("/actuator/env"), 401, "unauthenticated");
        assertProblem(ada.get("/actuator/env"), 403, "forbidden");
    }

    @Test
    void aClientThatSendsAllBeforeItReadsGetsItsAnswer() throws IOException {
        var large = "x".repeat(12_000_000);
        for (var path : List.of("/auth/login", "/api/v1/workflows")) {
            var answer = raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + large.length() + "\r\nConnection: close\r\n\r\n" + large);
            assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"too-large\"");
        }
    }

    @Test
    void tooLargeBodies() throws IOException {
        var large = "{\"name\":\"" + "x".repeat(3_000_000) + "\"}";
        assertProblem(ada.post(ORGANIZATIONS, large), 413, "too-large");
        assertProblem(ada.post("/auth/login", large), 413, "too-large");
        assertProblem(ada.post(ORGANIZATIONS, large, "Idempotency-Key", "k"), 413, "too-large");

        var chunked = raw("POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n");
        assertThat(chunked).startsWith("HTTP/1.1 413").contains("\"code\":\"too-large\"");
    }

    @Test
    void filesAreReadOnlyFromWhomMaySendThem() throws IOException {
        var form = "--x\r\nContent-Disposition: form-data; name=\"jar\"; filename=\"a.jar\"\r\n\r\nx\r\n--x--\r\n";
        var type = "multipart/form-data; boundary=x";
        assertProblem(ada.post(ORGANIZATIONS, form, "Content-Type", type), 415, "unsupported-media-type");
        assertProblem(ada.post("/auth/login", form, "Content-Type", type), 415, "unsupported-media-type");

        assertProblem(ada.post("/nothing", form, "Content-Type", type), 415, "unsupported-media-type");
        var coded = raw("POST /%61uth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                + "\r\nContent-Length: " + form.length() + "\r\nConnection: close\r\n\r\n" + form);
        assertThat(coded).startsWith("HTTP/1.1 415");
        // were it read first, it would be found to have no end
        assertProblem(ada.colleague("viewer").post("/api/v1/plugins", "--x", "Content-Type", type), 403, "forbidden");
    }

    @Test
    void whatTomcatRefusesItselfShowsNothingOfTheInside() throws IOException {
        var badLine = raw("GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var badTarget = raw("GET /{x} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var noHost = raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        var hugeHeader = raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Huge: " + "x".repeat(20_000) + "\r\n\r\n");

        for (var answer : new String[] {badLine, badTarget, noHost, hugeHeader}) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"code\":\"malformed-request\"")
                    .doesNotContain("Exception", "Tomcat", "<html");
        }
    }

    @Test
    void sendsSecurityHeaders() {
        var answer = ada.get("/api/v1/me");

        assertThat(ada.get("/").header("Content-Security-Policy"))
                .contains("script-src 'self';", "frame-ancestors 'none'", "object-src 'none'");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "sandbox");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(ada.get("/hooks/none").header("Content-Security-Policy")).startsWith("sandbox");
    }

    @Test
    void operationsAreThere() {
        var nobody = TestUser.nobody(port);
        assertThat(nobody.get("/actuator/health/liveness").json().path("status").asString())
                .isEqualTo("UP");
        assertThat(nobody.get("/actuator/health/readiness")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("UP");
        assertThat(nobody.get("/actuator/info").status()).isEqualTo(200);
        assertThat(nobody.get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        var json = answer.json();
        assertThat(json.path("code").asString()).isEqualTo(code);
        assertThat(json.path("status").asInt()).isEqualTo(status);
        assertThat(json.path("title").asString()).isNotBlank();
        assertThat(json.path("detail").asString()).isNotBlank().doesNotContain("Exception", "dev.cadre");
        assertThat(json.path("traceId").asString()).hasSize(32);
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
