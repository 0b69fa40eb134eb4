package dev.cadre.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "cadre.egress-allow=127.0.0.1")
class RunsIT {

    private static final String QUICK_RETRY = "<cadre:retry attempts='3' backoff='PT0.05S'/>";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    TestStub outside;
    TestUser user;

    @BeforeEach
    void start() {
        outside = TestStub.start();
        user = TestUser.register(port);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    @Test
    void runsInstantStepsAndKeepsTheirInputsAndOutputs() {
        var run = finished(
                Bpmn.manual()
                        .step("total", "calculator", "{\"expression\":\"{{ trigger.price }} * 4\"}")
                        .step("order", "transform", "{\"value\":{\"sum\":\"{{ steps.total.result }}\"}}")
                        .end("done", "{\"total\":\"{{ steps.order.value.sum }}\"}")
                        .flow("start", "total", "order", "done"),
                Map.of("price", 12.5));

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(run.path("output").toString()).isEqualTo("{\"total\":50}");
        assertThat(run.path("path")).hasSize(3);
        var tasks = tasks(run);
        assertThat(tasks.get(0).path("input").toString()).isEqualTo("{\"expression\":\"12.5 * 4\"}");
        assertThat(tasks.get(0).path("output").toString()).isEqualTo("{\"result\":50}");
    }

    @Test
    void callsOutAndTakesTheBranchWhoseConditionHolds() {
        outside.on("/price", exchange -> TestStub.json(exchange, 200, "{\"price\":120}"));

        var run = finished(
                Bpmn.manual()
                        .step("look", "http-request", get("/price"))
                        .gateway("big", "exclusive", "no")
                        .step("high", "transform", "{\"value\":\"high\"}")
                        .step("low", "transform", "{\"value\":\"low\"}")
                        .end("done", "{\"is\":\"{{ $exists(steps.high) ? 'high' : 'low' }}\"}")
                        .flow("start", "look", "big")
                        .flowWhen("yes", "big", "high", "steps.look.body.price > 100")
                        .flowNamed("no", "big", "low")
                        .flow("high", "done")
                        .flow("low", "done"),
                Map.of());

        assertThat(run.path("output").path("is").asString()).isEqualTo("high");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parallel", "inclusive"})
    void joinsBranchesThatRunAtTheSameTime(String kind) {
        outside.on("/a", exchange -> TestStub.json(exchange, 200, "\"A\""));
        outside.on("/b", exchange -> TestStub.json(exchange, 200, "\"B\""));

        var bpmn = Bpmn.manual()
                .gateway("split", kind)
                .step("a", "http-request", get("/a"))
                .step("b", "http-request", get("/b"))
                .gateway("join", kind)
                .end("done", "{\"both\":\"{{ steps.a.body & steps.b.body }}\"}")
                .flow("start", "split")
                .flow("a", "join")
                .flow("b", "join", "done");
        if (kind.equals("inclusive")) {
            bpmn.flowWhen("fa", "split", "a", "trigger.n > 0").flowWhen("fb", "split", "b", "trigger.n > 1");
        } else {
            bpmn.flow("split", "a").flow("split", "b");
        }

        var run = finished(bpmn, Map.of("n", 2));

        assertThat(run.path("output").path("both").asString()).isEqualTo("AB");
        assertThat(outside.asked("/a")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void givesTheResultsOfForEachInTheOrderOfItsItems(boolean sequential, boolean durable) {
        outside.on("/item/", exchange -> {
            var n = exchange.getRequestURI().getPath().substring(6);
            Thread.sleep(40 - 10 * Integer.parseInt(n));
            TestStub.json(exchange, 200, n + "0");
        });
        var step = durable
                ? Bpmn.manual().each("work", "http-request", get("/item/{{ one.n }}"), "trigger.items", sequential)
                : Bpmn.manual()
                        .each(
                                "work",
                                "calculator",
                                "{\"expression\":\"{{ item.n }} * 10\"}",
                                "trigger.items",
                                sequential);

        var run = finished(
                step.end("done", "\"{{ steps.work." + (durable ? "body" : "result") + " }}\"")
                        .flow("start", "work", "done"),
                Map.of("items", items(1, 2, 3)));

        assertThat(run.path("output").toString()).isEqualTo("[10,20,30]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsTheDataOfEachRoundOfAGroupApart(boolean sequential) {
        outside.on(
                "/twice/",
                exchange -> TestStub.json(
                        exchange, 200, exchange.getRequestURI().getPath().substring(7) + "0"));
        var body = Bpmn.inside()
                .plainStart("in")
                .step("call", "http-request", get("/twice/{{ one.n }}"))
                .step("add", "calculator", "{\"expression\":\"{{ steps.call.body }} + {{ index }}\"}")
                .end("out", "{\"sum\":\"{{ steps.add.result }}\"}")
                .flow("in", "call", "add", "out");

        var run = finished(
                Bpmn.manual()
                        .groupEach("lines", "trigger.items", sequential, body)
                        .end("done", "\"{{ steps.lines.sum }}\"")
                        .flow("start", "lines", "done"),
                Map.of("items", items(1, 2, 3)));

        assertThat(run.path("output").toString()).isEqualTo("[10,21,32]");
    }

    @Test
    void anEmptyListIsDoneAtOnce() {
        var run = finished(
                Bpmn.manual()
                        .each("work", "http-request", get("/never"), "trigger.items", false)
                        .end("done", "{\"results\":\"{{ steps.work }}\"}")
                        .flow("start", "work", "done"),
                Map.of("items", List.of()));

        assertThat(run.path("output").toString()).isEqualTo("{\"results\":[]}");
    }

    @Test
    void triesAgainWithTheSameIdempotencyKey() {
        var calls = new AtomicInteger();
        outside.on("/flaky", exchange -> TestStub.json(exchange, calls.incrementAndGet() < 3 ? 503 : 200, "{}"));

        var run = finished(
                Bpmn.manual()
                        .step("call", "http-request", post("/flaky"), QUICK_RETRY)
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(tasks(run).get(0).path("attempt").asInt()).isEqualTo(3);
        assertThat(outside.asked().stream().map(TestStub.Asked::key).distinct()).hasSize(1);
        assertThat(outside.asked()).hasSize(3);
    }

    @Test
    void aStepThatHangsFailsAloneWithItsReason() {
        outside.on("/hang", exchange -> Thread.sleep(5_000));

        var run = finished(
                Bpmn.manual()
                        .step(
                                "call",
                                "http-request",
                                get("/hang"),
                                "<cadre:retry attempts='1'/>",
                                "<cadre:timeout>PT0.3S</cadre:timeout>")
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("code").asString()).isIn("STEP_TIMEOUT", "HTTP_TIMEOUT");
        assertThat(run.path("error").path("elementId").asString()).isEqualTo("call");
    }

    @Test
    void aStepThatReturnsFiftyMegabytesFailsAloneWithItsReason() {
        outside.on("/huge", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            var chunk = new byte[1024 * 1024];
            for (int i = 0; i < 50; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });

        var run = finished(
                Bpmn.manual()
                        .step("call", "http-request", get("/huge"), "<cadre:retry attempts='1'/>")
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("failed");
        assertThat(run.path("error").path("code").asString()).isIn("RESPONSE_TOO_LARGE", "OUTPUT_TOO_LARGE");
    }

    @Test
    void takesTheErrorBranchAndShowsItTheError() {
        outside.on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));

        var run = finished(
                Bpmn.manual()
                        .step("call", "http-request", get("/gone"), "<cadre:onError>branch</cadre:onError>")
                        .errorBoundary("oops", "call")
                        .step("say", "transform", "{\"value\":\"{{ steps.call.error.code }}\"}")
                        .end("done", "{\"failed\":\"{{ steps.say.value }}\"}")
                        .end("fine")
                        .flow("start", "call", "fine")
                        .flow("oops", "say", "done"),
                Map.of());

        assertThat(run.path("output").path("failed").asString()).isEqualTo("HTTP_404");
    }

    @Test
    void anErrorBranchOfAGroupEndsWhatElseRunsInside() {
        outside.on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));
        outside.on("/slow", exchange -> Thread.sleep(20_000));
        var body = Bpmn.inside()
                .plainStart("in")
                .gateway("split", "parallel")
                .step("slow", "http-request", get("/slow"))
                .step("bad", "http-request", get("/gone"))
                .gateway("join", "parallel")
                .end("out")
                .flow("in", "split", "slow", "join", "out")
                .flow("split", "bad", "join");

        var run = finished(
                Bpmn.manual()
                        .group("both", body)
                        .errorBoundary("oops", "both")
                        .end("fine")
                        .end("rescued", "{\"rescued\":true}")
                        .flow("start", "both", "fine")
                        .flow("oops", "rescued"),
                Map.of());

        assertThat(run.path("output").toString()).isEqualTo("{\"rescued\":true}");
        assertThat(statusOf(run, "slow")).isEqualTo("cancelled");
    }

    @Test
    void usesTheDefaultOutputWhereTheStepSaysSo() {
        outside.on("/gone", exchange -> TestStub.json(exchange, 404, "{}"));

        var run = finished(
                Bpmn.manual()
                        .step(
                                "call",
                                "http-request",
                                get("/gone"),
                                "<cadre:onError>default</cadre:onError>",
                                "<cadre:default>{\"body\":{\"price\":0}}</cadre:default>")
                        .end("done", "{\"price\":\"{{ steps.call.body.price }}\"}")
                        .flow("start", "call", "done"),
                Map.of());

        assertThat(run.path("output").toString()).isEqualTo("{\"price\":0}");
    }

    @Test
    void aRetryKeepsWhatWasPaidForAndTakesCorrectedData() {
        outside.on("/paid", exchange -> TestStub.json(exchange, 200, "{\"n\":1}"));
        var bpmn = Bpmn.manual()
                .step("paid", "http-request", post("/paid"))
                .step("use", "calculator", "{\"expression\":\"{{ steps.paid.body.n }} + {{ vars.bonus }}\"}")
                .end("done", "{\"sum\":\"{{ steps.use.result }}\"}")
                .flow("start", "paid", "use", "done");

        var failed = finished(bpmn, Map.of());
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("error").path("code").asString()).isEqualTo("MISSING_DATA");
        assertThat(failed.path("error").path("elementId").asString()).isEqualTo("use");

        var id = failed.path("id").asString();
        var retried = user.post("/api/v1/runs/" + id + "/retry", Map.of("variables", Map.of("bonus", 41)));

        assertThat(retried.status()).isEqualTo(200);
        assertThat(ended(id).path("output").toString()).isEqualTo("{\"sum\":42}");
        assertThat(outside.asked("/paid")).isEqualTo(1);
        assertThat(user.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(409);
    }

    @Test
    void aFailedCallIsMadeAgainByARetryWithTheSameKey() {
        var broken = new AtomicInteger(1);
        outside.on("/mended", exchange -> TestStub.json(exchange, broken.get() == 1 ? 400 : 200, "{\"ok\":true}"));
        var failed = finished(
                Bpmn.manual()
                        .step("call", "http-request", post("/mended"))
                        .end("done", "{\"ok\":\"{{ steps.call.body.ok }}\"}")
                        .flow("start", "call", "done"),
                Map.of());
        assertThat(failed.path("error").path("code").asString()).isEqualTo("HTTP_400");

        broken.set(0);
        var id = failed.path("id").asString();
        user.post("/api/v1/runs/" + id + "/retry", Map.of());

        assertThat(ended(id).path("output").toString()).isEqualTo("{\"ok\":true}");
        assertThat(outside.asked().stream().map(TestStub.Asked::key).distinct()).hasSize(1);
    }

    @Test
    void cancelsWhatWaitsAndLeavesNothingBehind() {
        outside.on("/slow", exchange -> Thread.sleep(20_000));
        var id = started(
                Bpmn.manual()
                        .step("call", "http-request", get("/slow"))
                        .end("done")
                        .flow("start", "call", "done"),
                Map.of());
        await().until(() -> outside.asked("/slow") == 1);

        var cancelled = user.post("/api/v1/runs/" + id + "/cancel", Map.of());

        assertThat(cancelled.json().path("status").asString()).isEqualTo("cancelled");
        assertThat(statusOf(cancelled.json(), "call")).isEqualTo("cancelled");
        assertThat(count("lease", id)).isZero();
        assertThat(jdbc.sql("select count(*) from act_ru_execution where proc_inst_id_ = ?")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void waitsWithoutAThreadAndGoesOnInTime() {
        var run = finished(
                Bpmn.manual()
                        .step("pause", "delay", "{\"duration\":\"PT0.6S\"}")
                        .end("done")
                        .flow("start", "pause", "done"),
                Map.of());

        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(tasks(run).get(0).path("durationMs").asLong()).isGreaterThanOrEqualTo(600);
    }

    @Test
    void aBranchThatNoConditionOpensFailsTheRunThere() {
        var run = finished(
                Bpmn.manual()
                        .gateway("which", "exclusive")
                        .end("one")
                        .end("two")
                        .flow("start", "which")
                        .flowWhen("f-one", "which", "one", "trigger.n = 1")
                        .flowWhen("f-two", "which", "two", "trigger.n = 2"),
                Map.of("n", 3));

        assertThat(run.path("error").path("code").asString()).isEqualTo("NO_BRANCH");
        assertThat(run.path("error").path("elementId").asString()).isEqualTo("which");
    }

    @Test
    void neverShowsAnotherOrganizationsRuns() {
        var run = finished(Bpmn.manual().end("done").flow("start", "done"), Map.of("secret", 1));
        var id = run.path("id").asString();
        var stranger = TestUser.register(port);

        assertThat(stranger.get("/api/v1/runs/" + id).status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/runs/" + id + "/tasks").status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/runs/" + id + "/diagram").status()).isEqualTo(404);
        assertThat(stranger.post("/api/v1/runs/" + id + "/cancel", Map.of()).status())
                .isEqualTo(404);
        assertThat(stranger.post("/api/v1/runs/" + id + "/retry", Map.of()).status())
                .isEqualTo(404);
        assertThat(stranger.get("/api/v1/runs").json().path("items")).isEmpty();
    }

    @Test
    void listsRunsPageByPageNewestFirst() {
        var bpmn = Bpmn.manual().end("done").flow("start", "done");
        var workflow = published(bpmn);
        for (int i = 0; i < 5; i++) {
            user.post("/api/v1/workflows/" + workflow + "/run?wait=20", Map.of("input", Map.of("n", i)));
        }

        var first = user.get("/api/v1/runs?limit=3&workflowId=" + workflow).json();
        var second = user.get("/api/v1/runs?limit=3&workflowId=" + workflow + "&cursor="
                        + first.path("nextCursor").asString())
                .json();

        assertThat(first.path("items")).hasSize(3);
        assertThat(second.path("items")).hasSize(2);
        assertThat(first.path("items").get(0).path("input").path("n").asInt()).isEqualTo(4);
        assertThat(user.get("/api/v1/runs?status=unheard").status()).isEqualTo(400);
    }

    // ----

    private static List<Map<String, Integer>> items(int... numbers) {
        return Arrays.stream(numbers).mapToObj(n -> Map.of("n", n)).toList();
    }

    private String get(String path) {
        return "{\"method\":\"GET\",\"url\":\"" + outside.url(path) + "\"}";
    }

    private String post(String path) {
        return "{\"method\":\"POST\",\"url\":\"" + outside.url(path) + "\",\"body\":{\"a\":1}}";
    }

    private String published(Bpmn bpmn) {
        var created = user.post("/api/v1/workflows", Map.of("name", "tested", "bpmnXml", bpmn.xml()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        var id = created.json().path("id").asString();
        var published = user.post("/api/v1/workflows/" + id + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        return id;
    }

    private String started(Bpmn bpmn, Object input) {
        var answer = user.post("/api/v1/workflows/" + published(bpmn) + "/run", Map.of("input", input));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json().path("run").path("id").asString();
    }

    private JsonNode finished(Bpmn bpmn, Object input) {
        return ended(started(bpmn, input));
    }

    private JsonNode ended(String id) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> List.of("succeeded", "failed", "cancelled")
                        .contains(user.get("/api/v1/runs/" + id)
                                .json()
                                .path("status")
                                .asString()));
        return user.get("/api/v1/runs/" + id).json();
    }

    private JsonNode tasks(JsonNode run) {
        return user.get("/api/v1/runs/" + run.path("id").asString() + "/tasks")
                .json()
                .path("items");
    }

    private String statusOf(JsonNode run, String element) {
        for (var task : tasks(run)) {
            if (task.path("elementId").asString().equals(element)) {
                return task.path("status").asString();
            }
        }
        return "none";
    }

    private int count(String table, String run) {
        return jdbc.sql("select count(*) from " + table + " where run_id = ?::uuid")
                .param(run)
                .query(Integer.class)
                .single();
    }
}
