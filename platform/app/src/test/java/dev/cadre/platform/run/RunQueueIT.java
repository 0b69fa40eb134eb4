package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workflows that limit how many of their runs go on, and the order in which the others begin; on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunQueueIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private TestHub hub;
    private TestHub other;
    private TestUser user;
    private TestRuns runs;
    private TestStub outside;
    private Semaphore mayEnd;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @BeforeAll
    void startHubs() {
        var database = TestDatabase.emptyDatabase();
        hub = TestHub.start(database);
        other = TestHub.start(database);
        user = TestUser.register(hub.port());
        runs = new TestRuns(user);
    }

    @AfterAll
    void stopHubs() {
        other.close();
        hub.close();
    }

    @BeforeEach
    void open() {
        mayEnd = new Semaphore(0);
        atOnce.set(0);
        most.set(0);
        order.clear();
        outside = TestStub.start()
                .on("/work", exchange -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    order.add(exchange.getRequestURI().getQuery());
                    mayEnd.acquire();
                    atOnce.decrementAndGet();
                    TestStub.json(exchange, 200, "{}");
                })
                .on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));
    }

    @AfterEach
    void close() {
        mayEnd.release(10_000);
        outside.close();
    }

    private Bpmn limited(String extensions) {
        return Bpmn.manual()
                .element("<extensionElements>" + extensions + "</extensionElements>")
                .step("work", "http-request", post(outside, "/work?{{ trigger.name }}"))
                .end("done")
                .flow("start", "work", "done");
    }

    private String start(TestUser who, String workflow, String name, Integer priority) {
        var body = priority == null
                ? Map.of("input", Map.of("name", name))
                : Map.of("input", Map.of("name", name), "priority", priority);
        var answer = who.post("/api/v1/workflows/" + workflow + "/run", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json().path("run").path("id").asString();
    }

    private String status(String run) {
        return runs.get(run).path("status").asString();
    }

    @Test
    void runsOverTheConcurrencyWaitAndBeginWhenAPlaceIsFree() {
        var workflow = runs.published(limited("<cadre:limits concurrency='2'/>"));
        var ids = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            ids.add(start(i % 2 == 0 ? user : user.at(other.port()), workflow, "r" + i, null));
        }
        await().atMost(LONG).until(() -> atOnce.get() == 2);
        assertThat(ids.stream().filter(id -> status(id).equals("queued"))).hasSize(4);

        for (int i = 0; i < 6; i++) {
            mayEnd.release();
        }

        ids.forEach(id -> assertThat(runs.ended(id).path("status").asString()).isEqualTo("succeeded"));
        assertThat(most).hasValue(2);
        assertThat(order).hasSize(6);
    }

    @Test
    void whatIsMoreUrgentBeginsFirstAndWhatIsAsUrgentInTurn() {
        var workflow = runs.published(limited("<cadre:limits concurrency='1'/><cadre:priority>3</cadre:priority>"));
        var first = start(user, workflow, "first", null);
        await().atMost(LONG).until(() -> atOnce.get() == 1);
        assertThat(runs.get(first).path("priority").asInt()).isEqualTo(3);
        var ids = List.of(
                start(user, workflow, "low", 1),
                start(user, workflow, "usual", null),
                start(user, workflow, "usual-later", null),
                start(user, workflow, "high", 9));

        mayEnd.release(5);

        ids.forEach(runs::ended);
        assertThat(order).containsExactly("first", "high", "usual", "usual-later", "low");
    }

    @Test
    void whatWaitsLongIsNotPassedByWhatIsMoreUrgent() {
        var workflow = runs.published(limited("<cadre:limits concurrency='1'/>"));
        start(user, workflow, "first", null);
        await().atMost(LONG).until(() -> atOnce.get() == 1);
        var low = start(user, workflow, "low", 0);
        hub.bean(JdbcClient.class)
                .sql("update run_queue set order_at = order_at - interval '10 minutes' where run_id = ?::uuid")
                .param(low)
                .update();
        var high = start(user, workflow, "high", 9);

        mayEnd.release(3);

        runs.ended(high);
        assertThat(order).containsExactly("first", "low", "high");
    }

    @Test
    void runsOverTheRateBeginWhenTheTimeIsOver() {
        var workflow = runs.published(limited("<cadre:limits rate='2/PT4S'/>"));
        mayEnd.release(10);
        var ids = List.of(
                start(user, workflow, "a", null), start(user, workflow, "b", null), start(user, workflow, "c", null));
        ids.forEach(runs::ended);

        var begun = hub.bean(JdbcClient.class)
                .sql(
                        "select extract(epoch from admitted_at) from run_queue where workflow_id = ?::uuid order by admitted_at")
                .param(workflow)
                .query(Double.class)
                .list();
        // Those whose time is over count no more and may be gone.
        assertThat(begun).isNotEmpty();
        assertThat(begun.size() < 3 || begun.get(2) - begun.get(0) >= 4).isTrue();
    }

    @Test
    void aFailedRunFreesItsPlaceAndTakesOneWhenItIsRetried() {
        var workflow = runs.published(Bpmn.manual()
                .element("<extensionElements><cadre:limits concurrency='1'/></extensionElements>")
                .step("gone", "http-request", post(outside, "/gone"))
                .end("done")
                .flow("start", "gone", "done"));
        var ids = List.of(start(user, workflow, "a", null), start(user, workflow, "b", null));
        ids.forEach(id -> assertThat(runs.ended(id).path("status").asString()).isEqualTo("failed"));

        assertThat(user.post("/api/v1/runs/" + ids.getFirst() + "/retry", Map.of())
                        .status())
                .isEqualTo(200);
        await().atMost(LONG).until(() -> outside.asked("/gone") == 3);
    }

    @Test
    void aQueuedRunCanBePausedAndCancelled() {
        var workflow = runs.published(limited("<cadre:limits concurrency='1'/>"));
        start(user, workflow, "first", null);
        await().atMost(LONG).until(() -> atOnce.get() == 1);
        var paused = start(user, workflow, "paused", null);
        var cancelled = start(user, workflow, "cancelled", null);
        var next = start(user, workflow, "next", null);
        user.post("/api/v1/runs/" + paused + "/pause", Map.of());
        user.post("/api/v1/runs/" + cancelled + "/cancel", Map.of());
        mayEnd.release(2);
        runs.ended(next);
        assertThat(status(paused)).isEqualTo("queued");

        mayEnd.release(1);
        user.post("/api/v1/runs/" + paused + "/resume", Map.of());

        assertThat(runs.ended(paused).path("status").asString()).isEqualTo("succeeded");
        assertThat(order).containsExactly("first", "next", "paused");
    }

    @Test
    void aRunThatItsNodeAcceptedAndDidNotBeginIsBegunByAnother() {
        var workflow = runs.published(limited("<cadre:limits concurrency='1'/>"));
        var first = start(user, workflow, "first", null);
        await().atMost(LONG).until(() -> atOnce.get() == 1);
        var stranded = start(user, workflow, "stranded", null);
        // As if the node that admitted it had died before it began it.
        hub.bean(JdbcClient.class)
                .sql("update run_queue set admitted_at = now() - interval '1 minute' where run_id = ?::uuid")
                .param(stranded)
                .update();

        await().atMost(LONG).until(() -> atOnce.get() == 2);
        mayEnd.release(2);
        assertThat(runs.ended(stranded).path("status").asString()).isEqualTo("succeeded");
        runs.ended(first);
    }

    @Test
    void aQueuedRunWhoseFirstStepCannotBeReachedFailsThereAndIsRetried() {
        var workflow = runs.published(Bpmn.manual()
                .element("<extensionElements><cadre:limits concurrency='1'/></extensionElements>")
                .step("sum", "calculator", "{\"expression\":\"{{ vars.missing }} + 1\"}")
                .end("done", "{\"sum\":\"{{ steps.sum.result }}\"}")
                .flow("start", "sum", "done"));
        var run = start(user, workflow, "a", null);

        assertThat(runs.ended(run).path("error").path("code").asString()).isEqualTo("MISSING_DATA");
        user.post("/api/v1/runs/" + run + "/retry", Map.of("variables", Map.of("missing", 2)));
        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"sum\":3}");
    }

    @Test
    void aPriorityIsOneOfTen() {
        var workflow = runs.published(limited(""));

        assertThat(user.post("/api/v1/workflows/" + workflow + "/run", Map.of("priority", 10))
                        .status())
                .isEqualTo(422);
        mayEnd.release();
        var run = start(user, workflow, "a", 9);
        assertThat(runs.ended(run).path("priority").asInt()).isEqualTo(9);
        var xml = limited("<cadre:limits concurrency='0'/><cadre:priority>12</cadre:priority>")
                .xml();
        assertThat(user.post("/api/v1/workflows/validate", Map.of("bpmnXml", xml))
                        .body())
                .contains("invalid-limits", "invalid-priority");
    }

    /** Calls itself until {@code n} is 0; the deepest run works. */
    private String recursive(String through) {
        var body = Bpmn.manual()
                .element("<extensionElements><cadre:limits concurrency='1' rate='2/PT1H'/></extensionElements>")
                .gateway("deeper", "exclusive")
                .step("work", "http-request", post(outside, "/work?{{ trigger.name }}"))
                .end("done")
                .call("again", through, "published", "{\"n\":\"{{ trigger.n - 1 }}\",\"name\":\"{{ trigger.name }}\"}")
                .end("called")
                .flow("start", "deeper")
                .flowWhen("more", "deeper", "again", "trigger.n > 0")
                .flowWhen("enough", "deeper", "work", "trigger.n <= 0")
                .flow("work", "done")
                .flow("again", "called");
        return body.xml();
    }

    private void publish(String workflow, String xml) {
        var path = "/api/v1/workflows/" + workflow;
        var saved = user.put(
                path,
                Map.of("name", "calls", "bpmnXml", xml),
                "If-Match",
                user.get(path).header("ETag"));
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        var published = user.post(path + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
    }

    @Test
    void aWorkflowThatCallsItselfWorksInItsOwnPlace() {
        var workflow = runs.published(Bpmn.manual().end("done").flow("start", "done"));
        publish(workflow, recursive(workflow));

        endsAloneInItsPlace(workflow);
    }

    @Test
    void soDoesOneThatIsCalledThroughAnother() {
        var workflow = runs.published(Bpmn.manual().end("done").flow("start", "done"));
        var between = runs.published(Bpmn.manual()
                .element("<extensionElements><cadre:limits concurrency='1'/></extensionElements>")
                .call("back", workflow, "published", "{\"n\":\"{{ trigger.n }}\",\"name\":\"{{ trigger.name }}\"}")
                .end("done")
                .flow("start", "back", "done"));
        publish(workflow, recursive(between));

        endsAloneInItsPlace(workflow);
    }

    private void endsAloneInItsPlace(String workflow) {
        var first = runs.startedOf(workflow, Map.of("n", 2, "name", "first"));
        await().atMost(LONG).until(() -> atOnce.get() == 1);
        var second = runs.startedOf(workflow, Map.of("n", 1, "name", "second"));
        assertThat(status(second)).isEqualTo("queued");

        mayEnd.release();
        assertThat(runs.ended(first).path("status").asString()).isEqualTo("succeeded");
        await().atMost(LONG).until(() -> order.size() == 2);
        mayEnd.release();

        assertThat(runs.ended(second).path("status").asString()).isEqualTo("succeeded");
        assertThat(order).containsExactly("first", "second");
        assertThat(most).hasValue(1);
    }
}
