package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.plugin.PluginJarBuilder;
import dev.cadre.platform.plugin.Plugins;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a workflow sees as {@code trigger} when a person gives the input. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RunInputIT {

    private static final String ID = "run-input-trigger";

    @LocalServerPort
    int port;

    @Autowired
    Plugins plugins;

    private TestUser user;

    @BeforeEach
    void installATriggerThatNoRequestFires() {
        user = TestUser.register(port);
        plugins.install(new ByteArrayInputStream(
                PluginJarBuilder.plugin(ID).source("example.Tide", """
                        package example;
                        import dev.cadre.spi.*;
                        import dev.cadre.spi.trigger.*;
                        public class Tide implements Trigger<Tide.Settings> {
                            public record Settings() {}
                            public record Data(String level) {}
                            public TriggerDefinition<Settings> definition() {
                                return new TriggerDefinition<>(
                                    new StepInfo("tide", "Tide", "Rises and falls.", "Triggers", "M0 0"), Settings.class, Data.class);
                            }
                        }
                        """).bytes()));
    }

    @AfterEach
    void delete() {
        plugins.delete(ID);
    }

    @Test
    void isTheTriggersDataWhereNoRequestStartsTheWorkflow() {
        assertThat(triggerOf(Bpmn.startedBy("tide", "{}"))).isEqualTo("{\"level\":\"high\"}");
        assertThat(triggerOf(Bpmn.manual())).isEqualTo("{\"level\":\"high\"}");
    }

    @Test
    void isTheBodyWhereRequestsDo() {
        assertThat(triggerOf(Bpmn.webhook("run-input/" + UUID.randomUUID(), "immediately")))
                .startsWith("{\"body\":{\"level\":\"high\"}");
    }

    private String triggerOf(Bpmn start) {
        var xml = start.end("done").flow("start", "done").xml();
        var created = user.post("/api/v1/workflows", Map.of("name", "input", "bpmnXml", xml));
        var run = user.post(
                "/api/v1/workflows/" + created.json().path("id").asString() + "/run?wait=20",
                Map.of("version", "draft", "input", Map.of("level", "high")));
        assertThat(run.status()).as(run.body()).isEqualTo(200);
        return run.json().path("run").path("input").toString();
    }
}
