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
import java.time.Duration;
import java.time.Instant;
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
