package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.get;
import static dev.cadre.platform.TestRuns.post;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Steps that fail: tried again, caught, replaced by a default, retried by a person. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StepFailureIT {

    private static final String QUICK_RETRY = "<cadre:retry attempts='3' backoff='PT0.05S'/>";

    @LocalServerPort
    int port;

    TestStub outside;
    TestUser user;
    TestRuns runs;

    @BeforeEach
    void start() {
        outside = TestStub.start();
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    @Test
    void triesAgainWithTheSameIdempotencyKey() {
        var calls = new AtomicInteger();
        outside.on("/flaky", exchange -> TestStub.json(exchange, calls.incrementAndGet() < 3 ? 503 : 200, "{}"));

        var run = runs.finished(
                Bpmn.manual()
                        .step("call", "http-request", post(outside, "/flaky"), QUICK_RETRY)
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(runs.tasks(run).get(0).path("attempt").asInt()).isEqualTo(3);
        assertThat(outside.asked().stream().map(TestStub.Asked::key).distinct()).hasSize(1);
        assertThat(outside.asked()).hasSize(3);
    }

    @Test
    void aStepThatHangsFailsAloneWithItsReason() {
        outside.on("/hang", exchange -> Thread.sleep(5_000));

        var run = runs.finished(
                Bpmn.manual()
                        .step(
                                "call",
                                "http-request",
                                get(outside, "/hang"),
                                "<cadre:retry attempts='1'/>",
                                "<cadre:timeout>PT0.3S</cadre:timeout>")
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("code").asString()).isIn("STEP_TIMEOUT", "HTTP_TIMEOUT");
        assertThat(run.path("error").path("elementId").asString()).isEqualTo("call");
    }

    @Test
    void aStepThatReturnsFiftyMegabytesFailsAloneWithItsReason() {
        outside.on("/huge", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            var chunk = new byte[1024 * 1024];
            for (int i = 0; i < 50; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });

        var run = runs.finished(
                Bpmn.manual()
                        .step("call", "http-request", get(outside, "/huge"), "<cadre:retry attempts='1'/>")
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("code").asString()).isIn("RESPONSE_TOO_LARGE", "OUTPUT_TOO_LARGE");
    }

    @Test
    void takesTheErrorBranchAndShowsItTheError() {
        outside.on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));

        var run = runs.finished(
                Bpmn.manual()
                        .step("call", "http-request", get(outside, "/gone"), "<cadre:onError>branch</cadre:onError>")
                        .errorBoundary("oops", "call")
                        .step("say", "transform", "{\"value\":\"{{ steps.call.error.code }}\"}")
                        .end("done", "{\"failed\":\"{{ steps.say.value }}\"}")
                        .end("fine")
                        .flow("start", "call", "fine")
                        .flow("oops", "say", "done"),
                Map.of());

        assertThat(run.path("output").path("failed").asString()).isEqualTo("HTTP_404");
    }

    @Test
    void anErrorBranchOfAGroupEndsWhatElseRunsInside() {
        outside.on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));
        outside.on("/slow", exchange -> Thread.sleep(20_000));
        var body = Bpmn.inside()
                .plainStart("in")
                .gateway("split", "parallel")
                .step("slow", "http-request", get(outside, "/slow"))
                .step("bad", "http-request", get(outside, "/gone"))
                .gateway("join", "parallel")
                .end("out")
                .flow("in", "split", "slow", "join", "out")
                .flow("split", "bad", "join");

        var run = runs.finished(
                Bpmn.manual()
                        .group("both", body)
                        .errorBoundary("oops", "both")
                        .end("fine")
                        .end("rescued", "{\"rescued\":true}")
                        .flow("start", "both", "fine")
                        .flow("oops", "rescued"),
                Map.of());

        assertThat(run.path("output").toString()).isEqualTo("{\"rescued\":true}");
        assertThat(runs.statusOf(run, "slow")).isEqualTo("cancelled");
    }

    @Test
    void usesTheDefaultOutputWhereTheStepSaysSo() {
        outside.on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));

        var run = runs.finished(
                Bpmn.manual()
                        .step(
                                "call",
                                "http-request",
                                get(outside, "/gone"),
                                "<cadre:onError>default</cadre:onError>",
                                "<cadre:default>{\"body\":{\"price\":0}}</cadre:default>")
                        .end("done", "{\"price\":\"{{ steps.call.body.price }}\"}")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("output").toString()).isEqualTo("{\"price\":0}");
    }

    @Test
    void aRetryKeepsWhatWasPaidForAndTakesCorrectedData() {
        outside.on("/paid", exchange -> TestStub.json(exchange, 200, "{\"n\":1}"));
        var bpmn = Bpmn.manual()
                .step("paid", "http-request", post(outside, "/paid"))
                .step("use", "calculator", "{\"expression\":\"{{ steps.paid.body.n }} + {{ vars.bonus }}\"}")
                .end("done", "{\"sum\":\"{{ steps.use.result }}\"}")
                .flow("start", "paid", "use", "done");

        var failed = runs.finished(bpmn, Map.of());
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("error").path("code").asString()).isEqualTo("MISSING_DATA");
        assertThat(failed.path("error").path("elementId").asString()).isEqualTo("use");

        var id = failed.path("id").asString();
        var retried = user.post("/api/v1/runs/" + id + "/retry", Map.of("variables", Map.of("bonus", 41)));

        assertThat(retried.status()).isEqualTo(200);
        assertThat(runs.ended(id).path("output").toString()).isEqualTo("{\"sum\":42}");
        assertThat(outside.asked("/paid")).isEqualTo(1);
        assertThat(user.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(409);
    }

    @Test
    void aFailedCallIsMadeAgainByARetryWithTheSameKey() {
        var broken = new AtomicInteger(1);
        outside.on("/mended", exchange -> TestStub.json(exchange, broken.get() == 1 ? 400 : 200, "{\"ok\":true}"));
        var failed = runs.finished(
                Bpmn.manual()
                        .step("call", "http-request", post(outside, "/mended"))
                        .end("done", "{\"ok\":\"{{ steps.call.body.ok }}\"}")
                        .flow("start", "call", "done"),
                Map.of());
        assertThat(failed.path("error").path("code").asString()).isEqualTo("HTTP_400");

        broken.set(0);
        var id = failed.path("id").asString();
        user.post("/api/v1/runs/" + id + "/retry", Map.of());

        assertThat(runs.ended(id).path("output").toString()).isEqualTo("{\"ok\":true}");
        assertThat(outside.asked().stream().map(TestStub.Asked::key).distinct()).hasSize(1);
    }

    @Test
    void aBranchThatNoConditionOpensFailsTheRunThere() {
        var run = runs.finished(
                Bpmn.manual()
                        .gateway("which", "exclusive")
                        .end("one")
                        .end("two")
                        .flow("start", "which")
                        .flowWhen("f-one", "which", "one", "trigger.n = 1")
                        .flowWhen("f-two", "which", "two", "trigger.n = 2"),
                Map.of("n", 3));

        assertThat(run.path("error").path("code").asString()).isEqualTo("NO_BRANCH");
        assertThat(run.path("error").path("elementId").asString()).isEqualTo("which");
    }
}
