package dev.cadre.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.TestUser;
import dev.cadre.platform.run.RunMoved;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void tellsOnlyWhatMovedInTheCallersOrganization() throws Exception {
        var user = TestUser.register(port);
        var http = HttpClient.newHttpClient();
        try {
            var socket = connect(http, user.token());
            assertThat(socket.getSubprotocol()).isEqualTo("cadre.v1");
            var own = RunId.create();

            // The server may still be registering the client when the handshake is done for us.
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                events.publishEvent(moved(OrganizationId.create(), RunId.create()));
                events.publishEvent(moved(new OrganizationId(UUID.fromString(user.organization())), own));
                return !heard.isEmpty();
            });

            assertThat(heard)
                    .allSatisfy(
                            text -> assertThat(text).contains(own.toString()).contains("\"succeeded\""));
            socket.abort();
        } finally {
            http.shutdownNow();
        }
    }

    @Test
    void refusesAForgedToken() {
        var http = HttpClient.newHttpClient();
        try {
            assertThatThrownBy(() -> connect(http, "forged")).hasStackTraceContaining("WebSocketHandshakeException");
        } finally {
            http.shutdownNow();
        }
    }

    @Test
    void anUnknownWebhookIsAProblem() {
        var answer = TestUser.nobody(port).get("/hooks/nothing-here");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    private WebSocket connect(HttpClient http, String token) throws Exception {
        return http.newWebSocketBuilder()
                .subprotocols("cadre.v1", "bearer." + token)
                .buildAsync(URI.create("ws://localhost:" + port + "/api/v1/events"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        heard.add(data.toString());
                        socket.request(1);
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
    }

    private static RunMoved moved(OrganizationId organization, RunId run) {
        return new RunMoved(
                organization, run, WorkflowId.create(), RunStatus.SUCCEEDED, false, List.of(), Instant.now());
    }
}
