package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events in every position: they wait, race, interrupt and are told. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class EventsIT {

    private static final String TIMER = "<timerEventDefinition/>";
    private static final String PAID = "<messageEventDefinition messageRef='m'/>";
    private static final String STOP = "<signalEventDefinition signalRef='s'/>";
    private static final String DECLARED = "<message id='m' name='paid'/><signal id='s' name='stop'/>"
            + "<escalation id='x' escalationCode='LATE'/><error id='err' errorCode='BROKEN'/>";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    TestUser user;
    TestRuns runs;

    @BeforeEach
    void signUp() {
        user = TestUser.register(port);
        runs = new TestRuns(user);
    }

    private static String waiting(String duration) {
        return "<cadre:wait>" + duration + "</cadre:wait>";
    }

    private static String key(String key) {
        return "<cadre:message key='" + key + "'/>";
    }

    private static Bpmn manual() {
        return Bpmn.manual().declare(DECLARED);
    }

    private void awaitsAt(String run, String element) {
        await().untilAsserted(() ->
                assertThat(runs.statusesOf(runs.get(run), element)).contains("waiting"));
    }

    private long leftInEngine(String run) {
        return jdbc.sql("select count(*) from act_ru_execution where proc_inst_id_ = ?")
                .param(run)
                .query(Long.class)
                .single();
    }

    private long leases(String run) {
        return jdbc.sql("select count(*) from lease where run_id = ?::uuid")
                .param(run)
                .query(Long.class)
                .single();
    }

    @Test
    void aMessageIsToldAtItsOwnAddress() {
        var run = runs.started(
                manual().step("link", "transform", "{\"value\":\"{{ run.resume.pay }}\"}")
                        .caught("pay", PAID, "")
                        .end("end", "{\"paid\":\"{{ steps.pay.body.amount }}\"}")
                        .flow("start", "link", "pay", "end"),
                Map.of());
        awaitsAt(run, "pay");
        var link = runs.tasks(run)
                .valueStream()
                .filter(task -> task.path("elementId").asString().equals("link"))
                .findFirst()
                .orElseThrow()
                .path("output")
                .path("value")
                .asString();
        var path = link.substring(link.indexOf("/hooks-resume/"));

        var anonymous = TestUser.nobody(port);
        assertThat(anonymous.get(path).status()).isEqualTo(405);
        assertThat(anonymous.post("/hooks-resume/AAAA", Map.of()).status()).isEqualTo(404);
        assertThat(anonymous
                        .post(path.substring(0, path.length() - 2) + "zz", Map.of())
                        .status())
                .isEqualTo(409);
        assertThat(anonymous.post(path, Map.of("amount", 12)).status()).isEqualTo(202);

        assertThat(runs.ended(run).path("output").path("paid").asInt()).isEqualTo(12);
        assertThat(anonymous.post(path, Map.of("amount", 12)).status()).isEqualTo(409);
        assertThat(leftInEngine(run)).isZero();
    }

    @Test
    void aMessageFindsTheRunWithItsKeyInItsOwnOrganization() {
        var workflow = runs.published(manual().caught("pay", PAID, key("{{ trigger.order }}"))
                .end("end", "{\"paid\":\"{{ steps.pay.body }}\"}")
                .flow("start", "pay", "end"));
        var first = runs.startedOf(workflow, Map.of("order", "A1"));
        var second = runs.startedOf(workflow, Map.of("order", "A2"));
        awaitsAt(first, "pay");
        awaitsAt(second, "pay");

        var stranger = TestUser.register(port);
        var told = Map.of("name", "paid", "key", "A2", "body", "all");
        assertThat(stranger.post("/api/v1/messages", told).status()).isEqualTo(409);
        assertThat(user.post("/api/v1/messages", Map.of("name", "paid", "key", "A3"))
                        .status())
                .isEqualTo(409);
        assertThat(user.post("/api/v1/messages", told).json().path("runId").asString())
                .isEqualTo(second);

        assertThat(runs.ended(second).path("output").path("paid").asString()).isEqualTo("all");
        assertThat(runs.get(first).path("status").asString()).isEqualTo("running");
        assertThat(user.post("/api/v1/messages", told).status()).isEqualTo(409);
    }

    @Test
    void oneRunTellsAnotherByAMessageAndLooksForItForAWhile() {
        var sender = runs.started(
                manual().thrown(
                                "tell",
                                PAID,
                                "<cadre:message key='{{ trigger.order }}' patience='PT1M'>{\"amount\":\"{{ trigger.amount }}\"}</cadre:message>")
                        .end("end", "{\"told\":\"{{ steps.tell.delivered }}\"}")
                        .flow("start", "tell", "end"),
                Map.of("order", "B1", "amount", 7));
        awaitsAt(sender, "tell");
        var waiting = runs.started(
                manual().caught("pay", PAID, key("B1"))
                        .end("end", "{\"amount\":\"{{ steps.pay.body.amount }}\"}")
                        .flow("start", "pay", "end"),
                Map.of());

        assertThat(runs.ended(waiting).path("output").path("amount").asInt()).isEqualTo(7);
        assertThat(runs.ended(sender).path("output").path("told").asBoolean()).isTrue();
    }

    @Test
    void aSignalReachesAllThatWaitAndInterruptsByABoundary() {
        var workflow = runs.published(manual().approval("ask", "{\"title\":\"?\"}")
                .boundary("stopped", "ask", true, STOP, "")
                .end("asked")
                .end("given-up", "{\"why\":\"{{ steps.stopped.body.why }}\"}")
                .flow("start", "ask", "asked")
                .flow("stopped", "given-up"));
        var waiting = List.of(
                runs.startedOf(workflow, Map.of()),
                runs.startedOf(workflow, Map.of()),
                runs.startedOf(workflow, Map.of()));
        waiting.forEach(run -> awaitsAt(run, "stopped"));

        var sender = runs.finished(
                manual().endWith("tell", STOP, "<cadre:signal>{\"why\":\"holiday\"}</cadre:signal>")
                        .flow("start", "tell"),
                Map.of());

        assertThat(sender.path("status").asString()).isEqualTo("succeeded");
        for (var run : waiting) {
            var ended = runs.ended(run);
            assertThat(ended.path("output").path("why").asString()).isEqualTo("holiday");
            assertThat(runs.statusOf(ended, "ask")).isEqualTo("cancelled");
            assertThat(leftInEngine(run)).isZero();
        }
    }

    @Test
    void theFirstEventBehindAGatewayTakesTheTokenAndTheOthersAreOver() {
        var run = runs.started(race("PT1H"), Map.of());
        awaitsAt(run, "pay");
        assertThat(user.post("/api/v1/messages", Map.of("name", "paid")).status())
                .isEqualTo(200);

        var ended = runs.ended(run);
        assertThat(ended.path("output").path("way").asString()).isEqualTo("paid");
        assertThat(runs.statusOf(ended, "late")).isEqualTo("cancelled");
        assertThat(leases(run)).isZero();
        assertThat(leftInEngine(run)).isZero();

        var other = runs.finished(race("PT0.2S"), Map.of());
        assertThat(other.path("output").path("way").asString()).isEqualTo("late");
        assertThat(runs.statusOf(other, "pay")).isEqualTo("cancelled");
    }

    private static Bpmn race(String duration) {
        return manual().element("<eventBasedGateway id='race'/>")
                .caught("pay", PAID, "")
                .caught("late", TIMER, waiting(duration))
                .caught("stop", STOP, "")
                .end("paid", "{\"way\":\"paid\"}")
                .end("too-late", "{\"way\":\"late\"}")
                .end("stopped")
                .flow("start", "race", "pay", "paid")
                .flow("race", "late", "too-late")
                .flow("race", "stop", "stopped");
    }

    @Test
    void aTimerInterruptsASubProcessWithAllThatItHolds() {
        var run = runs.finished(
                manual().group(
                                "work",
                                Bpmn.inside()
                                        .plainStart("in")
                                        .gateway("fork", "parallel")
                                        .approval("a", "{\"title\":\"a\"}")
                                        .timer("b", "PT1H")
                                        .end("out")
                                        .flow("in", "fork", "a", "out")
                                        .flow("fork", "b", "out"))
                        .boundary("limit", "work", true, TIMER, waiting("PT0.3S"))
                        .end("done")
                        .end("late", "{\"late\":true}")
                        .flow("start", "work", "done")
                        .flow("limit", "late"),
                Map.of());

        assertThat(run.path("output").path("late").asBoolean()).isTrue();
        assertThat(runs.statusOf(run, "a")).isEqualTo("cancelled");
        assertThat(runs.statusOf(run, "b")).isEqualTo("cancelled");
        assertThat(leases(run.path("id").asString())).isZero();
    }

    @Test
    void aBoundaryThatDoesNotInterruptHappensAgainForEachMessage() {
        var run = runs.started(
                manual().approval("ask", "{\"title\":\"?\"}")
                        .boundary("note", "ask", false, PAID, "")
                        .step("noted", "transform", "{\"value\":\"{{ steps.note.body }}\"}")
                        .end("e1")
                        .end("e2")
                        .flow("start", "ask", "e1")
                        .flow("note", "noted", "e2"),
                Map.of());
        for (int round = 1; round <= 3; round++) {
            int expected = round;
            awaitsAt(run, "note");
            assertThat(user.post("/api/v1/messages", Map.of("name", "paid", "body", round))
                            .status())
                    .isEqualTo(200);
            await().untilAsserted(() -> assertThat(runs.statusesOf(runs.get(run), "noted"))
                    .hasSize(expected)
                    .containsOnly("succeeded"));
        }
        approve(run);

        var ended = runs.ended(run);
        assertThat(ended.path("status").asString()).isEqualTo("succeeded");
        assertThat(runs.statusesOf(ended, "note")).containsExactly("succeeded", "succeeded", "succeeded", "cancelled");
    }

    private void approve(String run) {
        var id = user.get("/api/v1/approvals?open=true")
                .json()
                .path("items")
                .valueStream()
                .filter(approval -> approval.path("runId").asString().equals(run))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        assertThat(user.post("/api/v1/approvals/" + id + "/decision", Map.of("decision", "approve"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anInstantStepLeavesNoTraceOfABoundaryThatNeverWaited() {
        var run = runs.finished(
                manual().step("quick", "transform", "{\"value\":1}")
                        .boundary("limit", "quick", true, TIMER, waiting("PT1H"))
                        .end("done")
                        .end("late")
                        .flow("start", "quick", "done")
                        .flow("limit", "late"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(runs.statusesOf(run, "limit")).isEmpty();
        assertThat(leftInEngine(run.path("id").asString())).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEscalationIsHeardOutside(boolean interrupting) {
        var run = runs.finished(
                manual().group(
                                "work",
                                Bpmn.inside()
                                        .plainStart("in")
                                        .thrown("tell", "<escalationEventDefinition escalationRef='x'/>", "")
                                        .step("after", "transform", "{\"value\":1}")
                                        .end("out")
                                        .flow("in", "tell", "after", "out"))
                        .boundary("heard", "work", interrupting, "<escalationEventDefinition escalationRef='x'/>", "")
                        .step("handled", "transform", "{\"value\":1}")
                        .end("done")
                        .end("late")
                        .flow("start", "work", "done")
                        .flow("heard", "handled", "late"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(runs.statusOf(run, "handled")).isEqualTo("succeeded");
        assertThat(runs.statusOf(run, "after")).isEqualTo(interrupting ? "none" : "succeeded");
    }

    @Test
    void anErrorEndFailsItsSubProcessAndElseTheRun() {
        var inner = Bpmn.inside()
                .plainStart("in")
                .endWith("broken", "<errorEventDefinition errorRef='err'/>", "")
                .flow("in", "broken");
        var caught = runs.finished(
                manual().group("work", inner)
                        .boundary("b", "work", true, "<errorEventDefinition errorRef='err'/>", "")
                        .end("done")
                        .end("handled", "{\"handled\":true}")
                        .flow("start", "work", "done")
                        .flow("b", "handled"),
                Map.of());
        assertThat(caught.path("output").path("handled").asBoolean()).isTrue();

        var failed = runs.finished(manual().group("work", inner).end("done").flow("start", "work", "done"), Map.of());
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("error").path("code").asString()).isEqualTo("BROKEN");
        assertThat(failed.path("error").path("elementId").asString()).isEqualTo("broken");
    }

    @Test
    void aTerminateEndEndsEverythingElse() {
        var run = runs.finished(
                manual().gateway("fork", "parallel")
                        .approval("ask", "{\"title\":\"?\"}")
                        .timer("soon", "PT0.2S")
                        .end("asked")
                        .element(
                                "<endEvent id='all'><extensionElements><cadre:output>{\"ended\":true}</cadre:output></extensionElements><terminateEventDefinition/></endEvent>")
                        .flow("start", "fork", "ask", "asked")
                        .flow("fork", "soon", "all"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(run.path("output").path("ended").asBoolean()).isTrue();
        assertThat(runs.statusOf(run, "ask")).isEqualTo("cancelled");
        assertThat(leftInEngine(run.path("id").asString())).isZero();
        assertThat(leases(run.path("id").asString())).isZero();
    }
}
