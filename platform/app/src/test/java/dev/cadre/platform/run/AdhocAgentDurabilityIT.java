package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestModel;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.cluster.Node;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Agents with drawn tools, on two nodes, in the company of everything else that runs can do. */
class AdhocAgentDurabilityIT extends AdhocAgents {

    AdhocAgentDurabilityIT() {
        super(2);
    }

    @Test
    void aMoveThatSomebodyElseMadeMeanwhileDoesNotRunAToolAgain() {
        var database = hub.bean(JdbcClient.class);
        outside.on("/moved", exchange -> {
            // As when another node has moved the run while the tool worked.
            database.sql("update run set revision = revision + 1 where status = 'running'")
                    .update();
            TestStub.json(exchange, 200, "{}");
        });
        model.says(TestModel.wants("one", "{\"what\":\"a\"}", "one", "{\"what\":\"b\"}"), TestModel.text("done"));

        var run = runs.finished(agent(Bpmn.inside().tool("one", "http-request", calling("/moved", "what"))), Map.of());

        assertThat(made(run).path("output").asString()).isEqualTo("done");
        assertThat(outside.asked()).hasSize(2);
        assertThat(model.asked()).isEqualTo(2);
    }

    @Test
    void callsOfOneToolAreAllThereAfterAMoveToAnotherVersion() {
        var held = new CountDownLatch(1);
        outside.on("/held", exchange -> {
            held.await();
            TestStub.json(exchange, 200, "\"" + exchange.getRequestURI().getPath() + "\"");
        });
        model.says(TestModel.wants("look", "{\"what\":\"a\"}", "look", "{\"what\":\"b\"}"), TestModel.text("done"));
        var drawn = agent(Bpmn.inside().tool("look", "http-request", calling("/held", "what")));
        var workflow = runs.published(drawn);
        var id = runs.startedOf(workflow, Map.of());
        await().until(() -> outside.asked().size() == 2);

        var path = "/api/v1/workflows/" + workflow;
        var next = drawn.xml().replace("What look is for", "Looks something up");
        var saved = user.put(
                path,
                Map.of("name", "next", "bpmnXml", next),
                "If-Match",
                user.get(path).header("ETag"));
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        user.post(path + "/publish", Map.of());
        var moved = user.post(path + "/migrations", Map.of("toVersion", 2, "runIds", List.of(id)))
                .json()
                .path("items")
                .path(0);
        held.countDown();

        assertThat(moved.path("migrated").asBoolean()).as(moved.toString()).isTrue();
        assertThat(moved.path("elements")
                        .valueStream()
                        .map(element -> element.path("elementId").asString()))
                .containsExactlyInAnyOrder("helper", "look");
        assertThat(made(runs.ended(id)).path("output").asString()).isEqualTo("done");
        assertThat(told(1)).hasSize(2);
        assertThat(outside.asked()).hasSize(2);
        assertThat(model.heard(1)
                        .path("tools")
                        .path(0)
                        .path("function")
                        .path("description")
                        .asString())
                .isEqualTo("Looks something up");
    }

    private static final String ONCE = "<cadre:delivery>at-most-once</cadre:delivery>";

    private CountDownLatch goOn;

    @BeforeEach
    void hold() {
        goOn = new CountDownLatch(1);
        outside.on("/pay", exchange -> {
            goOn.await();
            TestStub.json(exchange, 200, "{\"n\":1}");
        });
    }

    @AfterEach
    void release() {
        goOn.countDown();
    }

    private Bpmn paying(String... more) {
        return agent(Bpmn.inside().tool("pay", "http-request", TestRuns.post(outside, "/pay"), more));
    }

    private String paid(Bpmn bpmn) {
        var id = runs.started(bpmn, Map.of());
        await().atMost(LONG).until(() -> outside.asked("/pay") >= 1);
        return id;
    }

    private JsonNode undecided(String run) {
        await().atMost(LONG).until(() -> undecidedTasks(run).size() == 1);
        return undecidedTasks(run).getFirst();
    }

    private List<JsonNode> undecidedTasks(String run) {
        return runs.tasks(run)
                .valueStream()
                .filter(task -> task.path("status").asString().equals("waiting")
                        && task.path("error").path("code").asString().equals("OUTCOME_UNKNOWN"))
                .toList();
    }

