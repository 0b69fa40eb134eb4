package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.plugin.PluginJarBuilder;
import dev.cadre.platform.plugin.Plugins;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What a plugin does wrong harms its own step only. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MisbehavingStepIT {

    private static final String ID = "misbehaving";

    @LocalServerPort
    int port;

    @Autowired
    Plugins plugins;

    private TestRuns runs;
    private TestUser user;

    @BeforeEach
    void installThePlugin() {
        user = TestUser.register(port);
        runs = new TestRuns(user);
        var jar = PluginJarBuilder.plugin(ID)
                .tool("Throws", "throws-at-once", "", "throw new IllegalStateException(\"broken by design\");")
                .tool("Recurses", "recurses-at-once", "", "return execute(input, context);")
                .source("example.ThrowsLater", durable("ThrowsLater", "throws-later", """
                        throw new IllegalStateException("broken by design");"""))
                .source("example.RecursesLater", durable("RecursesLater", "recurses-later", """
                        return execute(input, context);"""))
                .source("example.Floods", durable("Floods", "floods", """
                        for (int i = 0; i < 200_000; i++) context.log("line " + i);
                        return input;"""));
        plugins.install(new ByteArrayInputStream(jar.bytes()));
    }

    @AfterEach
    void deleteIt() {
        plugins.delete(ID);
    }

    @ParameterizedTest
    @CsvSource({
        "throws-at-once, STEP_FAULT, broken by design",
        "throws-later, STEP_FAULT, broken by design",
        "recurses-at-once, PLUGIN_FAULT, StackOverflowError",
        "recurses-later, PLUGIN_FAULT, StackOverflowError"
    })
    void aStepThatThrowsFailsAloneWithItsReason(String stepType, String code, String reason) {
        var run = run(stepType);

        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("code").asString()).isEqualTo(code);
        assertThat(run.path("error").path("message").asString()).contains(reason);
        assertThat(run.path("error").path("elementId").asString()).isEqualTo("call");
    }

    @Test
    void aStepThatFloodsItsLogLosesLinesAndGoesOn() {
        var run = run("floods");

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        var tasks = user.get("/api/v1/runs/" + run.path("id").asString() + "/tasks");
        var task = tasks.json().path("items").get(0).path("id").asString();
        var lines = user.get("/api/v1/tasks/" + task + "/logs?limit=200").json().path("items");
        assertThat(lines.get(0).path("message").asString()).isEqualTo("line 0");
        assertThat(lines.size()).isBetween(100, 501);
    }

    private JsonNode run(String stepType) {
        return runs.finished(
                Bpmn.manual()
                        .step("call", stepType, "{\"text\":\"x\"}", "<cadre:retry attempts='1'/>")
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());
    }

    private static String durable(String name, String stepType, String execute) {
        return """
                package example;
                import dev.cadre.spi.*;
                import dev.cadre.spi.tool.*;
                public class %1$s implements Tool<%1$s.Text, %1$s.Text> {
                    public record Text(String text) {}
                    public ToolDefinition<Text, Text> definition() {
                        return new ToolDefinition<>(new StepInfo("%2$s", "Title", "Description.", "Tools", "M0 0"),
                            Text.class, Text.class, ToolDefinition.Execution.DURABLE);
                    }
                    public Text execute(Text input, StepContext context) throws Exception { %3$s }
                }
                """.formatted(name, stepType, execute);
    }
}
