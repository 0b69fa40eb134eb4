package dev.cadre.platform.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestUser;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WebhooksIT {

    @LocalServerPort
    int port;

    TestUser user;
    TestUser caller;
    String path;

    @BeforeEach
    void start() {
        user = TestUser.register(port);
        caller = TestUser.nobody(port);
        path = "test/" + UUID.randomUUID();
    }

    @Test
    void answersWithTheRunsOutput() {
        publish(total("last-step"));

        var answer = caller.post("/hooks/" + path, Map.of("id", "A1", "price", 12.5, "quantity", 4));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"order\":\"A1\",\"total\":50}");
        var run = user.get("/api/v1/runs/" + answer.header("X-Cadre-Run-Id")).json();
        assertThat(run.path("status").asString()).isEqualTo("succeeded");
        assertThat(run.path("trigger").path("use").asString()).isEqualTo("webhook");
    }

    @Test
    void answersAtOnceWhereTheTriggerSaysSo() {
        publish(total("immediately"));

        var answer = caller.post("/hooks/" + path, Map.of("id", "A1", "price", 1, "quantity", 1));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(user.get("/api/v1/runs/" + answer.json().path("runId").asString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersWhatTheRespondStepSays() {
        publish(Bpmn.webhook(path, "respond-step")
                .step(
                        "say",
                        "respond",
                        "{\"status\":418,\"headers\":{\"X-Kind\":\"tea\",\"Set-Cookie\":\"a=b\"},\"body\":{\"pot\":\"{{ trigger.query.size }}\"}}")
                .end("done")
                .flow("start", "say", "done"));

        var answer = caller.post("/hooks/" + path + "?size=small", Map.of());

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("{\"pot\":\"small\"}");
        assertThat(answer.header("X-Kind")).isEqualTo("tea");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void aFailedRunIsAProblemWithItsReasonAndWithoutInternals() {
        publish(total("last-step"));

        var answer = caller.post("/hooks/" + path, Map.of("id", "A1", "price", 1));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").asString()).isEqualTo("run-failed");
        assertThat(answer.body()).contains("trigger.body.quantity").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json       | application/json                  | 400",
                "{\"a\":1       | application/vnd.github+json       | 400",
                "a=1&a=2&b=%C3% | application/x-www-form-urlencoded | 422",
                "plain          | text/plain                        | 422",
                "binary         | application/octet-stream          | 415"
            })
    void refusesBodiesThatItDoesNotUnderstand(String body, String type, int status) {
        publish(total("last-step"));

        var answer = caller.post("/hooks/" + path, body, "Content-Type", type);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        publish(total("last-step"));

        assertThat(caller.post("/hooks/" + path, "\"" + "x".repeat(1_100_000) + "\"")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void knowsWhichMethodsAPathAnswers() {
        publish(total("last-step"));

        var answer = caller.put("/hooks/" + path, Map.of());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(caller.post("/hooks/" + path + "/other", Map.of()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "ANY"})
    void aPathThatAnotherWorkflowHasKeepsTheSecondFromGoingLive(String method) {
        publish(total("last-step"));
        var stranger = TestUser.register(port);
        var created = stranger.post(
                "/api/v1/workflows",
                Map.of("name", "same", "bpmnXml", total("immediately").xml().replace("\"POST\"", '"' + method + '"')));

        var refused =
                stranger.post("/api/v1/workflows/" + created.json().path("id").asString() + "/publish", Map.of());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("webhook-path-taken");
        assertThat(stranger.get("/api/v1/triggers").json().path("items")).isEmpty();
        assertThat(user.get("/api/v1/triggers")
                        .json()
                        .path("items")
                        .get(0)
                        .path("path")
                        .asString())
                .isEqualTo(path);
    }

    @Test
    void runsADraftOnlyWhileSomebodyListens() {
        var created = user.post(
                "/api/v1/workflows",
                Map.of("name", "draft", "bpmnXml", total("last-step").xml()));
        var id = created.json().path("id").asString();
        var body = Map.of("id", "D", "price", 2, "quantity", 3);
        assertThat(caller.post("/hooks-test/" + path, body).status()).isEqualTo(404);

        assertThat(TestUser.register(port)
                        .post("/api/v1/workflows/" + id + "/listen", Map.of())
                        .status())
                .isEqualTo(404);
        var listening = user.post("/api/v1/workflows/" + id + "/listen", Map.of());

        assertThat(listening.status()).isEqualTo(200);
        assertThat(caller.post("/hooks-test/" + path, body).body()).isEqualTo("{\"order\":\"D\",\"total\":6}");
        user.delete("/api/v1/workflows/" + id + "/listen");
        assertThat(caller.post("/hooks-test/" + path, body).status()).isEqualTo(404);
    }

    @Test
    void triesASingleStepWithoutARun() {
        var created = user.post(
                "/api/v1/workflows",
                Map.of("name", "draft", "bpmnXml", total("last-step").xml()));
        var id = created.json().path("id").asString();
        var data = Map.of("trigger", Map.of("body", Map.of("price", 2, "quantity", 3)));

        var tried = user.post("/api/v1/workflows/" + id + "/steps/total/test", Map.of("input", data));
        var failed = user.post("/api/v1/workflows/" + id + "/steps/total/test", Map.of("input", Map.of()));

        assertThat(tried.json().path("output").toString()).isEqualTo("{\"result\":6}");
        assertThat(failed.json().path("status").asString()).isEqualTo("failed");
        assertThat(failed.json().path("error").path("code").asString()).isEqualTo("MISSING_DATA");
        assertThat(user.post("/api/v1/workflows/" + id + "/steps/nothing/test", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(user.get("/api/v1/runs").json().path("items")).isEmpty();
    }

    @Test
    void aTriedRespondStepShowsItsAnswer() {
        var bpmn = Bpmn.webhook(path, "respond-step")
                .step(
                        "say",
                        "respond",
                        "{\"status\":418,\"headers\":{\"X-Kind\":\"tea\"},\"body\":{\"pot\":\"{{ trigger.body }}\"}}")
                .step("total", "calculator", "{\"expression\":\"1 + 1\"}")
                .end("done")
                .flow("start", "say", "total", "done");
        var created = user.post("/api/v1/workflows", Map.of("name", "draft", "bpmnXml", bpmn.xml()));
        var steps = "/api/v1/workflows/" + created.json().path("id").asString() + "/steps/";

        var tried = user.post(steps + "say/test", Map.of("input", Map.of("trigger", Map.of("body", "small"))));
        var silent = user.post(steps + "total/test", Map.of());

        assertThat(tried.json().path("answer").toString())
                .isEqualTo("{\"status\":418,\"headers\":{\"X-Kind\":\"tea\"},\"body\":{\"pot\":\"small\"}}");
        assertThat(silent.json().path("status").asString()).isEqualTo("succeeded");
        assertThat(silent.json().path("answer").isNull()).isTrue();
    }

    @Test
    void keepsManyCallersApart() throws Exception {
        publish(total("last-step"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<String>>();
            for (int i = 0; i < 200; i++) {
                var body = Map.of("id", "N" + i, "price", i, "quantity", 2);
                calls.add(() -> caller.post("/hooks/" + path, body).body());
            }
            var answers = threads.invokeAll(calls);
            for (int i = 0; i < 200; i++) {
                assertThat(answers.get(i).get()).isEqualTo("{\"order\":\"N" + i + "\",\"total\":" + 2 * i + "}");
            }
        }
    }

    private Bpmn total(String respond) {
        return Bpmn.webhook(path, respond)
                .step(
                        "total",
                        "calculator",
                        "{\"expression\":\"{{ trigger.body.price }} * {{ trigger.body.quantity }}\"}")
                .end("done", "{\"order\":\"{{ trigger.body.id }}\",\"total\":\"{{ steps.total.result }}\"}")
                .flow("start", "total", "done");
    }

    private void publish(Bpmn bpmn) {
        var created = user.post("/api/v1/workflows", Map.of("name", "hook", "bpmnXml", bpmn.xml()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        var published =
                user.post("/api/v1/workflows/" + created.json().path("id").asString() + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
    }
}
