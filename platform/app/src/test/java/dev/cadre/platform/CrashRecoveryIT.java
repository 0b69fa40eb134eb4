package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub with its embedded PostgreSQL, killed in the middle of a run and started again. */
@Tag("slow")
class CrashRecoveryIT {

    @Test
    void goesOnBehindTheLastFinishedStepAndRepeatsNoEffect(@TempDir Path home) throws Exception {
        try (var sink = TestStub.start().on("/effect", exchange -> {
                    Thread.sleep(300);
                    TestStub.json(exchange, 200, "{\"done\":true}");
                });
                var hub = HubProcess.start(home, Map.of("CADRE_EGRESS_ALLOW", "127.0.0.1"))) {
            var user = TestUser.register(hub.port());
            var run = startSixSteps(user, sink.url("/effect"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(sink.asked())
                            .as(() -> user.get("/api/v1/runs/" + run).body())
                            .hasSizeGreaterThanOrEqualTo(3));

            hub.kill();
            hub.restart();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> user.get("/api/v1/runs/" + run)
                            .json()
                            .path("status")
                            .asString()
                            .equals("succeeded"));
            var keys = sink.asked().stream().map(TestStub.Asked::key).distinct().toList();
            assertThat(keys).hasSize(6).doesNotContain("null");
            // Only the call that the kill cut off may have been made again, with its key.
            assertThat(sink.asked()).hasSizeBetween(6, 7);
            var tasks = user.get("/api/v1/runs/" + run + "/tasks").json().path("items");
            assertThat(tasks)
                    .hasSize(6)
                    .allMatch(task -> task.path("status").asString().equals("succeeded"));
        }
    }

    private static String startSixSteps(TestUser user, String url) {
        var inputs = "{\"method\":\"POST\",\"url\":\"" + url + "\",\"body\":{\"n\":1}}";
        var bpmn = Bpmn.manual();
        for (int i = 1; i <= 6; i++) {
            bpmn.step("s" + i, "http-request", inputs);
        }
        bpmn.end("done").flow("start", "s1", "s2", "s3", "s4", "s5", "s6", "done");
        var workflow = user.post("/api/v1/workflows", Map.of("name", "six steps", "bpmnXml", bpmn.xml()));
        var id = workflow.json().path("id").asString();
        assertThat(user.post("/api/v1/workflows/" + id + "/publish", Map.of()).status())
                .isEqualTo(200);
        var started = user.post("/api/v1/workflows/" + id + "/run", Map.of("input", Map.of()));
        assertThat(started.status()).isEqualTo(202);
        return Objects.requireNonNull(started.json().path("run").path("id").asString());
    }
}
