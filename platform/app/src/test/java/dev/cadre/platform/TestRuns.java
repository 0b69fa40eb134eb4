package dev.cadre.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What tests do with runs over HTTP: publish a workflow, start it, wait for its end, look at its tasks. */
public final class TestRuns {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ENDS = List.of("succeeded", "failed", "cancelled");

    private final TestUser user;

    public TestRuns(TestUser user) {
        this.user = user;
    }

    /** Id of a new workflow that is published as drawn. */
    public String published(Bpmn bpmn) {
        var created = user.post("/api/v1/workflows", Map.of("name", "tested", "bpmnXml", bpmn.xml()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        var id = created.json().path("id").asString();
        var published = user.post("/api/v1/workflows/" + id + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        return id;
    }

    /** Id of a run that was started. */
    public String started(Bpmn bpmn, Object input) {
        return startedOf(published(bpmn), input);
    }

    public String startedOf(String workflow, Object input) {
        var answer = user.post("/api/v1/workflows/" + workflow + "/run", Map.of("input", input));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json().path("run").path("id").asString();
    }

    /** The run when it has ended. */
    public JsonNode finished(Bpmn bpmn, Object input) {
        return ended(started(bpmn, input));
    }

    public JsonNode ended(String id) {
        await().atMost(PATIENCE)
                .until(() -> ENDS.contains(get(id).path("status").asString()));
        return get(id);
    }

    public JsonNode get(String id) {
        return user.get("/api/v1/runs/" + id).json();
    }

    public JsonNode tasks(String id) {
        return user.get("/api/v1/runs/" + id + "/tasks").json().path("items");
    }

    public JsonNode tasks(JsonNode run) {
        return tasks(run.path("id").asString());
    }

    /** Status of the first task at the element, {@code none} without one. */
    public String statusOf(JsonNode run, String element) {
        return statusesOf(run, element).stream().findFirst().orElse("none");
    }

    /** Statuses of the element's tasks in the order in which they began. */
    public List<String> statusesOf(JsonNode run, String element) {
        return tasks(run)
                .valueStream()
                .filter(task -> task.path("elementId").asString().equals(element))
                .map(task -> task.path("status").asString())
                .toList();
    }

    /** {@code [{"n":1},{"n":2}]} for 1 and 2. */
    public static List<Map<String, Integer>> items(int... numbers) {
        return Arrays.stream(numbers).mapToObj(n -> Map.of("n", n)).toList();
    }

    /** Inputs of an {@code http-request} that reads. */
    public static String get(TestStub outside, String path) {
        return "{\"method\":\"GET\",\"url\":\"" + outside.url(path) + "\"}";
    }

    /** Inputs of an {@code http-request} that writes, and so carries an idempotency key. */
    public static String post(TestStub outside, String path) {
        return "{\"method\":\"POST\",\"url\":\"" + outside.url(path) + "\",\"body\":{\"a\":1}}";
    }
}
