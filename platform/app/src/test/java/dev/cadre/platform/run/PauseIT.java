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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pausing and resuming runs, from either of two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PauseIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private Map<String, String> database;
    private TestHub hub;
    private TestHub other;
    private TestUser user;
    private TestRuns runs;
    private TestStub outside;
    private CountDownLatch goOn;

    @BeforeAll
    void startHubs() {
        database = TestDatabase.emptyDatabase();
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
        goOn = new CountDownLatch(1);
        outside = TestStub.start()
                .on("/first", exchange -> {
                    goOn.await();
                    TestStub.json(exchange, 200, "{\"n\":1}");
                })
                .on("/second", exchange -> TestStub.json(exchange, 200, "{}"));
    }

    @AfterEach
    void close() {
        goOn.countDown();
        outside.close();
    }

    private TestUser.Answer pause(String run) {
        return user.post("/api/v1/runs/" + run + "/pause", Map.of());
    }

    private TestUser.Answer resume(String run) {
        return user.post("/api/v1/runs/" + run + "/resume", Map.of());
    }

    private int held(String run) {
        return hub.bean(JdbcClient.class)
                .sql("select count(*) from task where run_id = ? and held is not null")
                .param(UUID.fromString(run))
                .query(Integer.class)
                .single();
    }

    /** Due tasks get this long to show that they do not begin: longer than a sweep. */
    private static void whileSweepsGoBy() {
        await().pollDelay(Duration.ofSeconds(6)).atMost(LONG).until(() -> true);
    }

    private String atWork() {
        var run = runs.started(
                Bpmn.manual()
                        .step("first", "http-request", post(outside, "/first"))
                        .step("second", "http-request", post(outside, "/second"))
                        .end("done", "{\"n\":\"{{ steps.first.body.n }}\"}")
                        .flow("start", "first", "second", "done"),
                Map.of());
        await().atMost(LONG).until(() -> outside.asked("/first") == 1);
        return run;
    }

    @Test
    void whatIsAtWorkFinishesAndNothingNewBeginsUntilTheRunIsResumed() {
        var run = atWork();

        // The other node pauses it: the one that works learns it from the database.
        var paused = user.at(other.port()).post("/api/v1/runs/" + run + "/pause", Map.of());
        assertThat(paused.status()).as(paused.body()).isEqualTo(200);
        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        goOn.countDown();
        await().atMost(LONG).until(() -> held(run) == 1);
        whileSweepsGoBy();
        assertThat(outside.asked("/second")).isZero();
        assertThat(runs.get(run).path("status").asString()).isEqualTo("running");

        var resumed = resume(run);

        assertThat(resumed.json().path("paused").asBoolean()).isFalse();
        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"n\":1}");
        assertThat(outside.asked("/first")).isEqualTo(1);
        assertThat(outside.asked("/second")).isEqualTo(1);
    }

    @Test
    void aFailureMeanwhileIsKeptToo() {
        outside.on("/gone", exchange -> {
            goOn.await();
            TestStub.json(exchange, 404, "{}");
        });
        var run = runs.started(
                Bpmn.manual()
                        .step("gone", "http-request", post(outside, "/gone"), "<cadre:onError>branch</cadre:onError>")
                        .errorBoundary("oops", "gone")
                        .end("fine")
                        .end("caught", "{\"code\":\"{{ steps.gone.error.code }}\"}")
                        .flow("start", "gone", "fine")
                        .flow("oops", "caught"),
                Map.of());
        await().atMost(LONG).until(() -> outside.asked("/gone") == 1);
        pause(run);
        goOn.countDown();
        await().atMost(LONG).until(() -> held(run) == 1);

        resume(run);

        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"code\":\"HTTP_404\"}");
    }

    @Test
    void aTimerThatIsDueMeanwhileFiresAtResume() {
        var run = runs.started(
                Bpmn.manual()
                        .timer("wait", "PT2S")
                        .step("second", "http-request", post(outside, "/second"))
                        .end("done")
                        .flow("start", "wait", "second", "done"),
                Map.of());
        pause(run);
        whileSweepsGoBy();
        assertThat(outside.asked("/second")).isZero();

        resume(run);

        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
        assertThat(outside.asked("/second")).isEqualTo(1);
    }

    @Test
    void anApprovalAnsweredMeanwhileCountsAtResumeAndOnlyOnce() {
        var run = runs.started(
                Bpmn.manual()
                        .approval("ask", "{\"title\":\"Go on?\",\"dueIn\":\"PT1H\"}")
                        .end("done", "{\"said\":\"{{ steps.ask.decision }}\"}")
                        .flow("start", "ask", "done"),
                Map.of());
        pause(run);
        var approval = runs.tasks(run).get(0).path("id").asString();

        var answer = user.post("/api/v1/approvals/" + approval + "/decision", Map.of("decision", "approve"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).isEqualTo("approved");
        assertThat(user.post("/api/v1/approvals/" + approval + "/decision", Map.of("decision", "reject"))
                        .status())
                .isEqualTo(409);
        whileSweepsGoBy();
        assertThat(runs.get(run).path("status").asString()).isEqualTo("running");

        resume(run);

        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"said\":\"approve\"}");
    }

    @Test
    void aMessageToldMeanwhileCountsAtResume() {
        var run = runs.started(
                Bpmn.manual()
                        .declare("<message id='m' name='paid'/>")
                        .caught("wait", "<messageEventDefinition messageRef='m'/>", "")
                        .end("done", "{\"n\":\"{{ steps.wait.body.n }}\"}")
                        .flow("start", "wait", "done"),
                Map.of());
        pause(run);

        var told = user.post("/api/v1/messages", Map.of("name", "paid", "body", Map.of("n", 3)));
        assertThat(told.status()).as(told.body()).isEqualTo(200);
        assertThat(user.post("/api/v1/messages", Map.of("name", "paid", "body", Map.of("n", 4)))
                        .status())
                .isEqualTo(409);

        resume(run);

        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"n\":3}");
    }

    @Test
    void aPausedRunStaysPausedWhenItsNodeStops() {
        var third = TestHub.start(database);
        var there = user.at(third.port());
        var run = new TestRuns(there)
                .started(
                        Bpmn.manual()
                                .timer("wait", "PT1S")
                                .step("second", "http-request", post(outside, "/second"))
                                .end("done")
                                .flow("start", "wait", "second", "done"),
                        Map.of());
        there.post("/api/v1/runs/" + run + "/pause", Map.of());
        third.close();
        whileSweepsGoBy();
        assertThat(runs.get(run).path("paused").asBoolean()).isTrue();
        assertThat(outside.asked("/second")).isZero();

        resume(run);

        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void aCalledRunIsPausedWithItsCaller() {
        var called = runs.published(Bpmn.manual()
                .timer("wait", "PT3S")
                .step("second", "http-request", post(outside, "/second"))
                .end("done", "{\"ok\":true}")
                .flow("start", "wait", "second", "done"));
        var run = runs.started(
                Bpmn.manual()
                        .call("call", called, "published", "{}")
                        .end("done", "{\"ok\":\"{{ steps.call.output.ok }}\"}")
                        .flow("start", "call", "done"),
                Map.of());
        await().atMost(LONG)
                .until(() -> user.get("/api/v1/runs?workflowId=" + called)
                                .json()
                                .path("items")
                                .size()
                        == 1);
        pause(run);
        whileSweepsGoBy();
        assertThat(outside.asked("/second")).isZero();

        resume(run);

        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"ok\":true}");
    }

    @Test
    void aPausedRunCanBeCancelled() {
        var run = atWork();
        pause(run);

        user.post("/api/v1/runs/" + run + "/cancel", Map.of());

        var cancelled = runs.ended(run);
        assertThat(cancelled.path("status").asString()).isEqualTo("cancelled");
        assertThat(cancelled.path("paused").asBoolean()).isFalse();
        assertThat(pause(run).status()).isEqualTo(409);
        assertThat(TestUser.register(hub.port())
                        .post("/api/v1/runs/" + run + "/pause", Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void pausingAndResumingTwiceIsTheSameAsOnce() {
        var run = atWork();

        assertThat(pause(run).status()).isEqualTo(200);
        assertThat(pause(run).status()).isEqualTo(200);
        assertThat(resume(run).status()).isEqualTo(200);
        assertThat(resume(run).status()).isEqualTo(200);
        goOn.countDown();

        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
    }
}
