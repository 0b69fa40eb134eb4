package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestModel;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An ad-hoc sub-process is an agent, and what is drawn inside are its tools. */
class AdhocAgentIT extends AdhocAgents {

    AdhocAgentIT() {
        super(1);
    }

    @Test
    void givesTheModelsArgumentsToTheToolAndItsResultToTheModel() {
        model.says(TestModel.wants("twice", "{\"n\":21}"), TestModel.text("It is 42."));

        var run = runs.finished(agent(twice()), Map.of());

        assertThat(made(run).path("output").asString()).isEqualTo("It is 42.");
        assertThat(made(run).path("turns").asInt()).isEqualTo(2);
        assertThat(made(run).path("usage").path("inputTokens").asInt()).isEqualTo(200);
        assertThat(told(1)).singleElement().asString().contains("42");
        var offered = model.heard(0).path("tools").path(0).path("function");
        assertThat(offered.path("name").asString()).isEqualTo("twice");
        assertThat(offered.path("description").asString()).isEqualTo("What twice is for");
        assertThat(offered.path("parameters")
                        .path("properties")
                        .path("n")
                        .path("type")
                        .asString())
                .isEqualTo("integer");
        assertThat(offered.path("parameters").path("required").toString()).isEqualTo("[\"n\"]");
    }

    @Test
    void runsTheToolsOfATurnAtTheSameTime() {
        var both = new CountDownLatch(2);
        outside.on("/meet", exchange -> {
            both.countDown();
            TestStub.json(exchange, both.await(20, TimeUnit.SECONDS) ? 200 : 500, "{}");
        });
        model.says(TestModel.wants("one", "{\"what\":\"a\"}", "other", "{\"what\":\"b\"}"), TestModel.text("met"));

        var run = runs.finished(
                agent(Bpmn.inside()
                        .tool("one", "http-request", calling("/meet", "what"))
                        .tool("other", "http-request", calling("/meet", "what"))),
                Map.of());

        assertThat(made(run).path("output").asString()).isEqualTo("met");
        assertThat(told(1)).hasSize(2).allMatch(result -> result.contains("200"));
    }

    @Test
    void callsOfTheSameToolInOneTurnHaveDataAndKeysOfTheirOwn() {
        outside.on(
                "/about",
                exchange -> TestStub.json(
                        exchange, 200, "\"" + exchange.getRequestURI().getPath() + "\""));
        model.says(
                TestModel.wants("look", "{\"what\":\"a\"}", "look", "{\"what\":\"b\"}"),
                TestModel.wants("look", "{\"what\":\"c\"}"),
                TestModel.text("done"));

        var run = runs.finished(agent(Bpmn.inside().tool("look", "http-request", calling("/about", "what"))), Map.of());

        assertThat(made(run).path("turns").asInt()).isEqualTo(3);
        assertThat(told(2).get(0)).contains("/about/a");
        assertThat(told(2).get(1)).contains("/about/b");
        assertThat(told(2).get(2)).contains("/about/c");
        assertThat(outside.asked().stream().map(TestStub.Asked::key).distinct()).hasSize(3);
        assertThat(runs.tasks(run)
                        .valueStream()
                        .filter(task -> task.path("stepType").asString().equals("http-request"))
                        .map(task -> task.path("iteration").asString()))
                .containsExactlyInAnyOrder("look[1]", "look[2]", "look[3]");
    }

    @Test
    void aToolOfSeveralStepsKnowsItsCallFromStartToEnd() {
        model.says(TestModel.wants("sum", "{\"a\":2,\"b\":3}", "sum", "{\"a\":20,\"b\":30}"), TestModel.text("done"));
        var steps = Bpmn.inside()
                .plainStart("in")
                .step("first", "http-request", TestRuns.post(outside, "/done"))
                .step(
                        "second",
                        "calculator",
                        "{\"expression\":\"{{ fromAi('a','','number') }} + {{ fromAi('b','','number') }}\"}")
                .end(
                        "out",
                        "{\"sum\":\"{{ steps.second.result }}\",\"call\":\"{{ toolCall.id }}\",\"a\":\"{{ toolCall.arguments.a }}\"}")
                .flow("in", "first", "second", "out");

        var run = runs.finished(agent(Bpmn.inside("tools").toolGroup("sum", steps)), Map.of());

        made(run);
        assertThat(told(1).get(0)).contains("\"sum\":5", "\"call\":\"1:call_0\"", "\"a\":2");
        assertThat(told(1).get(1)).contains("\"sum\":50", "\"call\":\"1:call_1\"", "\"a\":20");
    }

