package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Workflows call workflows: a call is a run of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CallsIT {

    @LocalServerPort
    int port;

    TestStub outside;
    TestUser user;
    TestRuns runs;
    final AtomicInteger refusals = new AtomicInteger();

    @BeforeEach
    void start() {
        outside = TestStub.start()
                .on("/fine", exchange -> TestStub.json(exchange, 200, "{}"))
                .on("/once", exchange -> TestStub.json(exchange, refusals.getAndDecrement() > 0 ? 400 : 200, "{}"));
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    private static Bpmn doubling() {
        return Bpmn.manual()
                .step("twice", "calculator", "{\"expression\":\"{{ trigger.n }} * 2\"}")
                .end("end", "{\"n\":\"{{ steps.twice.result }}\"}")
                .flow("start", "twice", "end");
    }

    private static Bpmn calling(String workflow, String version) {
        return Bpmn.manual()
                .call("call", workflow, version, "{\"n\":\"{{ trigger.n }}\"}")
                .end("end", "{\"n\":\"{{ steps.call.output.n }}\",\"run\":\"{{ steps.call.runId }}\"}")
                .flow("start", "call", "end");
    }

    private JsonNode children(String workflow) {
        return user.get("/api/v1/runs?workflowId=" + workflow).json().path("items");
    }

    @Test
    void givesTheOutputOfTheCalledRunToTheStep() {
        var called = runs.published(doubling());
        var run = runs.finished(calling(called, "published"), Map.of("n", 4));

        assertThat(run.path("output").path("n").asInt()).isEqualTo(8);
        var child = runs.get(run.path("output").path("run").asString());
        assertThat(child.path("parentRunId").asString())
                .isEqualTo(run.path("id").asString());
        assertThat(child.path("trigger").path("use").asString()).isEqualTo("call");
    }

    @Test
    void keepsToThePinnedVersion() {
        var called = runs.published(doubling());
        var changed = doubling().xml().replace("* 2", "* 3");
        var etag = user.get("/api/v1/workflows/" + called).header("ETag");
        assertThat(user.put("/api/v1/workflows/" + called, Map.of("name", "x", "bpmnXml", changed), "If-Match", etag)
                        .status())
                .isEqualTo(200);
        assertThat(user.post("/api/v1/workflows/" + called + "/publish", Map.of())
                        .status())
                .isEqualTo(200);

        assertThat(runs.finished(calling(called, "1"), Map.of("n", 4))
                        .path("output")
                        .path("n")
                        .asInt())
                .isEqualTo(8);
        assertThat(runs.finished(calling(called, "published"), Map.of("n", 4))
                        .path("output")
                        .path("n")
                        .asInt())
                .isEqualTo(12);
    }

    @Test
    void waitsForARunThatWaitsAndIsToldOfItsEnd() {
        var called = runs.published(
                Bpmn.manual().timer("pause", "PT1.5S").end("end", "{\"n\":1}").flow("start", "pause", "end"));
        var run = runs.finished(calling(called, "published"), Map.of("n", 4));

        assertThat(run.path("output").path("n").asInt()).isEqualTo(1);
        assertThat(children(called)).hasSize(1);
    }

    @Test
    void aFailureIsThatOfTheStepAndARetryGoesOnWhereTheCalledRunFailed() {
        refusals.set(1);
        var called = runs.published(Bpmn.manual()
                .step("fine", "http-request", TestRuns.post(outside, "/fine"))
                .step("once", "http-request", TestRuns.post(outside, "/once"))
                .end("end", "{\"n\":5}")
                .flow("start", "fine", "once", "end"));
        var run = runs.finished(calling(called, "published"), Map.of("n", 4));
        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("elementId").asString()).isEqualTo("call");
        assertThat(run.path("error").path("message").asString()).contains("The called run");
        var id = run.path("id").asString();

        assertThat(user.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(200);

        assertThat(runs.ended(id).path("output").path("n").asInt()).isEqualTo(5);
        assertThat(outside.asked("/fine")).isEqualTo(1);
        assertThat(outside.asked("/once")).isEqualTo(2);
        assertThat(children(called)).hasSize(1);
    }

    @Test
    void cancellingCancelsWhatWasCalled() {
        var called =
                runs.published(Bpmn.manual().timer("pause", "PT1H").end("end").flow("start", "pause", "end"));
        var run = runs.started(calling(called, "published"), Map.of("n", 4));
        await().untilAsserted(() -> assertThat(children(called)).hasSize(1));

        var call =
                user.get("/api/v1/runs/" + run + "/tasks").json().path("items").get(0);
        assertThat(call.path("calledRunId").asString())
                .as("where to look while it is under way")
                .isEqualTo(children(called).get(0).path("id").asString());
        user.post("/api/v1/runs/" + run + "/cancel", Map.of());

        await().untilAsserted(() ->
                assertThat(children(called).path(0).path("status").asString()).isEqualTo("cancelled"));
    }

    @Test
    void refusesToCallEndlesslyAndWhatIsNotThere() {
        var workflow = runs.published(doubling());
        var etag = user.get("/api/v1/workflows/" + workflow).header("ETag");
        user.put(
                "/api/v1/workflows/" + workflow,
                Map.of(
                        "name",
                        "endless",
                        "bpmnXml",
                        calling(workflow, "published").xml()),
                "If-Match",
                etag);
        user.post("/api/v1/workflows/" + workflow + "/publish", Map.of());

        var run = runs.ended(runs.startedOf(workflow, Map.of("n", 1)));
        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("code").asString()).isEqualTo("CALL_TOO_DEEP");

        var stranger = TestUser.register(port);
        var refused = stranger.post(
                "/api/v1/workflows/validate",
                Map.of("bpmnXml", calling(workflow, "published").xml()));
        assertThat(refused.body()).contains("unknown-workflow");
    }
}
