package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that is killed while the tools of an agent work. */
@Tag("slow")
class AgentCrashIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aToolThatWasCutOffRunsAgainWithItsKeyAndTheModelIsNotAskedAgain(@TempDir Path home) throws Exception {
        var down = new AtomicBoolean();
        try (var model = new TestModel();
                var outside = TestStub.start()
                        .on("/quick", exchange -> TestStub.json(exchange, 200, "{}"))
                        .on("/slow", exchange -> {
                            if (!down.get()) {
                                // The effect is there, but the hub never hears of it.
                                Thread.sleep(PATIENCE);
                            }
                            TestStub.json(exchange, 200, "{}");
                        });
                var hub = HubProcess.start(home, environment(model))) {
            var user = TestUser.register(hub.port());
            var runs = new TestRuns(user);
            model.says(TestModel.wants("quick", "{}", "slow", "{}"), TestModel.text("done"));
            var id = runs.started(agent(outside), Map.of());
            await().atMost(PATIENCE)
                    .until(() -> outside.asked("/slow") == 1
                            && runs.statusOf(runs.get(id), "quick").equals("succeeded"));

            down.set(true);
            hub.kill();
            hub.restart();

            await().atMost(PATIENCE)
                    .until(() -> runs.get(id).path("status").asString().equals("succeeded"));
            assertThat(runs.get(id).path("output").path("said").asString()).isEqualTo("done");
            assertThat(model.asked()).isEqualTo(2);
            assertThat(outside.asked("/quick")).isEqualTo(1);
            assertThat(outside.asked("/slow")).isEqualTo(2);
            assertThat(outside.asked().stream()
                            .filter(asked -> asked.path().equals("/slow"))
                            .map(TestStub.Asked::key)
                            .distinct())
                    .hasSize(1);
        }
    }

    private static Map<String, String> environment(TestModel model) {
        var environment = new HashMap<>(model.environment());
        environment.put("CADRE_EGRESS_ALLOW", "127.0.0.1");
        return environment;
    }

    private static Bpmn agent(TestStub outside) {
        var tools = Bpmn.inside()
                .tool("quick", "http-request", TestRuns.post(outside, "/quick"))
                .tool("slow", "http-request", TestRuns.post(outside, "/slow"));
        return Bpmn.manual()
                .agent("helper", "{\"message\":\"go\",\"model\":\"" + TestModel.NAME + "\"}", tools)
                .end("end", "{\"said\":\"{{ steps.helper.output }}\"}")
                .flow("start", "helper", "end");
    }
}