    @Test
    void stepsBehindAToolBelongToItsCall() {
        model.says(TestModel.wants("twice", "{\"n\":4}"), TestModel.text("done"));

        var run = runs.finished(
                agent(twice().step("more", "calculator", "{\"expression\":\"{{ steps.twice.result }} + 1\"}")
                        .flow("twice", "more")),
                Map.of());

        made(run);
        assertThat(told(1)).singleElement().asString().contains("\"twice\":{\"result\":8}", "\"more\":{\"result\":9}");
    }

    @Test
    void aToolIsTriedAloneWithWhatTheModelWouldGive() {
        var workflow = runs.published(agent(twice()));
        int before = model.asked();

        var tried = user.post(
                "/api/v1/workflows/" + workflow + "/steps/twice/test",
                Map.of("input", Map.of("toolCall", Map.of("arguments", Map.of("n", 21)))));

        assertThat(tried.json().path("output").path("result").asInt())
                .as(tried.body())
                .isEqualTo(42);
        assertThat(model.asked()).isEqualTo(before);
    }

    @Test
    void oneToolAtATimeWhereTheDrawingSaysSo() {
        var inWork = new AtomicInteger();
        outside.on("/alone", exchange -> {
            int now = inWork.incrementAndGet();
            Thread.sleep(150);
            inWork.decrementAndGet();
            TestStub.json(exchange, now == 1 ? 200 : 500, "{}");
        });
        model.says(
                TestModel.wants("a", "{\"what\":\"1\"}", "a", "{\"what\":\"2\"}", "a", "{\"what\":\"3\"}"),
                TestModel.text("done"));

        var run = runs.finished(
                agentWith(
                        "ordering='Sequential'",
                        TASK,
                        Bpmn.inside().tool("a", "http-request", calling("/alone", "what"))),
                Map.of());

        assertThat(made(run).path("turns").asInt()).isEqualTo(2);
        assertThat(told(1)).hasSize(3).allMatch(result -> result.contains("200"));
        assertThat(model.asked()).isEqualTo(2);
    }

    @Test
    void theModelIsToldOfFailuresOfWrongArgumentsAndOfUnknownTools() {
        outside.on("/broken", exchange -> TestStub.json(exchange, 400, "{}"));
        model.says(
                TestModel.wants("broken", "{}", "twice", "{\"n\":\"many\"}", "nothing", "{}", "twice", "{\"m\":1}"),
                TestModel.text("sorry"));

        var run = runs.finished(
                agent(twice().tool("broken", "http-request", TestRuns.post(outside, "/broken"))), Map.of());

        assertThat(made(run).path("output").asString()).isEqualTo("sorry");
        assertThat(told(1).get(0)).startsWith("The tool failed").contains("400");
        assertThat(told(1).get(1)).contains("INVALID_ARGUMENTS", "/n");
        assertThat(told(1).get(2)).contains("UNKNOWN_TOOL");
        assertThat(told(1).get(3)).contains("INVALID_ARGUMENTS");
    }

    @Test
    void aToolThatMayFailTheRunIsRetriedThereAndNothingElseIsDoneAgain() {
        var refusals = new AtomicInteger(1);
        outside.on("/once", exchange -> TestStub.json(exchange, refusals.getAndDecrement() > 0 ? 400 : 200, "{}"));
        model.says(TestModel.wants("once", "{}", "fine", "{}"), TestModel.text("done"));
        var id = runs.started(
                agent(Bpmn.inside()
                        .tool(
                                "once",
                                "http-request",
                                TestRuns.post(outside, "/once"),
                                "<cadre:onError>fail</cadre:onError>")
                        .tool("fine", "http-request", TestRuns.post(outside, "/done"))),
                Map.of());
        await().until(() -> runs.statusOf(runs.get(id), "fine").equals("succeeded")
                && runs.get(id).path("status").asString().equals("failed"));
        assertThat(runs.get(id).path("error").path("elementId").asString()).isEqualTo("once");

        user.post("/api/v1/runs/" + id + "/retry", Map.of());
        var run = runs.ended(id);

        assertThat(made(run).path("output").asString()).isEqualTo("done");
        assertThat(model.asked()).isEqualTo(2);
        assertThat(outside.asked("/done")).isEqualTo(1);
        assertThat(outside.asked("/once")).isEqualTo(2);
    }

