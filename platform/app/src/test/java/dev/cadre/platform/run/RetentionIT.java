package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.run.internal.work.Retention;
import dev.cadre.platform.shared.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is old goes, what has not ended stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionIT {

    private static final String RETENTION = "/api/v1/retention";

    private TestHub hub;
    private TestUser user;
    private TestRuns runs;
    private TestStub outside;
    private JdbcClient jdbc;

    @BeforeAll
    void startHub() {
        hub = TestHub.start(
                TestDatabase.emptyDatabase(),
                "cadre.retention.runs=P10D",
                "cadre.retention.dead-letters=P20D",
                "cadre.retention.logs=P5D");
        user = TestUser.register(hub.port());
        runs = new TestRuns(user);
        jdbc = hub.bean(JdbcClient.class);
        outside = TestStub.start().on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));
    }

    @AfterAll
    void stopHub() {
        outside.close();
        hub.close();
    }

    private Bpmn quick() {
        return Bpmn.manual()
                .step("sum", "calculator", "{\"expression\":\"1 + 1\"}")
                .end("done")
                .flow("start", "sum", "done");
    }

    private void age(String run, int days) {
        jdbc.sql("""
                        update run set started_at = started_at - make_interval(days => :days),
                          ended_at = ended_at - make_interval(days => :days) where id = :run::uuid""").param("days", days).param("run", run).update();
        jdbc.sql("""
                        update task_log set at = at - make_interval(days => :days)
                        where task_id in (select id from task where run_id = :run::uuid)""").param("days", days).param("run", run).update();
    }

    private boolean exists(String run) {
        return user.get("/api/v1/runs/" + run).status() == 200;
    }

    private int logLines(String run) {
        return jdbc.sql("select count(*) from task_log where task_id in (select id from task where run_id = ?::uuid)")
                .param(run)
                .query(Integer.class)
                .single();
    }

    @Test
    void runsGoWhenTheyEndedLongAgo() throws Exception {
        var workflow = runs.published(quick());
        var old = runs.startedOf(workflow, Map.of());
        var young = runs.startedOf(workflow, Map.of());
        age(old, 11);
        age(young, 9);

        hub.bean(Retention.class).clean();

        assertThat(exists(old)).isFalse();
        assertThat(exists(young)).isTrue();
        assertThat(jdbc.sql("select count(*) from task where run_id = ?::uuid")
                        .param(old)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aRunThatHasNotEndedStaysHoweverOldItIs() throws Exception {
        var waiting = runs.started(
                Bpmn.manual()
                        .approval("ask", "{\"title\":\"Go on?\"}")
                        .end("done")
                        .flow("start", "ask", "done"),
                Map.of());
        age(waiting, 4_000);

        hub.bean(Retention.class).clean();

        assertThat(exists(waiting)).isTrue();
    }

    @Test
    void failedRunsStayAsLongAsDeadLettersDoWithTheirLogs() throws Exception {
        var workflow = runs.published(Bpmn.manual()
                .step("gone", "http-request", post(outside, "/gone"))
                .end("done")
                .flow("start", "gone", "done"));
        var younger = runs.startedOf(workflow, Map.of());
        var older = runs.startedOf(workflow, Map.of());
        runs.ended(younger);
        runs.ended(older);
        age(younger, 15);
        age(older, 21);

        hub.bean(Retention.class).clean();

        assertThat(exists(younger)).isTrue();
        assertThat(logLines(younger)).isPositive();
        assertThat(exists(older)).isFalse();
    }

    @Test
    void logsGoBeforeTheirRuns() throws Exception {
        var run = runs.started(
                Bpmn.manual()
                        .step(
                                "gone",
                                "http-request",
                                post(outside, "/gone"),
                                "<cadre:onError>default</cadre:onError>",
                                "<cadre:default>{}</cadre:default>")
                        .end("done")
                        .flow("start", "gone", "done"),
                Map.of());
        runs.ended(run);
        assertThat(logLines(run)).isPositive();
        age(run, 6);

        hub.bean(Retention.class).clean();

        assertThat(exists(run)).isTrue();
        assertThat(logLines(run)).isZero();
    }

    @Test
    void moreThanABatchGoesInOneCleaning() throws Exception {
        var run = runs.startedOf(runs.published(quick()), Map.of());
        jdbc.sql("""
                        insert into run (id, organization_id, workflow_id, workflow_revision, workflow_name, status, trigger_use,
                          input, started_at, ended_at)
                        select gen_random_uuid(), organization_id, workflow_id, 1, 'many', 'succeeded', 'manual', '{}',
                          now() - interval '40 days', now() - interval '40 days'
                        from run, generate_series(1, 1200) where id = ?::uuid""").param(run).update();

        hub.bean(Retention.class).clean();

        assertThat(jdbc.sql("select count(*) from run where workflow_name = 'many'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(exists(run)).isTrue();
    }

    @Test
    void anOrganizationKeepsItsRunsForAShorterTimeAndOthersKeepTheirs() throws Exception {
        var owner = TestUser.register(hub.port());
        var workflow = new TestRuns(owner).published(quick());
        var old = aged(new TestRuns(owner).startedOf(workflow, Map.of()), 4);
        var young = aged(new TestRuns(owner).startedOf(workflow, Map.of()), 2);
        var others = aged(runs.startedOf(runs.published(quick()), Map.of()), 4);
        keep(owner, days(3, null, null));

        hub.bean(Retention.class).clean();

        assertThat(owner.get("/api/v1/runs/" + old).status()).isEqualTo(404);
        assertThat(owner.get("/api/v1/runs/" + young).status()).isEqualTo(200);
        assertThat(exists(others))
                .as("of an organization that has said nothing")
                .isTrue();

        keep(owner, days(null, null, null));
        var later = aged(new TestRuns(owner).startedOf(workflow, Map.of()), 4);
        hub.bean(Retention.class).clean();
        assertThat(owner.get("/api/v1/runs/" + later).status())
                .as("as the operator says again")
                .isEqualTo(200);
    }

    @Test
    void anOrganizationsFailedRunsAndLogsGoByThemselves() throws Exception {
        var owner = TestUser.register(hub.port());
        var own = new TestRuns(owner);
        var failing = own.published(Bpmn.manual()
                .step("gone", "http-request", post(outside, "/gone"))
                .end("done")
                .flow("start", "gone", "done"));
        var logging = own.published(Bpmn.manual()
                .step(
                        "gone",
                        "http-request",
                        post(outside, "/gone"),
                        "<cadre:onError>default</cadre:onError>",
                        "<cadre:default>{}</cadre:default>")
                .end("done")
                .flow("start", "gone", "done"));
        var failed = own.startedOf(failing, Map.of());
        var younger = own.startedOf(failing, Map.of());
        var logged = own.startedOf(logging, Map.of());
        List.of(failed, younger, logged).forEach(own::ended);
        failed = aged(failed, 8);
        younger = aged(younger, 6);
        logged = aged(logged, 3);
        keep(owner, days(null, 7, 2));

        hub.bean(Retention.class).clean();

        assertThat(owner.get("/api/v1/runs/" + failed).status()).isEqualTo(404);
        assertThat(owner.get("/api/v1/runs/" + younger).status()).isEqualTo(200);
        assertThat(logLines(younger)).as("the log of what waits for somebody").isPositive();
        assertThat(owner.get("/api/v1/runs/" + logged).status()).isEqualTo(200);
        assertThat(logLines(logged)).isZero();
    }

    @Test
    void moreThanABatchOfAnOrganizationGoesInOneCleaning() throws Exception {
        var owner = TestUser.register(hub.port());
        var run = aged(new TestRuns(owner).startedOf(new TestRuns(owner).published(quick()), Map.of()), 2);
        jdbc.sql("""
                        insert into run (id, organization_id, workflow_id, workflow_revision, workflow_name, status, trigger_use,
                          input, started_at, ended_at)
                        select overlay(gen_random_uuid()::text placing left(id::text, 13) from 1)::uuid, organization_id, workflow_id,
                          1, 'many of one', 'succeeded', 'manual', '{}', started_at, ended_at
                        from run, generate_series(1, 1200) where id = ?::uuid""").param(run).update();
        keep(owner, days(1, null, null));

        hub.bean(Retention.class).clean();

        assertThat(jdbc.sql("select count(*) from run where workflow_name = 'many of one'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void nobodyKeepsAnythingLongerThanTheOperator() {
        var owner = TestUser.register(hub.port());
        var before = owner.get(RETENTION);
        assertThat(before.header("ETag")).isEqualTo("\"0\"");
        assertThat(before.json().path("runs").toString())
                .isEqualTo("{\"days\":null,\"inForce\":\"P10D\",\"operator\":\"P10D\"}");
        var refused = owner.put(RETENTION, days(11, 20, 6), "If-Match", "\"0\"");
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.json()
                        .path("violations")
                        .valueStream()
                        .map(violation -> violation.path("pointer").asString()))
                .containsExactly("/runs", "/logs");
        assertThat(owner.put(RETENTION, days(0, null, null), "If-Match", "\"0\"")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whatAnOrganizationSaysIsChangedByRevisionAndInItsLog() {
        var owner = TestUser.register(hub.port());
        assertThat(owner.put(RETENTION, days(3, null, null)).status()).isEqualTo(428);
        var changed = owner.put(RETENTION, days(3, null, 2), "If-Match", "\"0\"");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().path("runs").path("inForce").asString()).isEqualTo("P3D");
        assertThat(changed.json().path("deadLetters").path("inForce").asString())
                .isEqualTo("P20D");
        assertThat(owner.put(RETENTION, days(4, null, null), "If-Match", "\"0\"")
                        .status())
                .isEqualTo(412);
        var event = owner.get("/api/v1/audit-events?action=organization.retention-changed")
                .json()
                .path("items")
                .path(0);
        assertThat(event.path("after").toString()).isEqualTo("{\"runs\":3,\"logs\":2}");
        assertThat(owner.colleague("viewer").get(RETENTION).status()).isEqualTo(403);
        assertThat(TestUser.register(hub.port())
                        .get(RETENTION)
                        .json()
                        .path("runs")
                        .path("days")
                        .isNull())
                .isTrue();
    }

    private static Map<String, Integer> days(Integer runs, Integer deadLetters, Integer logs) {
        var days = new HashMap<String, Integer>();
        days.put("runs", runs);
        days.put("deadLetters", deadLetters);
        days.put("logs", logs);
        return days;
    }

    private static void keep(TestUser owner, Map<String, Integer> days) {
        var changed =
                owner.put(RETENTION, days, "If-Match", owner.get(RETENTION).header("ETag"));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    /** As if it had been started so long ago: its id, which the answer is, tells the same. */
    private String aged(String run, int days) {
        age(run, days);
        var id = Ids.from(Instant.now().minus(Duration.ofDays(days)));
        var older = new UUID(id.getMostSignificantBits(), UUID.fromString(run).getLeastSignificantBits());
        jdbc.sql("""
                        insert into run select (jsonb_populate_record(r, jsonb_build_object('id', ?::uuid))).*
                        from run r where id = ?::uuid""").params(older, run).update();
        jdbc.sql("update task set run_id = ? where run_id = ?::uuid")
                .params(older, run)
                .update();
        jdbc.sql("delete from run where id = ?::uuid").param(run).update();
        return older.toString();
    }
}
