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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is old goes, what has not ended stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionIT {

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
}
