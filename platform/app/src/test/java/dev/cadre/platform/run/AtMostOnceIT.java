package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.get;
import static dev.cadre.platform.TestRuns.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.TestModel;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.cluster.Node;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Steps that work at most once, on two nodes: an attempt that was cut off waits for a person. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AtMostOnceIT {

    private static final String ONCE = "<cadre:delivery>at-most-once</cadre:delivery>";
    private static final String THREE_TRIES = "<cadre:retry attempts='3' backoff='PT0.05S'/>";
    private static final Duration LONG = Duration.ofSeconds(60);

    private TestHub hub;
    private TestHub other;
    private TestModel model;
    private TestUser user;
    private TestRuns runs;
    private TestStub outside;
    private CountDownLatch goOn;

    @BeforeAll
    void startHubs() {
        var database = TestDatabase.emptyDatabase();
        model = new TestModel();
        hub = TestHub.start(database, model.properties());
        other = TestHub.start(database, model.properties());
        user = TestUser.register(hub.port());
        runs = new TestRuns(user);
    }

    @AfterAll
    void stopHubs() {
        other.close();
        hub.close();
        model.close();
    }

    @BeforeEach
    void open() {
        goOn = new CountDownLatch(1);
        outside = TestStub.start()
                .on("/paid", exchange -> {
                    goOn.await();
                    TestStub.json(exchange, 200, "{\"n\":1}");
                })
                .on("/after", exchange -> TestStub.json(exchange, 200, "{}"));
    }

    @AfterEach
    void close() {
        goOn.countDown();
        outside.close();
    }

    private Bpmn paying(String... more) {
        return Bpmn.manual()
                .step("pay", "http-request", post(outside, "/paid"), more)
                .step("after", "http-request", post(outside, "/after"))
                .end("done", "{\"n\":\"{{ steps.pay.body.n }}\"}")
                .flow("start", "pay", "after", "done");
    }

    private JsonNode undecided(String run) {
        await().atMost(LONG).until(() -> undecidedTask(run) != null);
        return undecidedTask(run);
    }

    private JsonNode undecidedTask(String run) {
        return runs.tasks(run)
                .valueStream()
                .filter(task -> task.path("status").asString().equals("waiting")
                        && task.path("error").path("code").asString().equals("OUTCOME_UNKNOWN"))
                .findFirst()
                .orElse(null);
    }

    private TestUser.Answer decide(JsonNode task, Object decision) {
        return user.post("/api/v1/tasks/" + task.path("id").asString() + "/decision", decision);
    }

    private String cutOff(String... more) {
        var run = runs.started(paying(more), Map.of());
        await().atMost(LONG).until(() -> outside.asked("/paid") == 1);
        return run;
    }

    @Test
    void anAttemptThatRanOutOfTimeIsNotMadeAgainAndAPersonLetsItGoOn() {
        var run = cutOff(ONCE, THREE_TRIES, "<cadre:timeout>PT0.5S</cadre:timeout>");

        var task = undecided(run);
        assertThat(runs.get(run).path("status").asString()).isEqualTo("running");
        var answer = decide(
                task,
                Map.of("decision", "succeed", "output", Map.of("body", Map.of("n", 7)), "comment", "seen in the bank"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"n\":7}");
        assertThat(outside.asked("/paid")).isEqualTo(1);
        var log = user.get("/api/v1/tasks/" + task.path("id").asString() + "/logs")
                .body();
        assertThat(log).contains("Ada").contains("seen in the bank");
        assertThat(decide(task, Map.of("decision", "retry")).status()).isEqualTo(409);
    }

    @Test
    void anAttemptThatAnotherNodeTakesOverIsNotMadeAgain() {
        var run = cutOff(ONCE, THREE_TRIES);

        // As if the first node had died, with its request on the way.
        hub.bean(JdbcClient.class)
                .sql("update lease set node = ? where run_id = ?")
                .params(other.bean(Node.class).id(), UUID.fromString(run))
                .update();
        var task = undecided(run);
        goOn.countDown();

        assertThat(decide(task, Map.of("decision", "fail", "comment", "never arrived"))
                        .status())
                .isEqualTo(200);
        var failed = runs.ended(run);
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("error").path("message").asString()).isEqualTo("never arrived");
        assertThat(outside.asked("/paid")).isEqualTo(1);
        assertThat(outside.asked("/after")).isZero();
    }

    @Test
    void aPersonCanHaveItTriedAgainWithTheSameKey() {
        var run = cutOff(ONCE, "<cadre:timeout>PT3S</cadre:timeout>");
        var task = undecided(run);
        goOn.countDown();

        assertThat(decide(task, Map.of("decision", "retry")).status()).isEqualTo(200);

        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"n\":1}");
        assertThat(outside.asked("/paid")).isEqualTo(2);
        assertThat(outside.asked().stream()
                        .filter(asked -> asked.path().equals("/paid"))
                        .map(TestStub.Asked::key)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aFailedRunWithSuchAStepCanBeRetried() {
        var run = cutOff(ONCE, "<cadre:timeout>PT3S</cadre:timeout>");
        decide(undecided(run), Map.of("decision", "fail"));
        runs.ended(run);
        goOn.countDown();

        assertThat(user.post("/api/v1/runs/" + run + "/retry", Map.of()).status())
                .isEqualTo(200);

        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void whatTheOtherSideRefusedIsTriedAgainByThePolicy() {
        var calls = new AtomicInteger();
        outside.on("/busy", exchange -> TestStub.json(exchange, calls.incrementAndGet() < 3 ? 503 : 200, "{}"));

        var run = runs.finished(
                Bpmn.manual()
                        .step("busy", "http-request", post(outside, "/busy"), ONCE, THREE_TRIES)
                        .end("done")
                        .flow("start", "busy", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(outside.asked("/busy")).isEqualTo(3);
    }

    @Test
    void anAnswerThatSaysNothingAboutTheEffectWaitsForAPerson() {
        outside.on("/broken", exchange -> TestStub.json(exchange, 502, "{}"));

        var run = runs.started(
                Bpmn.manual()
                        .step("broken", "http-request", post(outside, "/broken"), ONCE, THREE_TRIES)
                        .end("done")
                        .flow("start", "broken", "done"),
                Map.of());

        undecided(run);
        assertThat(outside.asked("/broken")).isEqualTo(1);
    }

    @Test
    void aCancelledRunAsksNobodyAnyMore() {
        var run = cutOff(ONCE, "<cadre:timeout>PT0.5S</cadre:timeout>");
        var task = undecided(run);

        user.post("/api/v1/runs/" + run + "/cancel", Map.of());

        assertThat(runs.ended(run).path("status").asString()).isEqualTo("cancelled");
        assertThat(decide(task, Map.of("decision", "succeed")).status()).isEqualTo(409);
        var wrong = decide(task, Map.of("decision", "maybe"));
        assertThat(wrong.status()).as(wrong.body()).isBetween(400, 422);
        assertThat(TestUser.register(hub.port())
                        .post("/api/v1/tasks/" + task.path("id").asString() + "/decision", Map.of("decision", "retry"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aToolCallOfAnAgentIsNotMadeAgainEither() {
        model.says(TestModel.calls(post(outside, "/paid")), TestModel.text("fine"));
        var inputs = "{\"instructions\":\"Help.\",\"model\":\"" + TestModel.NAME
                + "\",\"tools\":[\"http-request\"],\"message\":\"Go\"}";
        var run = runs.started(
                Bpmn.manual().step("think", "agent", inputs, ONCE).end("done").flow("start", "think", "done"),
                Map.of());
        await().atMost(LONG).until(() -> outside.asked("/paid") == 1);
        hub.bean(JdbcClient.class)
                .sql("update lease set node = ? where run_id = ?")
                .params(other.bean(Node.class).id(), UUID.fromString(run))
                .update();

        var task = undecided(run);
        assertThat(task.path("elementId").asString()).isEqualTo("think");
        assertThat(outside.asked("/paid")).isEqualTo(1);
        user.at(other.port())
                .post("/api/v1/tasks/" + task.path("id").asString() + "/decision", Map.of("decision", "retry"));
        await().atMost(LONG).until(() -> outside.asked("/paid") == 2);
        goOn.countDown();

        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
        assertThat(outside.asked("/paid")).isEqualTo(2);
    }

    @Test
    void stepsThatSayNothingAreMadeAgain() {
        goOn.countDown();
        outside.on("/slow", exchange -> {
            if (outside.asked("/slow") == 1) {
                Thread.sleep(2_000);
            }
            TestStub.json(exchange, 200, "{}");
        });

        var run = runs.finished(
                Bpmn.manual()
                        .step(
                                "slow",
                                "http-request",
                                get(outside, "/slow"),
                                THREE_TRIES,
                                "<cadre:timeout>PT1S</cadre:timeout>")
                        .end("done")
                        .flow("start", "slow", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(outside.asked("/slow")).isEqualTo(2);
    }
}