    private void decide(JsonNode task, Object decision) {
        var answer =
                user.at(other.port()).post("/api/v1/tasks/" + task.path("id").asString() + "/decision", decision);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** As if the node that works had died, with its request on the way. */
    private void takeAway(String run) {
        hub.bean(JdbcClient.class)
                .sql("update lease set node = ? where run_id = ?")
                .params(other.bean(Node.class).id(), UUID.fromString(run))
                .update();
    }

    @Test
    void aPausedAgentAsksNoModelAndBeginsNoToolUntilItIsResumed() {
        model.says(
                TestModel.wants("pay", "{}", "twice", "{\"n\":1}"),
                TestModel.wants("done", "{}"),
                TestModel.text("ok"));
        var id = paid(agent(twice().tool("pay", "http-request", TestRuns.post(outside, "/pay"))
                .tool("done", "http-request", TestRuns.post(outside, "/done"))));

        user.at(other.port()).post("/api/v1/runs/" + id + "/pause", Map.of());
        goOn.countDown();
        await().atMost(LONG)
                .until(() -> hub.bean(JdbcClient.class)
                                .sql("select count(*) from task where run_id = ? and held is not null")
                                .param(UUID.fromString(id))
                                .query(Integer.class)
                                .single()
                        == 1);
        assertThat(model.asked()).isEqualTo(1);
        assertThat(outside.asked("/done")).isZero();

        user.post("/api/v1/runs/" + id + "/resume", Map.of());

        assertThat(made(runs.ended(id)).path("turns").asInt()).isEqualTo(3);
        assertThat(model.asked()).isEqualTo(3);
        assertThat(outside.asked("/pay")).isEqualTo(1);
        assertThat(outside.asked("/done")).isEqualTo(1);
    }

    @Test
    void anAgentPausedWhileItsModelThinksBeginsItsToolsAtResume() {
        model.says(TestModel.wants("done", "{}"), TestModel.text("ok"));
        var workflow =
                runs.published(agent(Bpmn.inside().tool("done", "http-request", TestRuns.post(outside, "/done"))));
        var asked = new CountDownLatch(1);
        var answers = new CountDownLatch(1);
        model.onceAsked(() -> {
            asked.countDown();
            await().until(() -> answers.getCount() == 0);
        });
        var id = runs.startedOf(workflow, Map.of());
        await().atMost(LONG).until(() -> asked.getCount() == 0);

        user.post("/api/v1/runs/" + id + "/pause", Map.of());
        answers.countDown();
        await().atMost(LONG)
                .until(() -> hub.bean(JdbcClient.class)
                                .sql("select count(*) from agent_turn where run_id = ?")
                                .param(UUID.fromString(id))
                                .query(Integer.class)
                                .single()
                        == 1);
        assertThat(outside.asked("/done")).isZero();
        user.at(other.port()).post("/api/v1/runs/" + id + "/resume", Map.of());

        assertThat(made(runs.ended(id)).path("output").asString()).isEqualTo("ok");
        assertThat(model.asked()).isEqualTo(2);
        assertThat(outside.asked("/done")).isEqualTo(1);
    }

    @Test
    void agentsOfALimitedWorkflowWorkOneAfterTheOther() {
        model.says(
                TestModel.wants("pay", "{}"), TestModel.text("ok"), TestModel.wants("pay", "{}"), TestModel.text("ok"));
        var workflow = runs.published(
                paying().element("<extensionElements><cadre:limits concurrency='1'/></extensionElements>"));
        var first = runs.startedOf(workflow, Map.of());
        var second = runs.startedOf(workflow, Map.of());
        await().atMost(LONG).until(() -> outside.asked("/pay") == 1);

        assertThat(runs.get(second).path("status").asString()).isEqualTo("queued");
        assertThat(model.asked()).isEqualTo(1);
        goOn.countDown();

        made(runs.ended(first));
        made(runs.ended(second));
        assertThat(outside.asked("/pay")).isEqualTo(2);
    }

    @Test
    void aToolThatWorksAtMostOnceAndWasCutOffIsDecidedByAPersonAndTheModelIsTold() {
        model.says(TestModel.wants("pay", "{}"), TestModel.text("ok"));
        var id = paid(paying(ONCE));
        takeAway(id);
        var task = undecided(id);
        assertThat(task.path("elementId").asString()).isEqualTo("pay");

        decide(task, Map.of("decision", "succeed", "output", Map.of("seen", "in the bank")));

        assertThat(made(runs.ended(id)).path("output").asString()).isEqualTo("ok");
        assertThat(told(1)).singleElement().asString().contains("in the bank");
        assertThat(model.asked()).isEqualTo(2);
        assertThat(outside.asked("/pay")).isEqualTo(1);
    }

    @Test
    void theModelIsToldWhenAPersonSaysThatSuchAToolFailed() {
        model.says(TestModel.wants("pay", "{}", "pay", "{}"), TestModel.text("sorry"));
        var id = paid(paying(ONCE, "<cadre:timeout>PT3S</cadre:timeout>"));
        await().atMost(LONG).until(() -> undecidedTasks(id).size() == 2);
        assertThat(model.asked()).isEqualTo(1);
        var tasks = undecidedTasks(id);
        decide(tasks.get(0), Map.of("decision", "fail", "comment", "never arrived"));
        assertThat(model.asked()).isEqualTo(1);
        goOn.countDown();
        decide(tasks.get(1), Map.of("decision", "retry"));

        assertThat(made(runs.ended(id)).path("output").asString()).isEqualTo("sorry");
        assertThat(told(1)).anyMatch(it -> it.contains("never arrived")).anyMatch(it -> it.contains("\"n\":1"));
        assertThat(outside.asked("/pay")).isEqualTo(3);
        assertThat(outside.asked().stream().map(TestStub.Asked::key).distinct()).hasSize(2);
    }

    @Test
    void cancellingUndoesWhatIsDoneAndLeavesWhatNobodyKnows() {
        outside.on("/undo", exchange -> TestStub.json(exchange, 200, "{}"));
        model.says(TestModel.wants("done", "{}", "pay", "{}"));
        var id = paid(agent(Bpmn.inside()
                .tool(
                        "pay",
                        "http-request",
                        TestRuns.post(outside, "/pay"),
                        ONCE,
                        "<cadre:timeout>PT0.5S</cadre:timeout>")
                .compensation("pay", "unpay", "http-request", TestRuns.post(outside, "/undo/pay"))
                .tool("done", "http-request", TestRuns.post(outside, "/done"))
                .compensation("done", "undone", "http-request", TestRuns.post(outside, "/undo/done"))));
        var task = undecided(id);
        await().until(() -> runs.statusesOf(runs.get(id), "done").contains("succeeded"));

        user.post("/api/v1/runs/" + id + "/cancel", Map.of("compensate", true));

        assertThat(runs.ended(id).path("status").asString()).isEqualTo("cancelled");
        assertThat(outside.asked("/undo/done")).isEqualTo(1);
        assertThat(outside.asked("/undo/pay")).isZero();
        var late =
                user.post("/api/v1/tasks/" + task.path("id").asString() + "/decision", Map.of("decision", "succeed"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(model.asked()).isEqualTo(1);
    }

    @Test
    void aToolThatItsNodeDidNotBringHomeRunsAgainWithItsKeyAndTheModelIsNotAskedAgain() {
        model.says(TestModel.wants("pay", "{}", "done", "{}"), TestModel.text("ok"));
        var id = paid(agent(Bpmn.inside()
                .tool("pay", "http-request", TestRuns.post(outside, "/pay"))
                .tool("done", "http-request", TestRuns.post(outside, "/done"))));
        await().until(() -> runs.statusesOf(runs.get(id), "done").contains("succeeded"));

        takeAway(id);
        await().atMost(LONG).until(() -> outside.asked("/pay") == 2);
        goOn.countDown();

        assertThat(made(runs.ended(id)).path("output").asString()).isEqualTo("ok");
        assertThat(told(1)).hasSize(2);
        assertThat(model.asked()).isEqualTo(2);
        assertThat(outside.asked("/done")).isEqualTo(1);
        assertThat(outside.asked().stream()
                        .filter(asked -> asked.path().equals("/pay"))
                        .map(TestStub.Asked::key)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aVersionWithoutTheToolThatWorksIsRefused() {
        model.says(TestModel.wants("pay", "{}", "pay", "{}"), TestModel.text("ok"));
        var workflow = runs.published(paying());
        var id = runs.startedOf(workflow, Map.of());
        await().atMost(LONG).until(() -> outside.asked("/pay") == 2);
        var path = "/api/v1/workflows/" + workflow;
        user.put(
                path,
                Map.of("name", "next", "bpmnXml", agent(twice()).xml()),
                "If-Match",
                user.get(path).header("ETag"));
        user.post(path + "/publish", Map.of());

        var moved = user.post(path + "/migrations", Map.of("toVersion", 2, "runIds", List.of(id)))
                .json()
                .path("items")
                .path(0);

        assertThat(moved.path("migrated").asBoolean()).as(moved.toString()).isFalse();
        assertThat(moved.path("problems")).isNotEmpty();
        goOn.countDown();
        made(runs.ended(id));
        assertThat(told(1)).hasSize(2);
        assertThat(outside.asked("/pay")).isEqualTo(2);
    }
}
