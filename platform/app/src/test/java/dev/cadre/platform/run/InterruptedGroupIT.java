package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.get;
import static dev.cadre.platform.TestRuns.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sub-processes that an error leaves early: nothing of what they held stays behind. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class InterruptedGroupIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    TestStub outside;
    TestUser user;
    TestRuns runs;
    CountDownLatch open = new CountDownLatch(1);

    @BeforeEach
    void start() {
        outside = TestStub.start()
                .on("/gone", exchange -> TestStub.json(exchange, 404, "{}"))
                .on("/fine", exchange -> TestStub.json(exchange, 200, "{}"))
                .on("/held", exchange -> {
                    open.await();
                    TestStub.json(exchange, 404, "{}");
                });
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stop() {
        open.countDown();
        outside.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesTheTasksOfAForEachThatAnErrorLeaves(boolean sequential) {
        outside.on("/item/1", exchange -> TestStub.json(exchange, 200, "{}"))
                .on("/item/2", exchange -> TestStub.json(exchange, 404, "{}"))
                .on("/item/3", exchange -> open.await());
        var body = Bpmn.inside()
                .plainStart("in")
                .step("call", "http-request", get(outside, "/item/{{ one.n }}"))
                .end("out")
                .flow("in", "call", "out");

        var run = runs.finished(
                Bpmn.manual()
                        .groupEach("lines", "trigger.items", sequential, body)
                        .errorBoundary("oops", "lines")
                        .end("fine")
                        .end("rescued", "{\"rescued\":true}")
                        .flow("start", "lines", "fine")
                        .flow("oops", "rescued"),
                Map.of("items", items(1, 2, 3)));

        assertThat(run.path("output").toString()).isEqualTo("{\"rescued\":true}");
        assertThat(runs.statusesOf(run, "lines")).containsExactly("cancelled");
        assertThat(runs.statusesOf(run, "call")).doesNotContain("running", "waiting", "queued");
        assertThat(leases(run.path("id").asString())).isZero();
    }

    @Test
    void entersAForEachAgainWithTheItemsThatItHasThen() {
        outside.on("/item/1", exchange -> TestStub.json(exchange, 200, "1"))
                .on("/item/2", exchange -> TestStub.json(exchange, 404, "{}"));
        var body = Bpmn.inside()
                .plainStart("in")
                .step("call", "http-request", get(outside, "/item/{{ one.n }}"))
                .end("out", "{\"n\":\"{{ steps.call.body }}\"}")
                .flow("in", "call", "out");

        var run = runs.finished(
                Bpmn.manual()
                        .gateway("again", "exclusive")
                        .groupEach("lines", "steps.fewer ? [trigger.items[0]] : trigger.items", true, body)
                        .errorBoundary("oops", "lines")
                        .step("fewer", "transform", "{\"value\":true}")
                        .end("done", "\"{{ steps.lines.n }}\"")
                        .flow("start", "again", "lines", "done")
                        .flow("oops", "fewer", "again"),
                Map.of("items", items(1, 2)));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("succeeded");
        assertThat(run.path("output").toString()).isEqualTo("1");
        assertThat(runs.statusesOf(run, "lines")).containsExactly("cancelled", "succeeded");
    }

    @Test
    void leavesNoLeaseOfWhatWasOpenedAndInterruptedInOneMove() {
        var body = Bpmn.inside()
                .plainStart("in")
                .gateway("split", "parallel")
                .step("slow", "http-request", get(outside, "/held"))
                .step("bad", "transform", "{\"value\":\"{{ trigger.nothing.there }}\"}")
                .gateway("join", "parallel")
                .end("out")
                .flow("in", "split", "slow", "join", "out")
                .flow("split", "bad", "join");

        var run = runs.finished(rescuing(body), Map.of());

        assertThat(run.path("output").toString()).isEqualTo("{\"rescued\":true}");
        assertThat(runs.statusOf(run, "slow")).isIn("cancelled", "none");
        assertThat(leases(run.path("id").asString())).isZero();
        assertThat(outside.asked("/held")).isZero();
    }

    @Test
    void forgetsATokenThatWasStuckInside() {
        var inside = Bpmn.inside()
                .plainStart("in")
                .gateway("split", "parallel")
                .step("fast", "http-request", get(outside, "/fine"))
                .gateway("which", "exclusive")
                .step("slow", "http-request", get(outside, "/held"))
                .gateway("join", "parallel")
                .end("out")
                .flow("in", "split", "fast", "which")
                .flowWhen("never", "which", "join", "false")
                .flow("split", "slow", "join", "out");
        var gone = new CountDownLatch(1);
        outside.on("/after", exchange -> {
            gone.await();
            TestStub.json(exchange, 200, "{}");
        });
        var id = runs.started(
                Bpmn.manual()
                        .group("both", inside)
                        .errorBoundary("oops", "both")
                        .step("after", "http-request", get(outside, "/after"))
                        .end("fine")
                        .end("rescued", "{\"rescued\":true}")
                        .flow("start", "both", "fine")
                        .flow("oops", "after", "rescued"),
                Map.of());
        assertThat(runs.ended(id).path("error").path("code").asString()).isEqualTo("NO_BRANCH");

        open.countDown();
        await().until(() -> outside.asked("/after") == 1);
        await().untilAsserted(() -> assertThat(runs.get(id).path("status").asString())
                .as("it goes on")
                .isEqualTo("running"));
        assertThat(user.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(409);
        gone.countDown();

        assertThat(runs.ended(id).path("output").toString()).isEqualTo("{\"rescued\":true}");
    }

    @Test
    void aRetryDoesNotMoveATokenThatAnotherOneInterrupted() {
        var inside = Bpmn.inside()
                .plainStart("in")
                .gateway("split", "parallel")
                .step("first", "http-request", get(outside, "/fine"))
                .gateway("one", "exclusive")
                .step("bad", "transform", "{\"value\":\"{{ vars.nothing.there }}\"}")
                .step("second", "http-request", get(outside, "/fine"))
                .gateway("two", "exclusive")
                .gateway("join", "parallel")
                .end("out")
                .flow("in", "split", "first", "one")
                .flowWhen("one-on", "one", "bad", "vars.go ? true : false")
                .flow("bad", "join", "out")
                .flow("split", "second", "two")
                .flowWhen("two-on", "two", "join", "vars.go ? true : false");
        var id = runs.started(rescuing(inside), Map.of());
        await().until(() -> jdbc.sql("select json_array_length(stuck) from run where id = ?::uuid")
                .param(id)
                .query(Integer.class)
                .optional()
                .filter(stuck -> stuck == 2)
                .isPresent());

        var retried = user.post("/api/v1/runs/" + id + "/retry", Map.of("variables", Map.of("go", true)));

        assertThat(retried.status()).as(retried.body()).isEqualTo(200);
        assertThat(runs.ended(id).path("output").toString()).isEqualTo("{\"rescued\":true}");
    }

    private static Bpmn rescuing(Bpmn inside) {
        return Bpmn.manual()
                .group("both", inside)
                .errorBoundary("oops", "both")
                .end("fine")
                .end("rescued", "{\"rescued\":true}")
                .flow("start", "both", "fine")
                .flow("oops", "rescued");
    }

    private int leases(String run) {
        return jdbc.sql("select count(*) from lease where run_id = ?::uuid")
                .param(run)
                .query(Integer.class)
                .single();
    }
}
