package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestModel;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happens on, in and to an agent with drawn tools while it works. */
class AdhocAgentEventsIT extends AdhocAgents {

    AdhocAgentEventsIT() {
        super(1);
    }

    @Test
    void aTimerOnTheAgentEndsItWithItsTools() {
        model.says(TestModel.wants("slow", "{}", "fine", "{}"), TestModel.text("never"));
        var run = runs.finished(
                agent(Bpmn.inside()
                                .tool("slow", "delay", "{\"duration\":\"PT1H\"}")
                                .tool("fine", "http-request", TestRuns.post(outside, "/done")))
                        .boundary("late", "helper", true, "<timerEventDefinition/>", "<cadre:wait>PT4S</cadre:wait>")
                        .end("too-late", "{\"late\":true}")
                        .flow("late", "too-late"),
                Map.of());

        assertThat(run.path("output").path("late").asBoolean()).isTrue();
        assertThat(runs.statusesOf(run, "slow")).containsOnly("cancelled");
        assertThat(runs.statusesOf(run, "fine")).containsOnly("succeeded");
        assertThat(runs.statusesOf(run, "helper")).containsOnly("cancelled");
        assertThat(model.asked()).isEqualTo(1);
    }

    @Test
    void aTimerThatWaitsDoesNotKeepTheAgentFromFinishing() {
        model.says(TestModel.wants("twice", "{\"n\":1}"), TestModel.text("in time"));
        var run = runs.finished(
                agent(twice())
                        .boundary("late", "helper", true, "<timerEventDefinition/>", "<cadre:wait>PT1H</cadre:wait>")
                        .end("too-late")
                        .flow("late", "too-late"),
                Map.of());

        assertThat(made(run).path("output").asString()).isEqualTo("in time");
        assertThat(runs.statusOf(run, "late")).isEqualTo("cancelled");
    }

