package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs from the start to the end, and what people see and do meanwhile. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RunsIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

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
    void runsInstantStepsAndKeepsTheirInputsAndOutputs() {
        var run = runs.finished(
                Bpmn.manual()
                        .step("total", "calculator", "{\"expression\":\"{{ trigger.price }} * 4\"}")
                        .step("order", "transform", "{\"value\":{\"sum\":\"{{ steps.total.result }}\"}}")
                        .end("done", "{\"total\":\"{{ steps.order.value.sum }}\"}")
                        .flow("start", "total", "order", "done"),
                Map.of("price", 12.5));

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(run.path("output").toString()).isEqualTo("{\"total\":50}");
        assertThat(run.path("path")).hasSize(3);
        var tasks = runs.tasks(run);
        assertThat(tasks.get(0).path("input").toString()).isEqualTo("{\"expression\":\"12.5 * 4\"}");
        assertThat(tasks.get(0).path("output").toString()).isEqualTo("{\"result\":50}");
    }

    @Test
    void callsOutAndTakesTheBranchWhoseConditionHolds() {
        outside.on("/price", exchange -> TestStub.json(exchange, 200, "{\"price\":120}"));

        var run = runs.finished(
                Bpmn.manual()
                        .step("look", "http-request", get(outside, "/price"))
                        .gateway("big", "exclusive", "no")
                        .step("high", "transform", "{\"value\":\"high\"}")
                        .step("low", "transform", "{\"value\":\"low\"}")
                        .end("done", "{\"is\":\"{{ $exists(steps.high) ? 'high' : 'low' }}\"}")
                        .flow("start", "look", "big")
                        .flowWhen("yes", "big", "high", "steps.look.body.price > 100")
                        .flowNamed("no", "big", "low")
                        .flow("high", "done")
                        .flow("low", "done"),
                Map.of());

        assertThat(run.path("output").path("is").asString()).isEqualTo("high");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parallel", "inclusive"})
    void joinsBranchesThatRunAtTheSameTime(String kind) {
        outside.on("/a", exchange -> TestStub.json(exchange, 200, "\"A\""));
        outside.on("/b", exchange -> TestStub.json(exchange, 200, "\"B\""));

        var bpmn = Bpmn.manual()
                .gateway("split", kind)
                .step("a", "http-request", get(outside, "/a"))
                .step("b", "http-request", get(outside, "/b"))
                .gateway("join", kind)
                .end("done", "{\"both\":\"{{ steps.a.body & steps.b.body }}\"}")
                .flow("start", "split")
                .flow("a", "join")
                .flow("b", "join", "done");
        if (kind.equals("inclusive")) {
            bpmn.flowWhen("fa", "split", "a", "trigger.n > 0").flowWhen("fb", "split", "b", "trigger.n > 1");
        } else {
            bpmn.flow("split", "a").flow("split", "b");
        }

        var run = runs.finished(bpmn, Map.of("n", 2));

        assertThat(run.path("output").path("both").asString()).isEqualTo("AB");
        assertThat(outside.asked("/a")).isEqualTo(1);
    }

    @Test
    void cancelsWhatWaitsAndLeavesNothingBehind() {
        outside.on("/slow", exchange -> Thread.sleep(20_000));
        var id = runs.started(
                Bpmn.manual()
                        .step("call", "http-request", get(outside, "/slow"))
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());
        await().until(() -> outside.asked("/slow") == 1);

        var cancelled = user.post("/api/v1/runs/" + id + "/cancel", Map.of());

        assertThat(cancelled.json().path("status").asString()).isEqualTo("cancelled");
        assertThat(runs.statusOf(cancelled.json(), "call")).isEqualTo("cancelled");
        assertThat(count("lease", id)).isZero();
        assertThat(jdbc.sql("select count(*) from act_ru_execution where proc_inst_id_ = ?")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void waitsWithoutAThreadAndGoesOnInTime() {
        var run = runs.finished(
                Bpmn.manual()
                        .step("pause", "delay", "{\"duration\":\"PT0.6S\"}")
                        .end("done")
                        .flow("start", "pause", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(runs.tasks(run).get(0).path("durationMs").asLong()).isGreaterThanOrEqualTo(600);
    }

    @Test
    void neverShowsAnotherOrganizationsRuns() {
        var run = runs.finished(Bpmn.manual().end("done").flow("start", "done"), Map.of("secret", 1));
        var id = run.path("id").asString();
        var stranger = TestUser.register(port);

        assertThat(stranger.get("/api/v1/runs/" + id).status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/runs/" + id + "/tasks").status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/runs/" + id + "/diagram").status()).isEqualTo(404);
        assertThat(stranger.post("/api/v1/runs/" + id + "/cancel", Map.of()).status())
                .isEqualTo(404);
        assertThat(stranger.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(404);
        assertThat(stranger.get("/api/v1/runs").json().path("items")).isEmpty();
    }

    @Test
    void listsRunsPageByPageNewestFirst() {
        var bpmn = Bpmn.manual().end("done").flow("start", "done");
        var workflow = runs.published(bpmn);
        for (int i = 0; i < 5; i++) {
            user.post("/api/v1/workflows/" + workflow + "/run?wait=20", Map.of("input", Map.of("n", i)));
        }

        var first = user.get("/api/v1/runs?limit=3&workflowId=" + workflow).json();
        var second = user.get("/api/v1/runs?limit=3&workflowId=" + workflow + "&cursor="
                        + first.path("nextCursor").asString())
                .json();

        assertThat(first.path("items")).hasSize(3);
        assertThat(second.path("items")).hasSize(2);
        assertThat(first.path("items").get(0).path("input").path("n").asInt()).isEqualTo(4);
        assertThat(user.get("/api/v1/runs?status=unheard").status()).isEqualTo(400);
    }

    private int count(String table, String run) {
        return jdbc.sql("select count(*) from " + table + " where run_id = ?::uuid")
                .param(run)
                .query(Integer.class)
                .single();
    }
}
