package dev.cadre.platform.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.SettableClock;
import dev.cadre.platform.TestRuns;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Webhooks that tell waiting runs, each the one that the request is correlated with. */
@HookTests
class CorrelatedWebhooksIT {

    private static final String PAID = "<messageEventDefinition messageRef='m'/>";
    private static final String DECLARED = "<message id='m' name='paid'/><message id='r' name='refused'/>";
    private static final String GITHUB = "\"authentication\":\"signature\",\"signature\":{\"scheme\":\"github\"}";
    private static final String SECRET = "It's a Secret to Everybody";

    @LocalServerPort
    int port;

    @Autowired
    SettableClock clock;

    Hooks hooks;
    TestRuns runs;

    @BeforeEach
    void start() {
        hooks = new Hooks(port);
        runs = new TestRuns(hooks.user);
        clock.set(1_700_000_000);
    }

    @AfterEach
    void goOn() {
        clock.reset();
    }

    private String hook() {
        return hook("", "", "request.body.order");
    }

    private String hook(String connection, String settings, String correlate) {
        return "<cadre:message key='{{ trigger.order }}'/><cadre:webhook %s correlate='{{ %s }}'>{\"path\":\"%s\"%s}</cadre:webhook>"
                .formatted(
                        connection.isEmpty() ? "" : "connection='" + connection + "'",
                        correlate,
                        hooks.path,
                        settings.isEmpty() ? "" : "," + settings);
    }

    private static Bpmn manual() {
        return Bpmn.manual().declare(DECLARED);
    }

    private static Bpmn caught(String hook) {
        return manual().caught("pay", PAID, hook)
                .end("end", "{\"got\":\"{{ steps.pay }}\"}")
                .flow("start", "pay", "end");
    }

    private void awaitsAt(String run, String element) {
        await().untilAsserted(() ->
                assertThat(runs.statusesOf(runs.get(run), element)).contains("waiting"));
    }

    private String waitingFor(String workflow, Object order, String element) {
        var run = runs.startedOf(workflow, Map.of("order", order));
        awaitsAt(run, element);
        return run;
    }

    private static String body(String order) {
        return "{\"order\":\"" + order + "\",\"amount\":12}";
    }

