package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A workflow that limits how long its runs may take. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RunTimeoutIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    TestStub outside;
    TestUser user;
    TestRuns runs;

    @BeforeEach
    void start() {
        outside = TestStub.start()
                .on("/slow", exchange -> Thread.sleep(20_000))
                .on("/quick", exchange -> TestStub.json(exchange, 200, "{}"));
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    private static Bpmn limited(String time) {
        return Bpmn.manual()
                .element("<extensionElements><cadre:timeout>" + time + "</cadre:timeout></extensionElements>");
    }

    private int leases(String run) {
        return jdbc.sql("select count(*) from lease where run_id = ?")
                .param(UUID.fromString(run))
                .query(Integer.class)
                .single();
    }

    @Test
    void failsARunWhoseTimeIsOverAndCancelsWhatWorksForIt() {
        var run = runs.finished(
                limited("PT1S")
                        .step("slow", "http-request", post(outside, "/slow"))
                        .end("done")
                        .flow("start", "slow", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("code").asString()).isEqualTo("RUN_TIMEOUT");
        assertThat(run.path("error").path("elementId").isNull()).isTrue();
        assertThat(runs.statusOf(run, "slow")).isEqualTo("cancelled");
        var id = run.path("id").asString();
        assertThat(leases(id)).isZero();
        var retried = user.post("/api/v1/runs/" + id + "/retry", Map.of());
        assertThat(retried.status()).isEqualTo(409);
        assertThat(retried.json().path("code").asString()).isEqualTo("run-not-retryable");
    }

    @Test
    void failsARunThatHasSeveralTokensAndWaits() {
        var run = runs.finished(
                limited("PT1S")
                        .gateway("split", "parallel")
                        .approval("ask", "{\"title\":\"Go on?\"}")
                        .timer("wait", "PT1H")
                        .gateway("join", "parallel")
                        .end("done")
                        .flow("start", "split", "ask", "join", "done")
                        .flow("split", "wait", "join"),
                Map.of());

        assertThat(run.path("error").path("code").asString()).isEqualTo("RUN_TIMEOUT");
        assertThat(runs.statusOf(run, "ask")).isEqualTo("cancelled");
        assertThat(runs.statusOf(run, "wait")).isEqualTo("cancelled");
        assertThat(jdbc.sql("select count(*) from act_ru_execution where proc_inst_id_ = ?")
                        .param(run.path("id").asString())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aRunThatEndsInTimeLeavesNothingBehind() {
        var run = runs.finished(
                limited("PT1H")
                        .step("quick", "http-request", post(outside, "/quick"))
                        .end("done")
                        .flow("start", "quick", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(leases(run.path("id").asString())).isZero();
        assertThat(runs.tasks(run)).hasSize(1);
    }

    @Test
    void aRunThatEndsAtOnceNeverHasATimer() {
        var run = runs.finished(
                limited("PT1H")
                        .step("sum", "calculator", "{\"expression\":\"1 + 1\"}")
                        .end("done")
                        .flow("start", "sum", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(jdbc.sql("select count(*) from task where run_id = ?")
                        .param(UUID.fromString(run.path("id").asString()))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aFailedRunKeepsItsTimeForAPerson() {
        outside.on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));
        var run = runs.finished(
                limited("PT2S")
                        .step("gone", "http-request", post(outside, "/gone"))
                        .end("done")
                        .flow("start", "gone", "done"),
                Map.of());
        var id = run.path("id").asString();
        await().until(() -> leases(id) == 0);

        assertThat(runs.get(id).path("error").path("code").asString()).isEqualTo("HTTP_404");
        assertThat(user.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(200);
    }

    @Test
    void aCalledRunWhoseTimeIsOverFailsTheStepThatCalledIt() {
        var called =
                runs.published(limited("PT1S").timer("wait", "PT1H").end("done").flow("start", "wait", "done"));
        var run = runs.finished(
                Bpmn.manual()
                        .call("call", called, "published", "{}", "<cadre:retry attempts='2' backoff='PT0.1S'/>")
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("error").path("code").asString()).isEqualTo("RUN_TIMEOUT");
    }

    @Test
    void aTimeThatIsNoneIsAProblemOfTheFile() {
        var xml = limited("soon").end("done").flow("start", "done").xml();

        var problems =
                user.post("/api/v1/workflows/validate", Map.of("bpmnXml", xml)).json();

        assertThat(problems.path("problems").toString()).contains("invalid-duration");
    }
}
