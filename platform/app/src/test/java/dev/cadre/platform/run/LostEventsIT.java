package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a node that was killed behind a commit did not tell anybody: the others find it in the database. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LostEventsIT {

    private static final Duration SOON = Duration.ofSeconds(25);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    TestUser user;
    TestRuns runs;

    @BeforeEach
    void start() {
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    private String calling(String called) {
        return runs.started(
                Bpmn.manual()
                        .call("call", called, "published", "{}")
                        .end("end", "{\"said\":\"{{ steps.call.output.said }}\"}")
                        .flow("start", "call", "end"),
                Map.of());
    }

    private String child(String called) {
        await().untilAsserted(() -> assertThat(children(called)).hasSize(1));
        return children(called).getFirst();
    }

    private List<String> children(String called) {
        var ids = new ArrayList<String>();
        user.get("/api/v1/runs?workflowId=" + called)
                .json()
                .path("items")
                .forEach(run -> ids.add(Objects.requireNonNull(run.path("id").asString())));
        return ids;
    }

    private String status(String run) {
        return Objects.requireNonNull(runs.get(run).path("status").asString());
    }

    private String sleeping() {
        return runs.published(Bpmn.manual().timer("pause", "PT1H").end("end").flow("start", "pause", "end"));
    }

    @Test
    void cancellingReachesWhatWasCalledAlsoWhenItsNodeDidNotGetThere() {
        var inner = sleeping();
        var outer = runs.published(Bpmn.manual()
                .call("deeper", inner, "published", "{}")
                .end("end")
                .flow("start", "deeper", "end"));
        var parent = calling(outer);
        var child = child(outer);
        var grandchild = child(inner);
        var step = jdbc.sql("select parent_task_id from run where id = ?::uuid")
                .param(child)
                .query(UUID.class)
                .single();
        // For the moment of the cancel nobody finds what was called: as if the node had died there.
        link(child, null);
        user.post("/api/v1/runs/" + parent + "/cancel", Map.of());
        assertThat(status(parent)).isEqualTo("cancelled");
        assertThat(status(child)).isNotEqualTo("cancelled");
        link(child, step);

        await().atMost(SOON).untilAsserted(() -> assertThat(status(child)).isEqualTo("cancelled"));
        await().atMost(SOON).untilAsserted(() -> assertThat(status(grandchild)).isEqualTo("cancelled"));
    }

    private void link(String child, UUID step) {
        jdbc.sql("update run set parent_task_id = :step::uuid where id = :child::uuid")
                .param("step", step)
                .param("child", child)
                .update();
    }

    @Test
    void whatIsStillWaitedForIsLeftAlone() {
        var called = sleeping();
        calling(called);
        var child = child(called);
        var abandoned = sleeping();
        var other = calling(abandoned);
        var otherChild = child(abandoned);
        user.post("/api/v1/runs/" + other + "/cancel", Map.of());
        await().atMost(SOON).untilAsserted(() -> assertThat(status(otherChild)).isEqualTo("cancelled"));

        assertThat(status(child)).isNotEqualTo("cancelled");
    }

    @Test
    void aCallWhoseEndADeadNodeDidNotTellGoesOnWhenItIsTakenOver() {
        var called = sleeping();
        var parent = calling(called);
        var child = child(called);
        await().untilAsserted(() -> assertThat(
                        jdbc.sql("""
                        select count(*) from lease where run_id = ?::uuid and due_at > now() + interval '20 seconds'""").param(parent).query(Integer.class).single())
                .isEqualTo(1));
        jdbc.sql("""
                        update run set status = 'succeeded', output = '{"said":"done"}', ended_at = now(), revision = revision + 1
                        where id = ?::uuid""").param(child).update();
        jdbc.sql("update lease set node = ? where run_id = ?::uuid")
                .params(UUID.randomUUID(), parent)
                .update();

        await().atMost(SOON).untilAsserted(() -> assertThat(status(parent)).isEqualTo("succeeded"));
        assertThat(runs.get(parent).path("output").path("said").asString()).isEqualTo("done");
    }

    @Test
    void ofTheTasksOfADeadNodeTheUrgentOnesGoOnFirst() {
        var refusing = new AtomicBoolean(true);
        try (var outside =
                TestStub.start().on("/work", exchange -> TestStub.json(exchange, refusing.get() ? 503 : 200, "{}"))) {
            var workflow = runs.published(Bpmn.manual()
                    .step(
                            "work",
                            "http-request",
                            "{\"method\":\"POST\",\"url\":\"" + outside.url("/work")
                                    + "\",\"body\":\"{{ trigger.n }}\"}",
                            "<cadre:retry attempts='2' backoff='PT1H' maxBackoff='PT1H'/>")
                    .end("end")
                    .flow("start", "work", "end"));
            for (int n = 0; n < 40; n++) {
                start(workflow, "usual", 0);
            }
            for (int n = 0; n < 4; n++) {
                start(workflow, "urgent", 9);
            }
            var waits =
                    "from lease where due_at > now() + interval '1 minute' and run_id in (select id from run where workflow_id = ?::uuid)";
            await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) " + waits)
                            .param(workflow)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(44));
            refusing.set(false);
            jdbc.sql("""
                            update lease set node = ?, due_at = now() - interval '1 second'
                            where run_id in (select id from run where workflow_id = ?::uuid)""").params(UUID.randomUUID(), workflow).update();

            await().atMost(SOON).untilAsserted(() -> assertThat(outside.asked()).hasSize(88));
            // Several are taken up at once, so the first of the others may come between them.
            assertThat(outside.asked().stream()
                            .skip(44)
                            .limit(20)
                            .filter(asked -> asked.body().contains("urgent")))
                    .hasSize(4);
        }
    }

    private void start(String workflow, String name, int priority) {
        var started = user.post(
                "/api/v1/workflows/" + workflow + "/run", Map.of("input", Map.of("n", name), "priority", priority));
        assertThat(started.status()).as(started.body()).isEqualTo(202);
    }
}