    @Test
    void aRequestResumesTheRunThatItIsAbout() {
        var workflow = runs.published(caught(hook()));
        var first = waitingFor(workflow, "A1", "pay");
        var second = waitingFor(workflow, "A2", "pay");

        var answer = hooks.send(
                "POST", "/hooks/" + hooks.path + "?by=bank", body("A2").getBytes());

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.json().path("runId").asString()).isEqualTo(second);
        var got = runs.ended(second).path("output").path("got");
        assertThat(got.path("name").asString()).isEqualTo("paid");
        assertThat(got.path("body").path("amount").asInt()).isEqualTo(12);
        assertThat(got.path("query").path("by").asString()).isEqualTo("bank");
        assertThat(got.path("method").asString()).isEqualTo("POST");
        assertThat(runs.get(first).path("status").asString()).isEqualTo("running");
        assertThat(hooks.runs()).isEqualTo(2);
    }

    @Test
    void whoNobodyWaitsForIsToldSoAndNothingIsKept() {
        var workflow = runs.published(caught(hook()));
        assertThat(hooks.post(body("A1")).status()).isEqualTo(409);
        assertThat(hooks.post(body("A1")).code()).isEqualTo("webhook-not-awaited");

        var run = waitingFor(workflow, "A1", "pay");
        assertThat(hooks.post(body("A2")).code()).isEqualTo("webhook-not-awaited");
        for (var nothing : List.of("{}", "{\"order\":null}", "{\"order\":{\"id\":1}}", "{\"order\":\"\"}", "[]")) {
            var answer = hooks.post(nothing);
            assertThat(answer.status()).as(nothing).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("webhook-not-correlated");
        }
        assertThat(hooks.send("GET", "/hooks/" + hooks.path, new byte[0]).status())
                .isEqualTo(405);
        assertThat(hooks.post(body("A1")).status()).isEqualTo(202);
        runs.ended(run);
        assertThat(hooks.post(body("A1")).code()).isEqualTo("webhook-not-awaited");
    }

    @Test
    void aNumberIsTheSameKeyAsItsDigits() {
        var run = waitingFor(runs.published(caught(hook())), "4711", "pay");

        assertThat(hooks.post("{\"order\":4711}").status()).isEqualTo(202);

        runs.ended(run);
    }

    @Test
    void ofManyRequestsAtOnceEachRunGetsOne() {
        var workflow = runs.published(caught(hook()));
        var waiting = List.of(
                waitingFor(workflow, "A1", "pay"),
                waitingFor(workflow, "A1", "pay"),
                waitingFor(workflow, "A1", "pay"));

        var answers = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> hooks.post(body("A1")).status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers.stream().filter(status -> status == 202)).hasSize(3);
        assertThat(answers.stream().filter(status -> status == 409)).hasSize(5);
        waiting.forEach(
                run -> assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded"));
    }

    @Test
    void onlyRunsOfItsOwnWorkflowsVersionsAreTold() {
        var stranger = new Hooks(port);
        var others = new TestRuns(stranger.user);
        var foreign = others.startedOf(
                others.published(manual().caught("pay", PAID, "<cadre:message key='A1'/>")
                        .end("end")
                        .flow("start", "pay", "end")),
                Map.of());
        var sibling = runs.startedOf(
                runs.published(manual().caught("pay", PAID, "<cadre:message key='A1'/>")
                        .end("end")
                        .flow("start", "pay", "end")),
                Map.of());
        var drawn = caught(hook());
        var workflow = runs.published(drawn);
        var draft = hooks.user
                .post(
                        "/api/v1/workflows/" + workflow + "/run",
                        Map.of("version", "draft", "input", Map.of("order", "A1")))
                .json()
                .path("run")
                .path("id")
                .asString();
        awaitsAt(sibling, "pay");
        await().untilAsserted(() ->
                assertThat(others.statusesOf(others.get(foreign), "pay")).contains("waiting"));
        awaitsAt(draft, "pay");

        assertThat(hooks.post(body("A1")).code()).isEqualTo("webhook-not-awaited");

        var old = waitingFor(workflow, "A1", "pay");
        assertThat(hooks.user
                        .post("/api/v1/workflows/" + workflow + "/publish", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(hooks.post(body("A1")).json().path("runId").asString()).isEqualTo(old);
        assertThat(runs.get(sibling).path("status").asString()).isEqualTo("running");
        assertThat(runs.get(draft).path("status").asString()).isEqualTo("running");
    }

    @Test
    void worksAtEveryPlaceWhereAMessageIsWaitedFor() {
        var boundary = manual().approval("ask", "{\"title\":\"?\"}")
                .boundary("pay", "ask", true, PAID, hook())
                .end("asked")
                .end("end", "{\"place\":\"boundary\"}")
                .flow("start", "ask", "asked")
                .flow("pay", "end");
        var receive = manual().element("<receiveTask id='pay' messageRef='m'><extensionElements>" + hook()
                        + "</extensionElements></receiveTask>")
                .end("end", "{\"place\":\"receive\"}")
                .flow("start", "pay", "end");
        var race = manual().gateway("race", "eventBased")
                .caught("pay", PAID, hook())
                .caught("late", "<timerEventDefinition/>", "<cadre:wait>PT1H</cadre:wait>")
                .end("end", "{\"place\":\"race\"}")
                .end("over")
                .flow("start", "race", "pay", "end")
                .flow("race", "late", "over");
        var handler = manual().approval("ask", "{\"title\":\"?\"}")
                .end("asked")
                .flow("start", "ask", "asked")
                .handler(
                        "whenever",
                        true,
                        PAID,
                        hook(),
                        Bpmn.inside("h").end("told", "{\"place\":\"handler\"}").flow("whenever-start", "told"));

        for (var bpmn : List.of(boundary, receive, race)) {
            var workflow = runs.published(bpmn);
            var run = waitingFor(workflow, "A1", "pay");
            assertThat(hooks.post(body("A1")).status()).isEqualTo(202);
            assertThat(runs.ended(run).path("output").path("place").asString()).isNotEmpty();
            assertThat(hooks.user
                            .delete("/api/v1/workflows/" + workflow, "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(204);
            assertThat(hooks.post(body("A1")).status()).isEqualTo(404);
        }
        var run = waitingFor(runs.published(handler), "A1", "whenever-start");
        assertThat(hooks.post(body("A1")).status()).isEqualTo(202);
        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void aSignedRequestTellsOnceHoweverOftenItComes() {
        hooks.secret("github", Map.of("kind", "hmac", "secret", SECRET));
        var workflow = runs.published(caught(hook("github", GITHUB, "request.body.order")));
        var signature = "sha256=" + Hooks.hex(SECRET, body("A1"));

        assertThat(hooks.post(body("A1")).code()).isEqualTo("webhook-unauthenticated");
        assertThat(hooks.post(body("A1"), "X-Hub-Signature-256", "sha256=00").status())
                .isEqualTo(401);
        assertThat(hooks.post(body("A1"), "X-Hub-Signature-256", signature).code())
                .as("too early")
                .isEqualTo("webhook-not-awaited");
        var first = waitingFor(workflow, "A1", "pay");
        var second = waitingFor(workflow, "A1", "pay");

        var answers = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() ->
                        hooks.post(body("A1"), "X-Hub-Signature-256", signature).status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers.stream().filter(status -> status == 202)).hasSize(1);
        assertThat(hooks.post(body("A1"), "X-Hub-Signature-256", signature).code())
                .isEqualTo("webhook-replayed");
        var got = runs.ended(first).path("output").path("got");
        assertThat(got.path("headers").has("x-hub-signature-256")).isFalse();
        assertThat(runs.get(second).path("status").asString()).isEqualTo("running");
    }

    @Test
    void theAddressIsListedAndBelongsToOneWorkflow() {
        var workflow = runs.published(caught(hook()));

        var listed = hooks.user.get("/api/v1/triggers").json().path("items");

        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("workflowId").asString()).isEqualTo(workflow);
        assertThat(listed.path(0).path("elementId").asString()).isEqualTo("pay");
        assertThat(listed.path(0).path("url").asString()).endsWith("/hooks/" + hooks.path);
        assertThat(listed.path(0).path("testUrl").isNull()).isTrue();
        var other = hooks.create(hooks.file(null, ""));
        assertThat(hooks.user
                        .post("/api/v1/workflows/" + other + "/publish", Map.of())
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("webhook-path-taken");
    }

    @Test
    void severalEventsMayShareAnAddress() {
        var workflow = runs.published(manual().gateway("fork", "parallel")
                .gateway("join", "parallel")
                .caught("pay", PAID, hook())
                .caught("no", "<messageEventDefinition messageRef='r'/>", hook())
                .end("end")
                .flow("start", "fork", "pay", "join", "end")
                .flow("fork", "no", "join"));
        var run = waitingFor(workflow, "A1", "pay");
        awaitsAt(run, "no");

        assertThat(hooks.post(body("A1")).status()).isEqualTo(202);
        assertThat(hooks.post(body("A1")).status()).isEqualTo(202);

        assertThat(runs.ended(run).path("status").asString()).isEqualTo("succeeded");
        assertThat(hooks.user.get("/api/v1/triggers").json().path("items")).hasSize(1);
    }

    @Test
    void whatCannotWorkIsSaidBeforeItIsPublished() {
        finds(caught("<cadre:message key='A'/><cadre:webhook>{\"path\":\"a\"}</cadre:webhook>"), "correlation-missing");
        finds(
                caught("<cadre:webhook correlate='{{ request.body.a }}'>{\"path\":\"a\"}</cadre:webhook>"),
                "correlation-missing");
        finds(caught(hook("", "", "trigger.body.order")), "invalid-expression");
        finds(caught(hook("", "", "request.body.(")), "invalid-expression");
        finds(caught(hook("", "\"respond\":\"last-step\"", "request.body.a")), "invalid-input");
        finds(caught(hook("", "\"authentication\":\"jwt\"", "request.body.a")), "connection-missing");
        finds(caught(hook("nobody", "\"authentication\":\"jwt\"", "request.body.a")), "unknown-connection");
        finds(
                Bpmn.webhook(hooks.path, "immediately")
                        .declare(DECLARED)
                        .caught("pay", PAID, hook())
                        .end("end")
                        .flow("start", "pay", "end"),
                "webhook-path-twice");
        finds(
                manual().caught("pay", PAID, hook())
                        .caught("no", PAID, hook("", "\"method\":\"PUT\"", "request.body.order"))
                        .end("end")
                        .flow("start", "pay", "no", "end"),
                "webhook-path-twice");
        finds(
                manual().caught("late", "<timerEventDefinition/>", "<cadre:wait>PT1H</cadre:wait>" + hook())
                        .end("end")
                        .flow("start", "late", "end"),
                "extension-misplaced");
    }

    private void finds(Bpmn bpmn, String code) {
        var problems = hooks.user
                .post("/api/v1/workflows/validate", Map.of("bpmnXml", bpmn.xml()))
                .json()
                .path("problems");
        assertThat(problems.valueStream().map(problem -> problem.path("code").asString()))
                .as(problems.toString())
                .contains(code);
    }
}
