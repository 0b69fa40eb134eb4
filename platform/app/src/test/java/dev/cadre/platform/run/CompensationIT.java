package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What has succeeded is undone, the last first. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CompensationIT {

    @LocalServerPort
    int port;

    TestStub outside;
    TestUser user;
    TestRuns runs;
    final AtomicInteger refusals = new AtomicInteger();

    @BeforeEach
    void start() {
        outside = TestStub.start()
                .on("/undo-hotel", exchange -> TestStub.json(exchange, 200, "{}"))
                .on(
                        "/undo-flight",
                        exchange -> TestStub.json(exchange, refusals.getAndDecrement() > 0 ? 400 : 200, "{}"));
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    private Bpmn trip() {
        return Bpmn.manual()
                .step("hotel", "transform", "{\"value\":\"H1\"}")
                .step("flight", "transform", "{\"value\":\"F1\"}")
                .compensation("hotel", "cancel-hotel", "http-request", post("/undo-hotel", "steps.hotel.value"))
                .compensation("flight", "cancel-flight", "http-request", post("/undo-flight", "steps.flight.value"));
    }

    private String post(String path, String value) {
        return "{\"method\":\"POST\",\"url\":\"" + outside.url(path) + "\",\"body\":{\"of\":\"{{ " + value + " }}\"}}";
    }

    private List<String> undone() {
        return outside.asked().stream().map(TestStub.Asked::path).toList();
    }

    @Test
    void undoesTheLastFirstAndGoesOn() {
        var run = runs.finished(
                trip().thrown("undo", "<compensateEventDefinition/>", "")
                        .end("end", "{\"done\":true}")
                        .flow("start", "hotel", "flight", "undo", "end"),
                Map.of());

        assertThat(run.path("output").path("done").asBoolean()).isTrue();
        assertThat(undone()).containsExactly("/undo-flight", "/undo-hotel");
        assertThat(outside.asked()).extracting(TestStub.Asked::key).doesNotHaveDuplicates();
    }

    @Test
    void undoesOneActivityOnlyAndNothingTwice() {
        runs.finished(
                trip().thrown("undo", "<compensateEventDefinition activityRef='hotel'/>", "")
                        .thrown("again", "<compensateEventDefinition activityRef='hotel'/>", "")
                        .end("end")
                        .flow("start", "hotel", "flight", "undo", "again", "end"),
                Map.of());

        assertThat(undone()).containsExactly("/undo-hotel");
    }

    @Test
    void anEndUndoesWhatItsSubProcessDid() {
        var run = runs.finished(
                Bpmn.manual()
                        .group(
                                "trip",
                                Bpmn.inside()
                                        .plainStart("in")
                                        .step("hotel", "transform", "{\"value\":\"H1\"}")
                                        .compensation(
                                                "hotel",
                                                "cancel-hotel",
                                                "http-request",
                                                post("/undo-hotel", "steps.hotel.value"))
                                        .endWith("sorry", "<compensateEventDefinition/>", "")
                                        .flow("in", "hotel", "sorry"))
                        .end("end")
                        .flow("start", "trip", "end"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(undone()).containsExactly("/undo-hotel");
    }

    @Test
    void aHandlerThatFailsHoldsTheRunAndGoesOnAfterARetry() {
        refusals.set(1);
        var run = runs.finished(
                trip().thrown("undo", "<compensateEventDefinition/>", "")
                        .end("end")
                        .flow("start", "hotel", "flight", "undo", "end"),
                Map.of());
        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("elementId").asString()).isEqualTo("cancel-flight");
        var id = run.path("id").asString();

        assertThat(user.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(200);

        assertThat(runs.ended(id).path("status").asString()).isEqualTo("succeeded");
        assertThat(undone()).containsExactly("/undo-flight", "/undo-flight", "/undo-hotel");
    }

    @Test
    void cancellingWithCompensationUndoesAndThenCancels() {
        var run = runs.started(
                trip().approval("ask", "{\"title\":\"?\"}").end("end").flow("start", "hotel", "flight", "ask", "end"),
                Map.of());
        await().untilAsserted(
                        () -> assertThat(runs.statusOf(runs.get(run), "ask")).isEqualTo("waiting"));

        assertThat(user.post("/api/v1/runs/" + run + "/cancel", Map.of("compensate", true))
                        .status())
                .isEqualTo(200);

        await().untilAsserted(() ->
                assertThat(runs.get(run).path("status").asString()).isEqualTo("cancelled"));
        assertThat(undone()).containsExactly("/undo-flight", "/undo-hotel");
        assertThat(runs.statusOf(runs.get(run), "ask")).isEqualTo("cancelled");
    }
}
