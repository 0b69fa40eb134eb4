package dev.cadre.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.WebClient;
import dev.cadre.platform.run.RunMoved;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LiveEventsIT {

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationEventPublisher events;

    @Test
    void tellsOnlyWhatMovedInTheCallersOrganization() throws Exception {
        var user = TestUser.register(port);
        try (var client = WebClient.connect(port, user.token())) {
            assertThat(client.protocol()).isEqualTo("cadre.v1");
            var own = RunId.create();

            // The server may still be registering the client when the handshake is done for us.
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                events.publishEvent(moved(OrganizationId.create(), RunId.create()));
                events.publishEvent(moved(new OrganizationId(UUID.fromString(user.organization())), own));
                return !client.heard().isEmpty();
            });

            assertThat(client.heard())
                    .allSatisfy(
                            text -> assertThat(text).contains(own.toString()).contains("\"succeeded\""));
        }
    }

    @Test
    void refusesAForgedToken() {
        assertThatThrownBy(() -> WebClient.connect(port, "forged"))
                .hasStackTraceContaining("WebSocketHandshakeException");
    }

    @Test
    void refusalsAreProblems() throws Exception {
        var user = TestUser.register(port);
        var handshake = "GET /api/v1/events HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        var protocol = "Sec-WebSocket-Protocol: cadre.v1, bearer.";

        assertProblem(raw(handshake + "\r\n"), "401", "unauthenticated");
        assertProblem(raw(handshake + protocol + "forged\r\n\r\n"), "401", "unauthenticated");
        assertProblem(
                raw(handshake + protocol + user.token() + "\r\nOrigin: https://elsewhere.example\r\n\r\n"),
                "403",
                "foreign-origin");
        assertProblem(
                raw(handshake.replace("Version: 13", "Version: 8") + protocol + user.token() + "\r\n\r\n"),
                "400",
                "websocket-expected");
        var plain = user.get("/api/v1/events");
        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.json().path("code").asString()).isEqualTo("websocket-expected");
        assertThat(TestUser.nobody(port).get("/api/v1/events").status()).isEqualTo(401);
    }

    @Test
    void nobodyTakesAllConnections() throws Exception {
        var user = TestUser.register(port);
        var open = new ArrayList<WebClient>();
        try {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            open.add(WebClient.connect(port, user.token()));
                        }
                    })
                    .hasStackTraceContaining("WebSocketHandshakeException");
            assertThat(open).hasSizeBetween(50, 60);
            var colleague = user.colleague("viewer");
            open.add(WebClient.connect(port, colleague.token()));
        } finally {
            open.forEach(WebClient::close);
        }
    }

    private static void assertProblem(String answer, String status, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "\"code\":\"" + code + "\"", "\"traceId\"");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new StringBuilder();
            var buffer = new byte[8_192];
            // until the end of the document: the connection may stay open
            while (!answer.toString().contains("\"traceId\"")) {
                int read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    break;
                }
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }

    @Test
    void anUnknownWebhookIsAProblem() {
        var answer = TestUser.nobody(port).get("/hooks/nothing-here");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    private static RunMoved moved(OrganizationId organization, RunId run) {
        return new RunMoved(
                organization, run, WorkflowId.create(), RunStatus.SUCCEEDED, false, List.of(), Instant.now());
    }
}
