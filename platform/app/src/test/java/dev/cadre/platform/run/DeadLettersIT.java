package dev.cadre.platform.run;

import static dev.cadre.platform.TestRuns.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What does not go on without a person: listed, and dealt with by the thousand. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DeadLettersIT {

    @LocalServerPort
    int port;

    TestStub outside;
    TestUser user;
    TestRuns runs;
    final AtomicBoolean mended = new AtomicBoolean();

    @BeforeEach
    void start() {
        outside = TestStub.start()
                .on("/broken", exchange -> TestStub.json(exchange, mended.get() ? 200 : 404, "{}"))
                .on("/slow", exchange -> Thread.sleep(20_000));
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    private Bpmn broken() {
        return Bpmn.manual()
                .step("call", "http-request", post(outside, "/broken"))
                .end("done")
                .flow("start", "call", "done");
    }

    private String undecided() {
        var run = runs.started(
                Bpmn.manual()
                        .step(
                                "pay",
                                "http-request",
                                post(outside, "/slow"),
                                "<cadre:delivery>at-most-once</cadre:delivery>",
                                "<cadre:timeout>PT0.3S</cadre:timeout>")
                        .end("done")
                        .flow("start", "pay", "done"),
                Map.of());
        await().until(() -> letters("")
                .valueStream()
                .anyMatch(letter -> letter.path("runId").asString().equals(run)));
        return run;
    }

    private JsonNode letters(String query) {
        var answer = user.get("/api/v1/dead-letters" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items");
    }

    private List<String> failed(String workflow, int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(runs.startedOf(workflow, Map.of()));
        }
        ids.forEach(runs::ended);
        return ids;
    }

    @Test
    void listsFailedRunsAndUndecidedTasksWithTheirReason() {
        var run = failed(runs.published(broken()), 1).getFirst();
        var undecided = undecided();

        var all = letters("");

        assertThat(all).hasSize(2);
        var byRun = all.valueStream()
                .collect(java.util.stream.Collectors.toMap(
                        letter -> letter.path("runId").asString(), letter -> letter));
        assertThat(byRun.get(run).path("kind").asString()).isEqualTo("failed-run");
        assertThat(byRun.get(run).path("code").asString()).isEqualTo("HTTP_404");
        assertThat(byRun.get(run).path("elementId").asString()).isEqualTo("call");
        assertThat(byRun.get(run).path("attempts").asInt()).isEqualTo(1);
        assertThat(byRun.get(undecided).path("kind").asString()).isEqualTo("unknown-outcome");
        assertThat(letters("?code=OUTCOME_UNKNOWN")).hasSize(1);
        assertThat(letters("?code=HTTP_404&elementId=call")).hasSize(1);
        assertThat(letters("?workflowId=" + UUID.randomUUID())).isEmpty();
        assertThat(letters("?from=2099-01-01T00:00:00Z")).isEmpty();
        assertThat(TestUser.register(port).get("/api/v1/dead-letters").json().path("items"))
                .isEmpty();
    }

    @Test
    void goesThroughThePages() {
        var ids = failed(runs.published(broken()), 3);
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var page = user.get("/api/v1/dead-letters?limit=1" + cursor).json();
            page.path("items").forEach(letter -> seen.add(letter.path("runId").asString()));
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (cursor != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void retriesNamedRunsAndReportsEachOfThem() {
        var ids = failed(runs.published(broken()), 2);
        mended.set(true);
        var stranger = UUID.randomUUID().toString();

        var report =
                user.post("/api/v1/dead-letters/retry", Map.of("runIds", List.of(ids.get(0), ids.get(1), stranger)));

        assertThat(report.status()).as(report.body()).isEqualTo(200);
        assertThat(report.json().path("done").asInt()).isEqualTo(2);
        assertThat(report.json().path("refused").asInt()).isEqualTo(1);
        assertThat(report.json().path("items").get(2).path("code").asString()).isEqualTo("run-not-found");
        ids.forEach(id -> assertThat(runs.ended(id).path("status").asString()).isEqualTo("succeeded"));
        assertThat(letters("")).isEmpty();
    }

    @Test
    void retriesByFilterButNoUnknownOutcomeUnlessItIsAskedFor() {
        failed(runs.published(broken()), 2);
        var undecided = undecided();
        mended.set(true);

        var report = user.post("/api/v1/dead-letters/retry", Map.of("filter", Map.of()))
                .json();

        assertThat(report.path("done").asInt()).isEqualTo(2);
        assertThat(report.path("more").asBoolean()).isFalse();
        await().until(() -> letters("").size() == 1);
        assertThat(outside.asked("/slow")).isEqualTo(1);

        user.post("/api/v1/dead-letters/retry", Map.of("filter", Map.of("code", "OUTCOME_UNKNOWN")));
        await().until(() -> outside.asked("/slow") == 2);
        assertThat(runs.get(undecided).path("status").asString()).isEqualTo("running");
    }

    @Test
    void discardsByCancelling() {
        var ids = failed(runs.published(broken()), 2);
        var undecided = undecided();

        var report =
                user.post("/api/v1/dead-letters/discard", Map.of("runIds", List.of(ids.get(0), ids.get(1), undecided)));

        assertThat(report.json().path("done").asInt()).as(report.body()).isEqualTo(3);
        assertThat(letters("")).isEmpty();
        assertThat(runs.get(undecided).path("status").asString()).isEqualTo("cancelled");
    }

    @Test
    void refusesWhatIsTooMuchOrNothing() {
        var many = Collections.nCopies(1_001, UUID.randomUUID().toString());

        assertThat(user.post("/api/v1/dead-letters/retry", Map.of("runIds", many))
                        .status())
                .isEqualTo(422);
        assertThat(user.post("/api/v1/dead-letters/retry", Map.of()).status()).isEqualTo(422);
        assertThat(user.post("/api/v1/dead-letters/discard", Map.of("runIds", List.of(), "filter", Map.of()))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aFailedRunThatAnotherWaitsForIsNoDeadLetterOfItsOwn() {
        var called = runs.published(broken());
        var run = runs.finished(
                Bpmn.manual()
                        .call("call", called, "published", "{}")
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(letters("")).hasSize(1);
        assertThat(letters("").get(0).path("runId").asString())
                .isEqualTo(run.path("id").asString());
    }
}
