package dev.cadre.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.FailingLog;
import dev.cadre.platform.TestAudit;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.plugin.PluginJarBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is done and its event are committed together: where the event can't be written, nothing is done either. So no end of the
 * hub, at whatever moment, leaves the one without the other.
 */
class TrustedLogIT extends AuditedCalls {

    /** Does it with a log that can't be written and, where that has changed nothing, with one that can. */
    private Answer together(String action, Supplier<Answer> call, Supplier<?> state) {
        var before = state.get();
        int told = TestAudit.actions(owner, action).size();
        try (var _ = FailingLog.of(multicaster, owner, action)) {
            var answer = call.get();
            // what many runs are asked of at once says of each what became of it
            assertThat(answer.status() == 500 || answer.body().contains("\"done\":false"))
                    .as(action + " " + answer.status() + " " + answer.body())
                    .isTrue();
        }
        assertThat(state.get()).as("after %s could not be told", action).isEqualTo(before);
        assertThat(TestAudit.actions(owner, action)).hasSize(told);

        var answer = call.get();

        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        assertThat(state.get()).as("after %s", action).isNotEqualTo(before);
        assertThat(TestAudit.actions(owner, action)).hasSize(told + 1);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "kept", "queued", "ended", "keptEnded"})
    void starts(String kind) {
        var workflow = runs.published(
                switch (kind) {
                    case "plain" -> asking("1");
                    case "kept" -> kept();
                    case "queued" -> queued();
                    case "ended" -> Bpmn.manual().end("end").flow("start", "end");
                    default -> keptEnded();
                });
        var started = together(
                "run.started",
                () -> owner.post("/api/v1/workflows/" + workflow + "/run", Map.of()),
                () -> owner.get("/api/v1/runs?workflowId=" + workflow)
                        .json()
                        .path("items")
                        .size());
        var id = started.json().path("run").path("id").asString();
        await().atMost(LONG)
                .until(() -> runs.get(id).path("status").asString().equals("succeeded")
                        || runs.statusOf(runs.get(id), "ask").equals("waiting"));
        assertThat(owner.get("/api/v1/audit-events?action=run.started").body()).contains(id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsDoneToARun(boolean kept) {
        var workflow = runs.published(kept ? kept() : asking("1"));
        var run = waiting(workflow);
        var path = "/api/v1/runs/" + run;
        Supplier<?> status = () -> runs.get(run).path("status").asString();
        Supplier<?> paused = () -> runs.get(run).path("paused").asBoolean();
        together("run.paused", () -> owner.post(path + "/pause", Map.of()), paused);
        together("run.resumed", () -> owner.post(path + "/resume", Map.of()), paused);
        var drawn = "/api/v1/workflows/" + workflow;
        owner.put(
                drawn,
                Map.of("name", "w", "bpmnXml", (kept ? kept() : asking("2")).xml()),
                "If-Match",
                owner.get(drawn).header("ETag"));
        owner.post(drawn + "/publish", Map.of());
        together(
                "run.migrated",
                () -> owner.post(drawn + "/migrations", Map.of("toVersion", 2, "runIds", List.of(run))),
                () -> runs.get(run).path("workflowVersion").asInt());
        together("run.cancelled", () -> owner.post(path + "/cancel", Map.of()), status);
        assertThat(status.get()).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatPeopleDecide(boolean kept) {
        var run = waiting(runs.published(kept ? kept() : asking("1")));
        var asked = asked(run);
        together(
                "approval.decided",
                () -> owner.post("/api/v1/approvals/" + asked + "/decision", Map.of("decision", "approve")),
                () -> owner.get("/api/v1/approvals/" + asked)
                        .json()
                        .path("status")
                        .asString());
        runs.ended(run);
    }

    @Test
    void whatPeopleDecideWhileTheRunIsPaused() {
        var run = waiting(runs.published(asking("1")));
        var asked = asked(run);
        owner.post("/api/v1/runs/" + run + "/pause", Map.of());
        together(
                "approval.decided",
                () -> owner.post("/api/v1/approvals/" + asked + "/decision", Map.of("decision", "approve")),
                () -> runs.statusOf(runs.get(run), "ask"));
        owner.post("/api/v1/runs/" + run + "/resume", Map.of());
        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void whatPeopleSayOfAnUnknownOutcome() {
        var run = runs.started(
                Bpmn.manual()
                        .step(
                                "pay",
                                "http-request",
                                TestRuns.post(outside, "/slow"),
                                "<cadre:delivery>at-most-once</cadre:delivery>",
                                "<cadre:timeout>PT0.3S</cadre:timeout>")
                        .end("done")
                        .flow("start", "pay", "done"),
                Map.of());
        await().atMost(LONG).until(() -> undecided(run) != null);
        var task = undecided(run).path("id").asString();
        together(
                "task.decided",
                () -> owner.post("/api/v1/tasks/" + task + "/decision", Map.of("decision", "succeed")),
                () -> undecided(run) == null);
    }

    @Test
    void whatBecomesOfFailedRuns() {
        var broken = runs.published(step("/broken"));
        var failed = List.of(
                runs.startedOf(broken, Map.of()), runs.startedOf(broken, Map.of()), runs.startedOf(broken, Map.of()));
        failed.forEach(runs::ended);
        mended.set(true);
        together(
                "run.retried",
                () -> owner.post("/api/v1/runs/" + failed.get(0) + "/retry", Map.of()),
                () -> hasFailed(failed.get(0)));
        together(
                "dead-letter.retried",
                () -> owner.post("/api/v1/dead-letters/retry", Map.of("runIds", List.of(failed.get(1)))),
                () -> hasFailed(failed.get(1)));
        together(
                "dead-letter.discarded",
                () -> owner.post("/api/v1/dead-letters/discard", Map.of("runIds", List.of(failed.get(2)))),
                () -> hasFailed(failed.get(2)));
    }

    private boolean hasFailed(String run) {
        return runs.get(run).path("status").asString().equals("failed");
    }

    @Test
    void messages() {
        var run = runs.started(
                Bpmn.manual()
                        .declare("<message id='m' name='paid'/>")
                        .caught("wait", "<messageEventDefinition messageRef='m'/>", "<cadre:message key='7'/>")
                        .end("end")
                        .flow("start", "wait", "end"),
                Map.of());
        await().atMost(LONG).until(() -> runs.statusOf(runs.get(run), "wait").equals("waiting"));
        together(
                "run.message-told",
                () -> owner.post("/api/v1/messages", Map.of("name", "paid", "key", "7")),
                () -> runs.statusOf(runs.get(run), "wait"));
    }

    @Test
    void pluginsThatPeopleBring() {
        var jar = PluginJarBuilder.working("echo-told").bytes();
        var path = "/api/v1/plugins/echo-told";
        // all that is left of it: in the database, on the shelf and among the steps
        Supplier<?> there = () -> List.of(
                jdbc.sql("select count(bytes) from plugin_jar where plugin_id = 'echo-told'")
                        .query(Integer.class)
                        .single(),
                jdbc.sql("select count(*) from plugin_state where plugin_id = 'echo-told'")
                        .query(Integer.class)
                        .single(),
                owner.get("/api/v1/plugins").body().contains("\"echo-told\""),
                owner.get("/api/v1/step-types").body().contains("\"echo-told\""));
        try {
            together("plugin.installed", () -> owner.upload("/api/v1/plugins", "jar", "plugin.jar", jar), there);
            Supplier<?> works = () -> owner.get("/api/v1/step-types").body().contains("\"echo-told\"");
            together("plugin.disabled", () -> owner.post(path + "/disable", ""), works);
            together("plugin.enabled", () -> owner.post(path + "/enable", ""), works);
            together("plugin.deleted", () -> owner.delete(path), there);
        } finally {
            owner.delete(path);
        }
    }

    @Test
    void plugins() {
        try {
            together("plugin.disabled", () -> owner.post("/api/v1/plugins/delay/disable", ""), this::pluginStates);
            together("plugin.enabled", () -> owner.post("/api/v1/plugins/delay/enable", ""), this::pluginStates);
        } finally {
            owner.post("/api/v1/plugins/delay/enable", "");
        }
    }

    /** What the database says, which every node follows. */
    private boolean pluginStates() {
        return jdbc.sql("select coalesce((select enabled from plugin_state where plugin_id = 'delay'), true)")
                .query(Boolean.class)
                .single();
    }

    @Test
    void encryptionKeys() {
        var connection = Map.of(
                "name",
                "Shop",
                "type",
                "rest",
                "values",
                Map.of("baseUrl", outside.url("/fine"), "authentication", "BEARER", "secret", "s3cret"));
        var path = "/api/v1/connections/"
                + owner.post("/api/v1/connections", connection)
                        .json()
                        .path("id")
                        .asString();
        together(
                "encryption-key.rotated",
                () -> owner.post("/api/v1/encryption-key/rotation", Map.of()),
                () -> owner.get("/api/v1/encryption-key")
                        .json()
                        .path("rotatedAt")
                        .toString());
        assertThat(owner.post(path + "/test", Map.of()).status()).isEqualTo(200);
    }

    private String asked(String run) {
        return runs.tasks(run)
                .valueStream()
                .filter(task -> task.path("elementId").asString().equals("ask"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    /** Its tokens are kept by the engine. */
    private static Bpmn kept() {
        return Bpmn.manual()
                .gateway("fork", "parallel")
                .approval("ask", "{\"title\":\"?\"}")
                .gateway("join", "parallel")
                .end("end")
                .flow("start", "fork", "ask", "join", "end")
                .flow("fork", "join");
    }

    private static Bpmn queued() {
        return Bpmn.manual()
                .element("<extensionElements><cadre:limits concurrency='1'/></extensionElements>")
                .approval("ask", "{\"title\":\"?\"}")
                .end("end")
                .flow("start", "ask", "end");
    }

    private static Bpmn keptEnded() {
        return Bpmn.manual()
                .gateway("fork", "parallel")
                .gateway("join", "parallel")
                .end("end")
                .flow("start", "fork", "join", "end")
                .flowNamed("second", "fork", "join");
    }
}