    @Test
    void aToolHasItsRetryItsDefaultAndItsBoundaries() {
        var refusals = new AtomicInteger(1);
        outside.on("/later", exchange -> TestStub.json(exchange, refusals.getAndDecrement() > 0 ? 503 : 200, "{}"))
                .on("/broken", exchange -> TestStub.json(exchange, 400, "{}"));
        model.says(
                TestModel.wants("again", "{}", "gives", "{}", "catches", "{}", "slow", "{}"), TestModel.text("done"));
        var tools = Bpmn.inside()
                .tool(
                        "again",
                        "http-request",
                        TestRuns.post(outside, "/later"),
                        "<cadre:retry attempts='3' backoff='PT0.05S'/>")
                .tool(
                        "gives",
                        "http-request",
                        TestRuns.post(outside, "/broken"),
                        "<cadre:onError>default</cadre:onError><cadre:default>{\"given\":7}</cadre:default>")
                .tool("catches", "http-request", TestRuns.post(outside, "/broken"))
                .errorBoundary("caught", "catches")
                .step("instead", "transform", "{\"value\":\"instead\"}")
                .tool("slow", "delay", "{\"duration\":\"PT1H\"}")
                .boundary("late", "slow", true, "<timerEventDefinition/>", "<cadre:wait>PT0.2S</cadre:wait>")
                .step("given-up", "transform", "{\"value\":\"too late\"}")
                .flow("caught", "instead")
                .flow("late", "given-up");

        var run = runs.finished(agent(tools), Map.of());

        made(run);
        assertThat(told(1).get(0)).contains("200");
        assertThat(told(1).get(1)).isEqualTo("{\"given\":7}");
        assertThat(told(1).get(2)).contains("instead");
        assertThat(told(1).get(3)).contains("too late");
        assertThat(runs.statusOf(run, "slow")).isEqualTo("succeeded");
        assertThat(runs.statusesOf(run, "slow")).contains("cancelled");
    }

