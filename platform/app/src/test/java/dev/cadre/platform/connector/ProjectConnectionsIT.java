package dev.cadre.platform.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.TestUser.Answer;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.platform.plugin.StepTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A workflow uses what its own project or the whole organization has: when it is published, when it moves, when it runs. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProjectConnectionsIT {

    private static final AtomicInteger CONNECTORS = new AtomicInteger();

    @LocalServerPort
    int port;

    @Autowired
    List<StepTypeSource> sources;

    @Autowired
    StepTypes types;

    @Autowired
    JdbcClient jdbc;

    private TestUser user;
    private TestRuns runs;
    private TestStub outside;
    private Installed echo;
    private String connector;
    private String billing;
    private String sales;

    @BeforeEach
    void start() throws Exception {
        var source = sources.stream()
                .filter(one -> one.getClass().getName().contains(".connector."))
                .findFirst()
                .orElseThrow();
        connector = "scoped" + CONNECTORS.incrementAndGet();
        echo = new Installed(source, new EchoConnector(connector, false));
        types.add(List.of(echo.type()));
        outside = TestStub.start().on("/echo", exchange -> TestStub.json(exchange, 200, "\"hello\""));
        user = TestUser.register(port);
        runs = new TestRuns(user);
        billing = project("Billing");
        sales = project("Sales");
    }

    @AfterEach
    void stop() throws Exception {
        outside.close();
        echo.close();
        types.removeAll("test-" + connector);
    }

    @Test
    void aConnectionOfAnotherProjectIsAProblemOfTheWorkflow() {
        connection("Bank", billing);
        connection("Post", null);
        assertThat(publish(workflow(billing, asking("Bank"))).status()).isEqualTo(200);
        refused(sales);
        refused(null);
    }

    private void refused(@Nullable String project) {
        var refused = publish(workflow(project, asking("Bank")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("unknown-connection");
        assertThat(publish(workflow(project, asking("Post"))).status()).isEqualTo(200);
    }

    @Test
    void aRunIsRefusedAConnectionThatHasMovedAway() {
        var connection = connection("Bank", billing);
        var workflow = workflow(billing, asking("Bank"));
        assertThat(publish(workflow).status()).isEqualTo(200);
        assertThat(ended(workflow)).isEqualTo("succeeded");

        movesMeanwhile(connection, sales);
        var run = runs.ended(runs.startedOf(workflow, Map.of()));
        assertThat(run.path("error").path("code").asString()).as(run.toString()).isEqualTo("CONNECTION_NOT_FOUND");
        assertThat(user.get("/api/v1/connections?projectId=" + sales)
                        .json()
                        .path("items")
                        .size())
                .isOne();

        assertThat(move("connections", connection, null).status()).isEqualTo(200);
        assertThat(ended(workflow)).isEqualTo("succeeded");
    }

    /** As when the workflow is published in the same moment: nobody was asked whether it is used. */
    private void movesMeanwhile(String connection, String project) {
        jdbc.sql("update connection set project_id = cast(? as uuid) where id = cast(? as uuid)")
                .params(project, connection)
                .update();
        jdbc.sql("update connection_generation set generation = generation + 1").update();
    }

    @Test
    void aConnectionStaysWhereLiveVersionsUseIt() {
        var connection = connection("Bank", billing);
        var workflow = workflow(billing, asking("Bank"));
        assertThat(move("connections", connection, sales).status())
                .as("a draft")
                .isEqualTo(200);
        assertThat(move("connections", connection, billing).status()).isEqualTo(200);
        publish(workflow);

        var refused = move("connections", connection, sales);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("connection-in-use");
        assertThat(refused.json().path("detail").asString()).contains("tested");
        assertThat(refused.json().at("/workflows/0/id").asString()).isEqualTo(workflow);
        assertThat(refused.json().path("more").asInt()).isZero();
        assertThat(user.get("/api/v1/connections/" + connection)
                        .json()
                        .path("projectId")
                        .asString())
                .isEqualTo(billing);
        // the way of both to another project
        assertThat(move("connections", connection, null).status()).isEqualTo(200);
        assertThat(move("connections", connection, sales).status()).isEqualTo(409);
        assertThat(move("workflows", workflow, sales).status()).isEqualTo(200);
        assertThat(move("connections", connection, sales).status()).isEqualTo(200);
        assertThat(ended(workflow)).isEqualTo("succeeded");
    }

    @Test
    void aConnectionStaysForWhatItsMoverDoesNotSeeToo() {
        var member = user.colleague(limited());
        user.put("/api/v1/projects/" + sales + "/members/" + member.id(), Map.of());
        var shared = connection("Post", null);
        var hidden = workflow(billing, asking("Post"));
        publish(hidden);

        var refused = member.put("/api/v1/connections/" + shared + "/project", Map.of("projectId", sales));

        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("connection-in-use");
        assertThat(refused.json().path("more").asInt()).isOne();
        assertThat(refused.body()).doesNotContain(hidden).doesNotContain("tested");
    }

    private String limited() {
        var permissions = List.of("organization:read", "workflow:read", "connection:read", "connection:edit");
        return user.post("/api/v1/roles", Map.of("name", "Connects", "permissions", permissions))
                .json()
                .path("id")
                .asString();
    }

    @Test
    void aConnectionIsFoundByItsIdAndUnderANameThatXmlWritesOtherwise() {
        var byId = connection("Post", billing);
        publish(workflow(billing, asking(byId)));
        assertThat(move("connections", byId, sales).status()).isEqualTo(409);

        var named = connection("Tom & \"Co\" <bank>", null);
        assertThat(publish(workflow(null, asking("Tom &amp; &quot;Co&quot; &#60;bank>")))
                        .status())
                .isEqualTo(200);
        assertThat(move("connections", named, sales).json().path("code").asString())
                .isEqualTo("connection-in-use");
    }

    @Test
    void aDrawingInTheEditorUsesNoOtherProjectsConnectionEither() {
        connection("Bank", billing);
        var workflow = workflow(sales, Bpmn.manual().end("end").flow("start", "end"));
        var tried = user.post(
                "/api/v1/workflows/" + workflow + "/steps/ask/test",
                Map.of("bpmnXml", asking("Bank").xml(), "input", Map.of()));
        assertThat(tried.body()).doesNotContain("hello");
        assertThat(outside.asked()).isEmpty();
    }

    @Test
    void aWorkflowDoesNotMoveAwayFromWhatItsLiveVersionNeeds() {
        var connection = connection("Bank", billing);
        var workflow = workflow(billing, asking("Bank"));
        publish(workflow);
        var refused = move("workflows", workflow, sales);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("workflow-needs-more");
        assertThat(refused.json().path("detail").asString()).contains("Bank");
        move("connections", connection, null);
        assertThat(move("workflows", workflow, sales).status()).isEqualTo(200);
        assertThat(ended(workflow)).isEqualTo("succeeded");
    }

    @Test
    void aWorkflowCallsThoseOfItsProjectAndOfTheWholeOrganization() {
        var called = workflow(billing, Bpmn.manual().end("end", "{}").flow("start", "end"));
        publish(called);
        assertThat(publish(workflow(sales, calling(called))).body()).contains("unknown-workflow");
        assertThat(publish(workflow(null, calling(called))).body()).contains("unknown-workflow");
        var caller = workflow(billing, calling(called));
        assertThat(publish(caller).status()).isEqualTo(200);
        assertThat(ended(caller)).isEqualTo("succeeded");

        assertThat(move("workflows", called, sales).status()).isEqualTo(200);
        var run = runs.ended(runs.startedOf(caller, Map.of()));
        assertThat(run.path("error").path("code").asString()).isEqualTo("CALL_INVALID");
    }

    @Test
    void aWebhookChecksItsCallersByAConnectionThatItsWorkflowMayUse() {
        var key = user.post(
                        "/api/v1/connections",
                        body(
                                Map.of(
                                        "name",
                                        "Callers",
                                        "type",
                                        "webhook-secret",
                                        "values",
                                        Map.of("kind", "api-key", "secret", "right-key")),
                                billing))
                .json()
                .path("id")
                .asString();
        var path = "scoped-" + billing;
        var hook = Bpmn.startedBy(
                        "webhook", "Callers", "{\"path\":\"%s\",\"authentication\":\"api-key\"}".formatted(path))
                .end("end", "{}")
                .flow("start", "end");
        assertThat(publish(workflow(sales, hook)).body()).contains("unknown-connection");
        assertThat(publish(workflow(billing, hook)).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> call(path) == 202);

        movesMeanwhile(key, sales);
        await().atMost(Duration.ofSeconds(20)).until(() -> call(path) != 202);
    }

    private int call(String path) {
        return TestUser.nobody(port)
                .post("/hooks/" + path, Map.of(), "X-API-Key", "right-key")
                .status();
    }

    private String project(String name) {
        return user.post("/api/v1/projects", Map.of("name", name))
                .json()
                .path("id")
                .asString();
    }

    private String connection(String name, @Nullable String project) {
        var values = Map.of("token", "s3cret", "address", outside.url(""));
        var created = user.post(
                "/api/v1/connections", body(Map.of("name", name, "type", connector, "values", values), project));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    private Bpmn asking(String connection) {
        return Bpmn.manual()
                .connected("ask", connector + "-ask", connection, "{\"refuse\":false}")
                .end("done")
                .flow("start", "ask", "done");
    }

    private static Bpmn calling(String workflow) {
        return Bpmn.manual()
                .call("call", workflow, "published", "{}")
                .end("end")
                .flow("start", "call", "end");
    }

    private String workflow(@Nullable String project, Bpmn bpmn) {
        var created = user.post("/api/v1/workflows", body(Map.of("name", "tested", "bpmnXml", bpmn.xml()), project));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    private Answer publish(String workflow) {
        return user.post("/api/v1/workflows/" + workflow + "/publish", Map.of());
    }

    private String ended(String workflow) {
        return runs.ended(runs.startedOf(workflow, Map.of())).path("status").asString();
    }

    private Answer move(String what, String id, @Nullable String project) {
        return user.put("/api/v1/" + what + "/" + id + "/project", body(Map.of(), project));
    }

    private static Map<String, @Nullable Object> body(Map<String, ?> of, @Nullable String project) {
        var body = new HashMap<String, @Nullable Object>(of);
        body.put("projectId", project);
        return body;
    }
}
