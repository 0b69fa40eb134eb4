package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Runs that ask people, over HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ApprovalIT {

    private static final String PAY = """
            {"title":"Pay {{ trigger.amount }}?","data":{"amount":"{{ trigger.amount }}","note":"as agreed"},
             "form":{"type":"object","properties":{"amount":{"type":"number","maximum":500},"note":{"type":"string"}}}}""";

    @LocalServerPort
    int port;

    TestUser owner;
    TestRuns runs;

    @BeforeEach
    void start() {
        owner = TestUser.register(port);
        runs = new TestRuns(owner);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWithTheCorrectedProposal(boolean plain) {
        var run = runs.started(plain ? asking(PAY) : askingBesideAnother(PAY), Map.of("amount", 120));
        var asked = asked();
        assertThat(asked.path("title").asString()).isEqualTo("Pay 120?");
        assertThat(asked.path("status").asString()).isEqualTo("waiting");
        assertThat(asked.path("canDecide").asBoolean()).isTrue();
        assertThat(runs.statusesOf(runs.get(run), "ask")).containsExactly("waiting");

        var decided = decide(owner, asked, Map.of("decision", "approve", "arguments", Map.of("amount", 99.5)));

        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(decided.json().path("status").asString()).isEqualTo("approved");
        assertThat(decided.json()
                        .path("decision")
                        .path("decidedBy")
                        .path("email")
                        .asString())
                .isEqualTo(owner.email());
        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"paid\":99.5,\"note\":\"as agreed\"}");
        assertThat(decide(owner, asked, Map.of("decision", "reject")).status()).isEqualTo(409);
    }

    @Test
    void refusesWhatTheFormDoesNotAllowAndChangesNothing() {
        runs.started(asking(PAY), Map.of("amount", 120));
        var asked = asked();

        for (var arguments : List.of(Map.of("amount", 501), Map.of("amount", "much"), Map.of("account", "mine"))) {
            var refused = decide(owner, asked, Map.of("decision", "approve", "arguments", arguments));
            assertThat(refused.status()).as(refused.body()).isEqualTo(422);
            assertThat(refused.json().path("code").asString()).isEqualTo("approval-arguments-invalid");
        }
        assertThat(decide(owner, asked, Map.of("decision", "perhaps")).status()).isEqualTo(422);
        assertThat(asked().path("id")).isEqualTo(asked.path("id"));
    }

    @Test
    void failsWhenRejectedAndAsksAgainAfterARetry() {
        var run = runs.started(asking(PAY), Map.of("amount", 120));
        var rejected = decide(owner, asked(), Map.of("decision", "reject", "comment", "too dear"))
                .json();
        assertThat(rejected.path("status").asString()).isEqualTo("rejected");
        assertThat(rejected.path("decision").path("decidedBy").path("id").asString())
                .isEqualTo(owner.id());

        var failed = runs.ended(run);
        assertThat(failed.path("error").path("code").asString()).isEqualTo("REJECTED");
        assertThat(failed.path("error").path("message").asString()).contains("too dear");

        assertThat(owner.post("/api/v1/runs/" + run + "/retry", Map.of()).status())
                .isEqualTo(200);
        decide(owner, asked(), Map.of("decision", "approve"));
        assertThat(runs.ended(run).path("output").path("paid").asInt()).isEqualTo(120);
    }

    @Test
    void leavesByTheErrorEventOrGoesOnWhenRejected() {
        var caught = runs.started(
                Bpmn.manual()
                        .approval("ask", "{\"title\":\"Go?\"}")
                        .errorBoundary("no", "ask")
                        .end("done")
                        .end("refused", "{\"refused\":true}")
                        .flow("start", "ask", "done")
                        .flow("no", "refused"),
                Map.of());
        decide(owner, asked(), Map.of("decision", "reject"));
        assertThat(runs.ended(caught).path("output").toString()).isEqualTo("{\"refused\":true}");

        var told = runs.started(
                Bpmn.manual()
                        .approval("ask", "{\"title\":\"Go?\",\"onReject\":\"continue\"}")
                        .end("done", "{\"was\":\"{{ steps.ask.decision }}\"}")
                        .flow("start", "ask", "done"),
                Map.of());
        decide(owner, asked(), Map.of("decision", "reject"));
        assertThat(runs.ended(told).path("output").toString()).isEqualTo("{\"was\":\"reject\"}");
    }

    @Test
    void letsOnlyTheMeantPeopleDecide() {
        var member = owner.colleague("member");
        var stranger = TestUser.register(port);
        runs.started(asking("{\"title\":\"Pay?\",\"assignees\":[\"role:admin\"]}"), Map.of("amount", 1));
        var admins = asked();
        assertThat(decide(member, admins, Map.of("decision", "approve")).status())
                .isEqualTo(403);
        assertThat(member.get("/api/v1/approvals/" + id(admins))
                        .json()
                        .path("canDecide")
                        .asBoolean())
                .isFalse();
        assertThat(stranger.get("/api/v1/approvals/" + id(admins)).status()).isEqualTo(404);
        assertThat(decide(stranger, admins, Map.of("decision", "approve")).status())
                .isEqualTo(404);
        assertThat(stranger.get("/api/v1/approvals").json().path("items")).isEmpty();
        assertThat(decide(owner, admins, Map.of("decision", "approve")).status())
                .isEqualTo(200);

        runs.started(
                asking("{\"title\":\"Pay?\",\"fourEyes\":true,\"assignees\":[\"%s\",\"%s\"]}"
                        .formatted(owner.email(), member.email())),
                Map.of("amount", 1));
        var other = asked();
        assertThat(decide(owner, other, Map.of("decision", "approve"))
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("approval-not-yours");
        assertThat(decide(member, other, Map.of("decision", "approve")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsWhenNobodyAnswersInTime(boolean plain) {
        var request = "{\"title\":\"Now?\",\"dueIn\":\"PT0.2S\"}";
        var run = runs.started(plain ? asking(request) : askingBesideAnother(request), Map.of("amount", 1));

        var failed = runs.ended(run);

        assertThat(failed.path("error").path("code").asString()).isEqualTo("APPROVAL_OVERDUE");
        var approvals = owner.get("/api/v1/approvals?open=false").json().path("items");
        assertThat(approvals.get(0).path("status").asString()).isEqualTo("closed");
    }

    @Test
    void countsOneOfManyAnswersAtOnce() throws Exception {
        var run = runs.started(asking(PAY), Map.of("amount", 5));
        var asked = asked();
        var answers = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                var decision = i % 2 == 0 ? "approve" : "reject";
                answers.add(threads.submit(
                        () -> decide(owner, asked, Map.of("decision", decision)).status()));
            }
        }

        assertThat(answers).extracting(Future::resultNow).containsOnlyOnce(200);
        assertThat(answers).extracting(Future::resultNow).containsOnly(200, 409);
        var status = owner.get("/api/v1/approvals/" + id(asked))
                .json()
                .path("status")
                .asString();
        assertThat(runs.ended(run).path("status").asString())
                .isEqualTo(status.equals("approved") ? "succeeded" : "failed");
    }

    @Test
    void asksNobodyAfterACancel() {
        var run = runs.started(asking(PAY), Map.of("amount", 5));
        var asked = asked();

        assertThat(owner.post("/api/v1/runs/" + run + "/cancel", Map.of()).status())
                .isEqualTo(200);

        assertThat(decide(owner, asked, Map.of("decision", "approve")).status()).isEqualTo(409);
        assertThat(owner.get("/api/v1/approvals?open=true").json().path("items"))
                .isEmpty();
    }

    @Test
    void rejectsWhatCouldNotBeApproved() {
        var request = """
                {"title":"Pay?","data":{"amount":900},"form":{"type":"object","required":["costCentre"],
                 "properties":{"amount":{"type":"number","maximum":500},"costCentre":{"type":"string"},"pattern":{"type":"string"}}}}""";
        runs.started(asking(request), Map.of());
        var asked = asked();

        assertThat(decide(owner, asked, Map.of("decision", "approve")).status()).isEqualTo(422);
        assertThat(decide(owner, asked, Map.of("decision", "reject")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"{{ $pad('x', 300) }}\"}",
                "{\"title\":\"Pay?\",\"dueIn\":\"{{ 'soon' }}\"}",
                "{\"title\":\"{{ trigger.nothing }}\"}",
                "{\"title\":\"Pay?\",\"form\":{\"properties\":{\"n\":{\"minimum\":\"x\"}}}}",
                "{\"title\":\"Pay?\",\"form\":{\"properties\":{\"n\":{\"$ref\":\"http://127.0.0.1/\"}}}}"
            })
    void failsAtAQuestionThatCannotBeAskedAndStillListsIt(String request) {
        var run = runs.finished(asking(request), Map.of());

        assertThat(run.path("status").asString()).isEqualTo("failed");
        var listed = owner.get("/api/v1/approvals");
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        assertThat(listed.json().path("items").get(0).path("status").asString()).isEqualTo("closed");
    }

    @Test
    void asksForEachItemOfAList() {
        var run = runs.started(
                Bpmn.manual()
                        .each("ask", "approval", "{\"title\":\"Pay {{ one.n }}?\"}", "trigger.items", false)
                        .end("done", "{\"all\":\"{{ $count(steps.ask) }}\"}")
                        .flow("start", "ask", "done"),
                Map.of("items", TestRuns.items(1, 2, 3)));
        await().until(() ->
                owner.get("/api/v1/approvals?open=true").json().path("items").size() == 3);

        owner.get("/api/v1/approvals?open=true")
                .json()
                .path("items")
                .forEach(asked -> decide(owner, asked, Map.of("decision", "approve")));

        assertThat(runs.ended(run).path("output").toString()).isEqualTo("{\"all\":3}");
    }

    @Test
    void waitsAtATimerEvent() {
        var run = runs.finished(
                Bpmn.manual()
                        .timer("pause", "{{ trigger.pause }}")
                        .end("done", "{\"until\":\"{{ $exists(steps.pause.until) }}\"}")
                        .flow("start", "pause", "done"),
                Map.of("pause", "PT0.2S"));

        assertThat(run.path("output").toString()).isEqualTo("{\"until\":true}");
    }

    private static Bpmn asking(String request) {
        return Bpmn.manual()
                .approval("ask", request)
                .end("paid", "{\"paid\":\"{{ steps.ask.data.amount }}\",\"note\":\"{{ steps.ask.data.note }}\"}")
                .flow("start", "ask", "paid");
    }

    private static Bpmn askingBesideAnother(String request) {
        return Bpmn.manual()
                .gateway("fork", "parallel")
                .approval("ask", request)
                .step("other", "delay", "{\"duration\":\"PT0.05S\"}")
                .gateway("join", "parallel")
                .end("paid", "{\"paid\":\"{{ steps.ask.data.amount }}\",\"note\":\"{{ steps.ask.data.note }}\"}")
                .flow("start", "fork", "ask", "join", "paid")
                .flow("fork", "other", "join");
    }

    /** The one approval that is open. */
    private JsonNode asked() {
        await().until(() ->
                owner.get("/api/v1/approvals?open=true").json().path("items").size() == 1);
        return owner.get("/api/v1/approvals?open=true").json().path("items").get(0);
    }

    private static String id(JsonNode approval) {
        return approval.path("id").asString();
    }

    private static TestUser.Answer decide(TestUser user, JsonNode approval, Map<String, Object> answer) {
        return user.post("/api/v1/approvals/" + id(approval) + "/decision", answer);
    }

    @Test
    void othersMayDecideAfterTheEscalationAndTheQuestionStaysOpenMeanwhile() {
        var member = owner.colleague("member");
        var run = runs.started(
                asking("{\"title\":\"Pay?\",\"assignees\":[\"role:admin\"],\"escalateAfter\":\"PT0.5S\","
                        + "\"escalateTo\":[\"role:member\"],\"dueIn\":\"P1D\",\"data\":{\"amount\":1,\"note\":\"\"}}"),
                Map.of("amount", 1));
        var asked = asked();
        assertThat(asked.path("dueAt").asString()).isNotEmpty();
        assertThat(decide(member, asked, Map.of("decision", "approve")).status())
                .isEqualTo(403);

        await().untilAsserted(() -> {
            var now = member.get("/api/v1/approvals/" + id(asked)).json();
            assertThat(now.path("escalated").asBoolean()).isTrue();
            assertThat(now.path("canDecide").asBoolean()).isTrue();
            assertThat(now.path("assignees").toString()).contains("role:member");
        });
        await().untilAsserted(() -> assertThat(
                        owner.get("/api/v1/tasks/" + id(asked) + "/logs").body())
                .contains("Escalated to role:member"));
        assertThat(decide(member, asked, Map.of("decision", "approve")).status())
                .isEqualTo(200);
        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void refusesAnEscalationToNobody() {
        var run = runs.finished(asking("{\"title\":\"Pay?\",\"escalateAfter\":\"PT1H\"}"), Map.of("amount", 1));
        assertThat(run.path("error").path("message").asString()).contains("escalateTo");
        assertThat(owner.get("/api/v1/approvals").status()).isEqualTo(200);
    }
}
