package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Runs go on with another version where nothing of them is lost. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MigrationIT {

    @LocalServerPort
    int port;

    TestStub outside;
    TestUser user;
    TestRuns runs;

    @BeforeEach
    void start() {
        outside = TestStub.start().on("/fine", exchange -> TestStub.json(exchange, 200, "{}"));
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    private static Bpmn asking(String output) {
        return Bpmn.manual()
                .approval("ask", "{\"title\":\"?\"}")
                .end("end", "{\"version\":\"" + output + "\"}")
                .flow("start", "ask", "end");
    }

    private int publish(String workflow, Bpmn next) {
        var etag = user.get("/api/v1/workflows/" + workflow).header("ETag");
        assertThat(user.put(
                                "/api/v1/workflows/" + workflow,
                                Map.of("name", "next", "bpmnXml", next.xml()),
                                "If-Match",
                                etag)
                        .status())
                .isEqualTo(200);
        var published = user.post("/api/v1/workflows/" + workflow + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        return published.json().path("publishedVersion").asInt();
    }

    private String waitingAt(String workflow, String element) {
        var run = runs.startedOf(workflow, Map.of());
        await().untilAsserted(
                        () -> assertThat(runs.statusOf(runs.get(run), element)).isEqualTo("waiting"));
        return run;
    }

    private JsonNode preview(String workflow, int version) {
        var answer = user.post("/api/v1/workflows/" + workflow + "/migrations/preview", Map.of("toVersion", version));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items");
    }

    private JsonNode migrate(String workflow, int version, String run) {
        var answer = user.post(
                "/api/v1/workflows/" + workflow + "/migrations", Map.of("toVersion", version, "runIds", List.of(run)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").path(0);
    }

    private void approve(String run) {
        var open = user.get("/api/v1/approvals?open=true").json().path("items").valueStream();
        var id = open.filter(approval -> approval.path("runId").asString().equals(run))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        assertThat(user.post("/api/v1/approvals/" + id + "/decision", Map.of("decision", "approve"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWaitingRunGoesOnWithTheNewVersionAndOthersEndOnTheirs() {
        var workflow = runs.published(asking("one"));
        var moved = waitingAt(workflow, "ask");
        var stays = waitingAt(workflow, "ask");
        int version = publish(workflow, asking("two"));

        var previews = preview(workflow, version);
        assertThat(previews).hasSize(2);
        assertThat(previews.path(0).path("problems")).isEmpty();
        assertThat(previews.path(0).path("elements").path(0).path("elementId").asString())
                .isEqualTo("ask");
        assertThat(migrate(workflow, version, moved).path("migrated").asBoolean())
                .isTrue();
        approve(moved);
        approve(stays);

        assertThat(runs.ended(moved).path("output").path("version").asString()).isEqualTo("two");
        assertThat(runs.get(moved).path("workflowVersion").asInt()).isEqualTo(version);
        assertThat(runs.ended(stays).path("output").path("version").asString()).isEqualTo("one");
        assertThat(preview(workflow, version)).isEmpty();
    }

    @Test
    void aRunWithoutRowsInTheEngineGetsThemWhereTheNewVersionNeedsThem() {
        var workflow = runs.published(asking("one"));
        var run = waitingAt(workflow, "ask");
        int version = publish(
                workflow,
                Bpmn.manual()
                        .approval("ask", "{\"title\":\"?\"}")
                        .gateway("fork", "parallel")
                        .step("a", "http-request", TestRuns.post(outside, "/fine"))
                        .step("b", "http-request", TestRuns.post(outside, "/fine"))
                        .gateway("join", "parallel")
                        .end("end", "{\"version\":\"two\"}")
                        .flow("start", "ask", "fork", "a", "join", "end")
                        .flow("fork", "b", "join"));

        assertThat(migrate(workflow, version, run).path("migrated").asBoolean()).isTrue();
        approve(run);

        assertThat(runs.ended(run).path("output").path("version").asString()).isEqualTo("two");
        assertThat(outside.asked("/fine")).isEqualTo(2);
    }

    @Test
    void aRunInASubProcessBesideAJoinKeepsAllItsTokens() {
        var workflow = runs.published(forked("one"));
        var run = waitingAt(workflow, "ask");
        await().untilAsserted(
                        () -> assertThat(runs.statusOf(runs.get(run), "quick")).isEqualTo("succeeded"));
        int version = publish(workflow, forked("two"));

        var moved = migrate(workflow, version, run);
        assertThat(moved.path("migrated").asBoolean()).as(moved.toString()).isTrue();
        approve(run);

        assertThat(runs.ended(run).path("output").path("version").asString()).isEqualTo("two");
        assertThat(runs.statusesOf(runs.get(run), "quick")).containsExactly("succeeded");
    }

    private static Bpmn forked(String version) {
        return Bpmn.manual()
                .group(
                        "work",
                        Bpmn.inside()
                                .plainStart("in")
                                .gateway("fork", "parallel")
                                .approval("ask", "{\"title\":\"?\"}")
                                .step("quick", "transform", "{\"value\":1}")
                                .gateway("join", "parallel")
                                .end("out")
                                .flow("in", "fork", "ask", "join", "out")
                                .flow("fork", "quick", "join"))
                .end("end", "{\"version\":\"" + version + "\"}")
                .flow("start", "work", "end");
    }

    @Test
    void refusesWhatWouldLoseWorkAndSaysWhy() {
        var workflow = runs.published(forked("one"));
        var run = waitingAt(workflow, "ask");
        int gone = publish(workflow, asking("two"));
        fail(workflow, gone, run);
    }

    private void fail(String workflow, int version, String run) {
        var refused = migrate(workflow, version, run);
        assertThat(refused.path("migrated").asBoolean()).isFalse();
        assertThat(refused.path("problems")).isNotEmpty();
        approve(run);
        assertThat(runs.ended(run).path("output").path("version").asString()).isEqualTo("one");
    }

    @Test
    void aFailedRunIsMendedByANewVersionKeepingWhatItHasDone() {
        var workflow = runs.published(Bpmn.manual()
                .step("first", "http-request", TestRuns.post(outside, "/fine"))
                .step("sum", "calculator", "{\"expression\":\"1 / 0\"}")
                .end("end", "{\"sum\":\"{{ steps.sum.result }}\"}")
                .flow("start", "first", "sum", "end"));
        var run = runs.ended(runs.startedOf(workflow, Map.of()));
        assertThat(run.path("status").asString()).isEqualTo("failed");
        var id = run.path("id").asString();
        int version = publish(
                workflow,
                Bpmn.manual()
                        .step("first", "http-request", TestRuns.post(outside, "/fine"))
                        .step("sum", "calculator", "{\"expression\":\"1 / 4\"}")
                        .end("end", "{\"sum\":\"{{ steps.sum.result }}\"}")
                        .flow("start", "first", "sum", "end"));

        assertThat(migrate(workflow, version, id).path("migrated").asBoolean()).isTrue();
        assertThat(user.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(200);

        assertThat(runs.ended(id).path("output").path("sum").asDouble()).isEqualTo(0.25);
        assertThat(outside.asked("/fine")).isEqualTo(1);
    }

    @Test
    void anotherOrganizationsRunsAndWorkflowsAreNotThere() {
        var workflow = runs.published(asking("one"));
        var run = waitingAt(workflow, "ask");
        var stranger = TestUser.register(port);
        var own = new TestRuns(stranger).published(asking("x"));
        var body = Map.of("toVersion", 1, "runIds", List.of(run));

        assertThat(stranger.post("/api/v1/workflows/" + workflow + "/migrations", body)
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post("/api/v1/workflows/" + own + "/migrations", body)
                        .status())
                .isEqualTo(404);
        assertThat(user.post("/api/v1/workflows/" + workflow + "/migrations/preview", Map.of("toVersion", 9))
                        .status())
                .isEqualTo(404);
    }
}
