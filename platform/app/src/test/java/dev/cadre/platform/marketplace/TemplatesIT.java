package dev.cadre.platform.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Every template runs with its example input; the systems that it asks are stubbed over HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TemplatesIT {

    private static HttpServer stub;

    @LocalServerPort
    int port;

    @Autowired
    Templates templates;

    @BeforeAll
    static void startTheOtherSystems() throws IOException {
        stub = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        answer("/stock", 200, "{\"stock\":7}");
        answer("/no-stock", 404, "{}");
        answer(
                "/sales",
                200,
                "{\"sales\":[{\"product\":\"Cap\",\"amount\":12.5},{\"product\":\"Coat\",\"amount\":90}]}");
        answer("/company", 200, "{\"employees\":120}");
        answer("/no-company", 404, "{}");
        stub.start();
    }

    @AfterAll
    static void stopTheOtherSystems() {
        stub.stop(0);
    }

    private static void answer(String path, int status, String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        stub.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String at(String path) {
        return "http://127.0.0.1:" + stub.getAddress().getPort() + path;
    }

    /** Publishes the template and runs it with its example input, some of it changed; the output of the run. */
    private JsonNode run(String id, Map<String, Object> changes) {
        return run(id, changes, Map.of("decision", "approve"));
    }

    /** {@code answer} is given to each approval that the run asks for. */
    private JsonNode run(String id, Map<String, Object> changes, Map<String, Object> answer) {
        var user = TestUser.register(port);
        var template = templates.find(id).orElseThrow();
        var workflow = "/api/v1/workflows/"
                + user.post("/api/v1/templates/" + id + "/use", Map.of())
                        .json()
                        .path("id")
                        .asString();
        var published = user.post(workflow + "/publish", Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        var input = new LinkedHashMap<Object, Object>((Map<?, ?>) template.exampleInput());
        input.putAll(changes);
        var runs = new TestRuns(user);
        var started = runs.startedOf(workflow.substring(workflow.lastIndexOf('/') + 1), input);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            decideWhatIsOpen(user, answer);
            return isOver(runs.get(started));
        });
        var run = runs.get(started);
        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("succeeded");
        return run.path("output");
    }

    private static boolean isOver(JsonNode run) {
        return List.of("succeeded", "failed", "cancelled")
                .contains(run.path("status").asString());
    }

    private static void decideWhatIsOpen(TestUser user, Map<String, Object> answer) {
        for (var asked : user.get("/api/v1/approvals?open=true").json().path("items")) {
            var decided = user.post("/api/v1/approvals/" + asked.path("id").asString() + "/decision", answer);
            assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        }
    }

    @Test
    void orderTotal() {
        assertThat(run("order-total", Map.of()).toString()).isEqualTo("{\"order\":\"A1\",\"total\":50}");
    }

    @Test
    void webhookBranchRespond() {
        assertThat(run("webhook-branch-respond", Map.of("url", at("/stock"))).toString())
                .isEqualTo("{\"available\":true,\"stock\":7}");
        assertThat(run("webhook-branch-respond", Map.of("url", at("/no-stock"))).toString())
                .isEqualTo("{\"available\":false}");
    }

    @Test
    void parallelEnrichment() {
        var output = run("parallel-enrichment", Map.of());

        assertThat(output.path("lines").size()).isEqualTo(3);
        assertThat(output.path("lines").get(1).path("total").asDouble()).isEqualTo(53.55);
        assertThat(output.path("total").asDouble()).isBetween(196.349, 196.351);
    }

    @Test
    void supportTriage() {
        var output = run("support-triage", Map.of());

        assertThat(output.path("category").asString()).isEqualTo("billing");
        assertThat(output.path("queue").asString()).isNotBlank();
        assertThat(output.path("reply").asString()).isNotBlank();
    }

    @Test
    void nightlyReport() {
        var output = run("nightly-report", Map.of("url", at("/sales")));

        assertThat(output.path("figures").toString()).isEqualTo("{\"count\":2,\"revenue\":102.5,\"best\":\"Coat\"}");
        assertThat(output.path("report").asString()).isNotBlank();
    }

    @Test
    void leadScoring() {
        var known = run("lead-scoring", Map.of("directoryUrl", at("/company")));
        assertThat(known.path("score").asInt()).isEqualTo(42);
        assertThat(known.path("route").asString()).isEqualTo("sales");

        var unknown = run("lead-scoring", Map.of("directoryUrl", at("/no-company")));
        assertThat(unknown.path("score").asInt()).isEqualTo(30);
        assertThat(unknown.path("route").asString()).isEqualTo("newsletter");
    }

    @Test
    void claimTriage() {
        assertThat(run("claim-triage", Map.of()).toString())
                .isEqualTo("{\"route\":\"fast track\",\"rule\":3,\"payment\":{\"claim\":\"C-2026-0042\",\"pay\":740}}");
        var large = run("claim-triage", Map.of("amount", 20_000));
        assertThat(large.path("route").asString()).isEqualTo("investigation");
        assertThat(large.path("task").path("withinDays").asInt()).isEqualTo(3);
    }

    @Test
    void approvePayment() {
        var corrected = Map.of("decision", "approve", "arguments", Map.of("amount", 1700, "note", "agreed by phone"));
        var payment = run("approve-payment", Map.of(), corrected).path("payment");
        assertThat(payment.path("amount").asInt()).isEqualTo(1700);
        assertThat(payment.path("note").asString()).isEqualTo("agreed by phone");
        assertThat(payment.path("approvedBy").asString()).isNotBlank();

        var small = run("approve-payment", Map.of("amount", 1000)).path("payment");
        assertThat(small.path("amount").asInt()).isEqualTo(1000);
        assertThat(small.path("approvedBy").asString()).isEqualTo("not needed");

        assertThat(run("approve-payment", Map.of(), Map.of("decision", "reject"))
                        .path("paid")
                        .asBoolean(true))
                .isFalse();
    }

    /** Nobody pays, so that the timer ends the waiting and what was done is undone. */
    @Test
    void orderWithUndo() {
        assertThat(run("order-with-undo", Map.of()).toString())
                .isEqualTo("{\"order\":\"A1\",\"status\":\"given back\",\"released\":\"R-A1\",\"cancelled\":\"I-A1\"}");
    }

    @Test
    void supportAgent() {
        var corrected = Map.of("decision", "approve", "arguments", Map.of("amount", 35));
        var answer = run("support-agent", Map.of(), corrected);
        assertThat(answer.path("answered").asBoolean()).isTrue();
        assertThat(answer.path("answer").asString()).contains("Desk lamp", "\"paid\":35");

        var rejected = run("support-agent", Map.of(), Map.of("decision", "reject", "comment", "not ours"));
        assertThat(rejected.path("answered").asBoolean()).isTrue();
        assertThat(rejected.path("answer").asString()).contains("not ours");
    }

    @Test
    void hasATestForEachTemplate() {
        assertThat(templates.all())
                .extracting(WorkflowTemplate::id)
                .containsExactlyInAnyOrder(
                        "order-total",
                        "webhook-branch-respond",
                        "parallel-enrichment",
                        "support-triage",
                        "nightly-report",
                        "lead-scoring",
                        "approve-payment",
                        "claim-triage",
                        "order-with-undo",
                        "support-agent");
        assertThat(templates.find("approve-payment").orElseThrow().stepTypes())
                .containsExactly("webhook", "approval", "transform");
    }
}
