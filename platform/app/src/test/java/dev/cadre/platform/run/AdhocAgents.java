package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.OwnHubs;
import dev.cadre.platform.TestModel;
import dev.cadre.platform.TestStub;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** What tests of agents with drawn tools share: the workflow around the agent, and what its model was told. */
abstract class AdhocAgents extends OwnHubs {

    static final String TASK = "{\"message\":\"go\",\"model\":\"" + TestModel.NAME + "\"}";

    AdhocAgents(int nodes) {
        super(nodes);
    }

    @BeforeEach
    void answerDone() {
        outside.on("/done", exchange -> TestStub.json(exchange, 200, "{\"ok\":true}"));
    }

    static Bpmn agent(Bpmn tools, String... more) {
        return agentWith("", TASK, tools, more);
    }

    static Bpmn agentWith(String attributes, String inputs, Bpmn tools, String... more) {
        return Bpmn.manual()
                .agentWith("helper", attributes, inputs, tools, more)
                .end("end", "{\"made\":\"{{ steps.helper }}\"}")
                .flow("start", "helper", "end");
    }

    static Bpmn twice() {
        return Bpmn.inside()
                .tool("twice", "calculator", "{\"expression\":\"2 * {{ fromAi('n', 'The number', 'integer') }}\"}");
    }

    String calling(String path, String name) {
        return "{\"method\":\"POST\",\"url\":\"" + outside.url(path) + "/{{ fromAi('" + name
                + "', 'What it is about') }}\",\"body\":{}}";
    }

    static JsonNode made(JsonNode run) {
        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("succeeded");
        return run.path("output").path("made");
    }

    /** What the model was told of its calls, in a turn. */
    List<String> told(int turn) {
        return model.heard(turn)
                .path("messages")
                .valueStream()
                .filter(message -> message.path("role").asString().equals("tool"))
                .map(message -> message.path("content").asString())
                .toList();
    }

    /** Id of the task that waits for a person at an element. */
    String waiting(String run, String element) {
        await().until(() -> waitingTasks(run, element).size() == 1);
        return waitingTasks(run, element).getFirst();
    }

    List<String> waitingTasks(String run, String element) {
        return runs.tasks(run)
                .valueStream()
                .filter(task -> task.path("elementId").asString().equals(element)
                        && task.path("stepType").asString().equals("approval")
                        && task.path("status").asString().equals("waiting"))
                .map(task -> task.path("id").asString())
                .toList();
    }

    /** A workflow with the agent of another one. */
    static Bpmn drawn(String xml) {
        return Bpmn.manual()
                .element(xml.replaceAll("(?s).*(<adHocSubProcess.*</adHocSubProcess>).*", "$1"))
                .end("end", "{\"made\":\"{{ steps.helper }}\"}")
                .flow("start", "helper", "end");
    }
}
