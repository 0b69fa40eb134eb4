package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Event sub-processes: beside their scope, or in its place. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class EventSubProcessIT {

    private static final String DECLARED = "<message id='m' name='change'/><error id='err' errorCode='BROKEN'/>";
    private static final String CHANGE = "<messageEventDefinition messageRef='m'/>";

    @LocalServerPort
    int port;

    TestUser user;
    TestRuns runs;

    @BeforeEach
    void signUp() {
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    private static Bpmn manual() {
        return Bpmn.manual().declare(DECLARED);
    }

    private static Bpmn body(String id) {
        return Bpmn.inside("h")
                .step(id, "transform", "{\"value\":1}")
                .end(id + "-end", "{\"by\":\"" + id + "\"}")
                .flow("h-start", id, id + "-end");
    }

    private void change(int expected) {
        await().untilAsserted(() -> assertThat(user.post("/api/v1/messages", Map.of("name", "change", "body", "now"))
                        .status())
                .isEqualTo(expected));
    }

    @Test
    void takesThePlaceOfTheProcessThatItInterrupts() {
        var run = runs.started(
                manual().approval("ask", "{\"title\":\"?\"}")
                        .end("end")
                        .handler("h", true, CHANGE, "", body("handled"))
                        .flow("start", "ask", "end"),
                Map.of());
        change(200);

        var ended = runs.ended(run);
        assertThat(ended.path("status").asString()).isEqualTo("succeeded");
        assertThat(runs.statusOf(ended, "ask")).isEqualTo("cancelled");
        assertThat(runs.statusOf(ended, "handled")).isEqualTo("succeeded");
        change(409);
    }

    @Test
    void runsBesideItsScopeAsOftenAsTheMessageComes() {
        var run = runs.started(
                manual().group(
                                "work",
                                Bpmn.inside()
                                        .plainStart("in")
                                        .timer("b", "PT1.5S")
                                        .end("out")
                                        .handler("h", false, CHANGE, "", body("handled"))
                                        .flow("in", "b", "out"))
                        .end("end", "{\"heard\":\"{{ steps.`h-start`.body }}\"}")
                        .flow("start", "work", "end"),
                Map.of());
        change(200);
        change(200);

        var ended = runs.ended(run);
        assertThat(ended.path("output").path("heard").asString()).isEqualTo("now");
        assertThat(runs.statusesOf(ended, "handled")).containsExactly("succeeded", "succeeded");
        assertThat(runs.statusesOf(ended, "b")).containsExactly("succeeded");
    }

    @Test
    void catchesTheFailuresOfItsScopeButNotItsOwn() {
        var broken = "{\"expression\":\"1 / 0\"}";
        var caught = runs.finished(
                manual().step("fails", "calculator", broken)
                        .end("end")
                        .handler("h", true, "<errorEventDefinition/>", "", body("handled"))
                        .flow("start", "fails", "end"),
                Map.of());
        assertThat(caught.path("status").asString()).isEqualTo("succeeded");
        assertThat(runs.statusOf(caught, "handled")).isEqualTo("succeeded");

        var failed = runs.finished(
                manual().step("fails", "calculator", broken)
                        .end("end")
                        .handler(
                                "h",
                                true,
                                "<errorEventDefinition/>",
                                "",
                                Bpmn.inside()
                                        .step("fails-too", "calculator", broken)
                                        .end("h-end")
                                        .flow("h-start", "fails-too", "h-end"))
                        .flow("start", "fails", "end"),
                Map.of());
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("error").path("elementId").asString()).isEqualTo("fails-too");
    }

    @Test
    void aTimerOfTheProcessEndsItAfterAWhile() {
        var run = runs.finished(
                manual().approval("ask", "{\"title\":\"?\"}")
                        .end("end")
                        .handler(
                                "h",
                                true,
                                "<timerEventDefinition/>",
                                "<cadre:wait>PT0.3S</cadre:wait>",
                                body("handled"))
                        .flow("start", "ask", "end"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(runs.statusOf(run, "ask")).isEqualTo("cancelled");
        assertThat(runs.statusOf(run, "handled")).isEqualTo("succeeded");
    }
}