    @Test
    void aPersonApprovesAndCorrectsWhatAToolGets() {
        model.says(TestModel.wants("refund", "{\"amount\":900}"), TestModel.text("paid"));
        var steps = Bpmn.inside()
                .plainStart("in")
                .approval(
                        "allow",
                        "{\"title\":\"Refund?\",\"data\":{\"amount\":\"{{ fromAi('amount', 'How much', 'number') }}\"},"
                                + "\"form\":{\"properties\":{\"amount\":{\"type\":\"number\"}}}}")
                .step("pay", "calculator", "{\"expression\":\"{{ steps.allow.data.amount }} * 1\"}")
                .end("out", "{\"paid\":\"{{ steps.pay.result }}\"}")
                .flow("in", "allow", "pay", "out");
        var id = runs.started(agent(Bpmn.inside("tools").toolGroup("refund", steps)), Map.of());

        var approval = waiting(id, "allow");
        assertThat(model.asked()).isEqualTo(1);
        var answer = user.post(
                "/api/v1/approvals/" + approval + "/decision",
                Map.of("decision", "approve", "arguments", Map.of("amount", 100)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);

        made(runs.ended(id));
        assertThat(told(1)).singleElement().asString().contains("\"paid\":100");
    }

    @Test
    void theModelIsToldOfARejection() {
        model.says(TestModel.wants("allow", "{\"why\":\"late\"}"), TestModel.text("not paid"));
        var tools = Bpmn.inside().approval("allow", "{\"title\":\"Pay, {{ fromAi('why', 'The reason') }}?\"}");
        var id = runs.started(
                drawn(agent(tools).xml().replace("<userTask id='allow'>", "<userTask id='allow' name='Ask a person'>")),
                Map.of());

        var answer = user.post(
                "/api/v1/approvals/" + waiting(id, "allow") + "/decision",
                Map.of("decision", "reject", "comment", "too much"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);

        assertThat(made(runs.ended(id)).path("output").asString()).isEqualTo("not paid");
        assertThat(told(1)).singleElement().asString().contains("REJECTED", "too much");
    }

    @Test
    void anotherWorkflowIsATool() {
        var called = runs.published(Bpmn.manual()
                .step("add", "calculator", "{\"expression\":\"{{ trigger.n }} + 1\"}")
                .end("end", "{\"sum\":\"{{ steps.add.result }}\"}")
                .flow("start", "add", "end"));
        model.says(TestModel.wants("ask", "{\"n\":6}"), TestModel.text("done"));
        var tools = Bpmn.inside().call("ask", called, "published", "{\"n\":\"{{ fromAi('n','A number','number') }}\"}");
        var xml = agent(tools).xml().replace("<callActivity id='ask'>", "<callActivity id='ask' name='Asks'>");

        var run = runs.finished(drawn(xml), Map.of());

        made(run);
        assertThat(told(1)).singleElement().asString().contains("\"sum\":7");
    }

    @Test
    void anAgentForEachItem() {
        model.says(
                TestModel.wants("twice", "{\"n\":1}"),
                TestModel.text("one"),
                TestModel.wants("twice", "{\"n\":2}"),
                TestModel.text("two"));
        var xml = agent(twice())
                .xml()
                .replace(
                        "</cadre:agent></extensionElements>",
                        "</cadre:agent><cadre:each in='{{ trigger.items }}' as='one'/></extensionElements><multiInstanceLoopCharacteristics isSequential='true'/>");

        var run = runs.finished(drawn(xml), Map.of("items", List.of(1, 2)));

        assertThat(made(run).path(0).path("output").asString()).isEqualTo("one");
        assertThat(made(run).path(1).path("output").asString()).isEqualTo("two");
        assertThat(made(run).path(1).path("turns").asInt()).isEqualTo(2);
    }

    @Test
    void aPlainAgentStepHasABudgetToo() {
        var before = model.asked();
        model.says(TestModel.calls(TestRuns.post(outside, "/done")), TestModel.text("never"));
        var inputs = "{\"message\":\"go\",\"model\":\"" + TestModel.NAME
                + "\",\"tools\":[\"http-request\"],\"maxOutputTokens\":100}";
        var run = runs.finished(
                Bpmn.manual()
                        .step("agent", "agent", inputs, "<cadre:budget amount='0.0001'/>")
                        .end("end")
                        .flow("start", "agent", "end"),
                Map.of());

        assertThat(run.path("error").path("code").asString()).as(run.toString()).isEqualTo("BUDGET_EXCEEDED");
        assertThat(model.asked()).isZero();
    }

    @Test
    void theTaskOfTheAgentShowsItsTurns() {
        model.says(TestModel.wants("twice", "{\"n\":21}"), TestModel.text("It is 42."));
        var run = runs.finished(agent(twice()), Map.of());

        var tasks = runs.tasks(run).valueStream().toList();
        var agent = tasks.stream()
                .filter(task -> task.path("elementId").asString().equals("helper"))
                .findFirst()
                .orElseThrow();
        var turns =
                user.get("/api/v1/tasks/" + agent.path("id").asString()).json().path("turns");
        assertThat(turns).hasSize(2);
        assertThat(turns.path(0).path("toolCalls").path(0).path("tool").asString())
                .isEqualTo("twice");
        assertThat(tasks.stream()
                        .filter(task -> task.path("parentTaskId")
                                .asString()
                                .equals(agent.path("id").asString()))
                        .map(task -> task.path("stepType").asString()))
                .containsExactly("tool-call");
        assertThat(tasks).noneMatch(task -> task.path("elementId").asString().contains("\u00b7"));
        assertThat(run.path("path").toString()).doesNotContain("\u00b7");
    }
}