    @Test
    void anEventSubProcessInsideWaitsAndIsNoTool() {
        var held = new CountDownLatch(1);
        outside.on("/held", exchange -> {
            held.await();
            TestStub.json(exchange, 200, "{}");
        });
        model.says(TestModel.wants("hold", "{}"), TestModel.text("done"));
        var tools = Bpmn.inside()
                .tool("hold", "http-request", TestRuns.post(outside, "/held"))
                .handler(
                        "h",
                        false,
                        "<messageEventDefinition messageRef='m'/>",
                        "",
                        Bpmn.inside("h")
                                .step("heard", "transform", "{\"value\":1}")
                                .end("h-end")
                                .flow("h-start", "heard", "h-end"));
        var id = runs.started(agent(tools).declare("<message id='m' name='agent-note'/>"), Map.of());
        await().until(() -> outside.asked("/held") == 1);

        assertThat(user.post("/api/v1/messages", Map.of("name", "agent-note", "body", "x"))
                        .status())
                .isEqualTo(200);
        await().until(() -> runs.statusOf(runs.get(id), "heard").equals("succeeded"));
        held.countDown();

        assertThat(made(runs.ended(id)).path("output").asString()).isEqualTo("done");
        assertThat(model.heard(0).path("tools")).hasSize(1);
        assertThat(user.post("/api/v1/messages", Map.of("name", "agent-note", "body", "x"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aFailureOfTheAgentIsCaughtAroundIt() {
        model.says(TestModel.wants("twice", "{\"n\":1}"), TestModel.text("never"));
        var inputs = "{\"message\":\"go\",\"model\":\"" + TestModel.NAME + "\",\"maxOutputTokens\":100}";
        var run = runs.finished(
                agentWith("", inputs, twice(), "<cadre:budget amount='0.0012' currency='USD'/>")
                        .errorBoundary("caught", "helper")
                        .end("poor", "{\"code\":\"{{ steps.helper.error.code }}\"}")
                        .flow("caught", "poor"),
                Map.of());

        assertThat(run.path("output").path("code").asString())
                .as(run.toString())
                .isEqualTo("BUDGET_EXCEEDED");
        assertThat(model.asked()).isEqualTo(1);
    }

    @Test
    void aFailedAgentGoesOnBehindItsLastTurn() {
        model.says(TestModel.wants("twice", "{\"n\":1}"), TestModel.text("done"));
        var inputs = "{\"message\":\"go\",\"model\":\"" + TestModel.NAME
                + "\",\"maxTurns\":\"{{ $exists(vars.most) ? vars.most : 1 }}\"}";
        var failed = runs.finished(agentWith("", inputs, twice()), Map.of());
        assertThat(failed.path("error").path("code").asString()).isEqualTo("AGENT_TURNS_EXHAUSTED");
        assertThat(failed.path("error").path("elementId").asString()).isEqualTo("helper");

        var id = failed.path("id").asString();
        var retried = user.post("/api/v1/runs/" + id + "/retry", Map.of("variables", Map.of("most", 3)));
        assertThat(retried.status()).as(retried.body()).isBetween(200, 202);

        assertThat(made(runs.ended(id)).path("turns").asInt()).isEqualTo(2);
        assertThat(model.asked()).isEqualTo(2);
    }

    @Test
    void cancellingEndsTheAgentAndItsTools() {
        var never = new CountDownLatch(1);
        outside.on("/held", exchange -> never.await());
        model.says(TestModel.wants("hold", "{}", "slow", "{}"));
        var id = runs.started(
                agent(Bpmn.inside()
                        .tool("hold", "http-request", TestRuns.get(outside, "/held"))
                        .tool("slow", "delay", "{\"duration\":\"PT1H\"}")),
                Map.of());
        await().until(() -> outside.asked("/held") == 1);

        user.post("/api/v1/runs/" + id + "/cancel", Map.of());

        var run = runs.ended(id);
        assertThat(run.path("status").asString()).isEqualTo("cancelled");
        assertThat(runs.tasks(run))
                .allMatch(task -> task.path("status").asString().equals("cancelled"));
        never.countDown();
    }

    @Test
    void whatToolsHaveDoneIsUndoneWithTheirArguments() {
        var held = new CountDownLatch(1);
        outside.on("/undo", exchange -> TestStub.json(exchange, 200, "{}"))
                .on("/book", exchange -> TestStub.json(exchange, 200, "{}"))
                .on("/held", exchange -> held.await());
        model.says(TestModel.wants("book", "{\"what\":\"a\"}", "book", "{\"what\":\"b\"}", "hold", "{}"));
        var id = runs.started(
                agent(Bpmn.inside()
                        .tool("book", "http-request", calling("/book", "what"))
                        .compensation("book", "unbook", "http-request", calling("/undo", "what"))
                        .tool("hold", "http-request", TestRuns.get(outside, "/held"))),
                Map.of());
        await().until(() -> outside.asked("/held") == 1
                && runs.statusesOf(runs.get(id), "book").stream()
                                .filter("succeeded"::equals)
                                .count()
                        == 4);

        user.post("/api/v1/runs/" + id + "/cancel", Map.of("compensate", true));

        await().untilAsserted(() ->
                assertThat(outside.asked().stream().map(TestStub.Asked::path)).contains("/undo/a", "/undo/b"));
        assertThat(runs.ended(id).path("status").asString()).isEqualTo("cancelled");
        held.countDown();
    }

    private static final String DECLARED =
            "<message id='m' name='agent-note'/><signal id='s' name='agent-stop'/><escalation id='x' escalationCode='HELP'/>";

    private Bpmn holding() {
        return Bpmn.inside("tools")
                .tool("slow", "delay", "{\"duration\":\"PT1H\"}")
                .tool("done", "http-request", TestRuns.post(outside, "/done"));
    }

    private String working(Bpmn bpmn) {
        model.says(TestModel.wants("slow", "{}", "done", "{}"), TestModel.text("never"));
        var id = runs.started(bpmn.declare(DECLARED), Map.of());
        await().until(() -> runs.statusesOf(runs.get(id), "done").contains("succeeded"));
        return id;
    }

    private void endedWithItsTools(String id) {
        var run = runs.ended(id);
        assertThat(run.path("output").path("why").asString()).as(run.toString()).isEqualTo("told");
        assertThat(runs.statusesOf(run, "slow")).containsOnly("cancelled");
        assertThat(runs.statusesOf(run, "done")).containsOnly("succeeded");
        assertThat(runs.statusesOf(run, "helper")).containsOnly("cancelled");
        assertThat(model.asked()).isEqualTo(1);
    }

    @Test
    void aMessageAndASignalOnTheAgentEndItWithItsTools() {
        var message = working(agent(holding())
                .boundary("heard", "helper", true, "<messageEventDefinition messageRef='m'/>", "")
                .end("out", "{\"why\":\"told\"}")
                .flow("heard", "out"));
        assertThat(user.post("/api/v1/messages", Map.of("name", "agent-note")).status())
                .isEqualTo(200);
        endedWithItsTools(message);

        var signal = working(agent(holding())
                .boundary("heard", "helper", true, "<signalEventDefinition signalRef='s'/>", "")
                .end("out", "{\"why\":\"told\"}")
                .flow("heard", "out"));
        assertThat(user.post("/api/v1/signals", Map.of("name", "agent-stop"))
                        .json()
                        .path("delivered")
                        .asInt())
                .isEqualTo(1);
        endedWithItsTools(signal);
    }

    @Test
    void whatHappensBesideTheAgentDoesNotDisturbIt() {
        var held = new CountDownLatch(1);
        outside.on("/held", exchange -> {
            held.await();
            TestStub.json(exchange, 200, "{}");
        });
        model.says(TestModel.wants("hold", "{}"), TestModel.text("fine"));
        var id = runs.started(
                agent(Bpmn.inside().tool("hold", "http-request", TestRuns.post(outside, "/held")))
                        .declare(DECLARED)
                        .boundary("heard", "helper", false, "<messageEventDefinition messageRef='m'/>", "")
                        .boundary("stop", "helper", false, "<signalEventDefinition signalRef='s'/>", "")
                        .boundary("soon", "helper", false, "<timerEventDefinition/>", "<cadre:wait>PT0.1S</cadre:wait>")
                        .step("noted", "transform", "{\"value\":1}")
                        .step("signalled", "transform", "{\"value\":1}")
                        .step("reminded", "transform", "{\"value\":1}")
                        .end("out")
                        .end("out2")
                        .end("out3")
                        .flow("heard", "noted", "out")
                        .flow("stop", "signalled", "out2")
                        .flow("soon", "reminded", "out3"),
                Map.of());
        await().until(() -> outside.asked("/held") == 1);
        assertThat(user.post("/api/v1/messages", Map.of("name", "agent-note")).status())
                .isEqualTo(200);
        assertThat(user.post("/api/v1/messages", Map.of("name", "agent-note")).status())
                .isEqualTo(200);
        user.post("/api/v1/signals", Map.of("name", "agent-stop"));
        await().until(() -> runs.statusesOf(runs.get(id), "noted").size() == 2
                && runs.statusesOf(runs.get(id), "signalled").size() == 1
                && runs.statusesOf(runs.get(id), "reminded").size() == 1);
        held.countDown();

        assertThat(made(runs.ended(id)).path("output").asString()).isEqualTo("fine");
        assertThat(model.asked()).isEqualTo(2);
        assertThat(outside.asked("/held")).isEqualTo(1);
        assertThat(leftInEngine(id)).isZero();
    }

    private long leftInEngine(String run) {
        return hub.bean(JdbcClient.class)
                .sql("select count(*) from act_ru_execution where proc_inst_id_ = ?")
                .param(run)
                .query(Long.class)
                .single();
    }

    @Test
    void aToolCanAskForAttentionAroundTheAgent() {
        var steps = Bpmn.inside()
                .plainStart("in")
                .thrown("ask", "<escalationEventDefinition escalationRef='x'/>", "")
                .step("on", "transform", "{\"value\":1}")
                .end("out")
                .flow("in", "ask", "on", "out");
        model.says(TestModel.wants("shout", "{}"), TestModel.text("fine"));
        var beside = runs.finished(
                agent(Bpmn.inside("tools").toolGroup("shout", steps))
                        .declare(DECLARED)
                        .boundary("heard", "helper", false, "<escalationEventDefinition escalationRef='x'/>", "")
                        .step("noted", "transform", "{\"value\":1}")
                        .end("noted-end")
                        .flow("heard", "noted", "noted-end"),
                Map.of());
        assertThat(made(beside).path("output").asString()).isEqualTo("fine");
        assertThat(runs.statusOf(beside, "noted")).isEqualTo("succeeded");

        model.says(TestModel.wants("shout", "{}", "slow", "{}"), TestModel.text("never"));
        var ended = runs.finished(
                agent(Bpmn.inside("tools").toolGroup("shout", steps).tool("slow", "delay", "{\"duration\":\"PT1H\"}"))
                        .declare(DECLARED)
                        .boundary("heard", "helper", true, "<escalationEventDefinition escalationRef='x'/>", "")
                        .end("given-up", "{\"why\":\"told\"}")
                        .flow("heard", "given-up"),
                Map.of());
        assertThat(ended.path("output").path("why").asString())
                .as(ended.toString())
                .isEqualTo("told");
        assertThat(runs.statusesOf(ended, "helper")).containsOnly("cancelled");
        assertThat(model.asked()).isEqualTo(1);
        assertThat(leftInEngine(ended.path("id").asString())).isZero();
    }

    @Test
    void anEventSubProcessInsideThatInterruptsTakesTheAgentsPlace() {
        var id = working(Bpmn.manual()
                .agentWith(
                        "helper",
                        "",
                        TASK,
                        holding()
                                .handler(
                                        "h",
                                        true,
                                        "<messageEventDefinition messageRef='m'/>",
                                        "",
                                        Bpmn.inside("h")
                                                .step("heard", "http-request", TestRuns.post(outside, "/done"))
                                                .end("h-end", "{\"output\":\"told\"}")
                                                .flow("h-start", "heard", "h-end")))
                .end("end", "{\"made\":\"{{ $exists(steps.helper) ? 'by the agent' : steps.h }}\"}")
                .flow("start", "helper", "end"));
        assertThat(model.heard(0).path("tools")).hasSize(2);

        assertThat(user.post("/api/v1/messages", Map.of("name", "agent-note")).status())
                .isEqualTo(200);

        var run = runs.ended(id);
        assertThat(made(run).path("output").asString()).isEqualTo("told");
        assertThat(runs.statusOf(run, "heard")).isEqualTo("succeeded");
        assertThat(runs.statusesOf(run, "slow")).containsOnly("cancelled");
        assertThat(model.asked()).isEqualTo(1);
        assertThat(leftInEngine(id)).isZero();
    }
}
