package dev.cadre.platform.run.internal.work;

import static dev.cadre.platform.TestRuns.get;
import static dev.cadre.platform.TestRuns.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.DatabaseProxy;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.TestModel;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub whose connection to the database breaks at the worst moment: when the answer is on its way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswersIT {

    private static final String ONCE = "<cadre:retry attempts='1'/>";

    private DatabaseProxy proxy;
    private TestModel model;
    private TestHub hub;
    private TestUser user;
    private TestRuns runs;
    private TestStub outside;

    @BeforeAll
    void startHub() throws Exception {
        var database = new HashMap<>(TestDatabase.emptyDatabase());
        // The text of a statement is then in every request.
        database.merge("CADRE_DB_URL", "?prepareThreshold=0", String::concat);
        proxy = DatabaseProxy.before(database);
        model = new TestModel();
        hub = TestHub.start(proxy.through(database), model.properties());
        user = TestUser.register(hub.port());
        runs = new TestRuns(user);
    }

    @AfterAll
    void stopHub() throws Exception {
        hub.close();
        proxy.close();
        model.close();
    }

    @BeforeEach
    void open() {
        outside = TestStub.start().on("/done", exchange -> TestStub.json(exchange, 200, "{\"ok\":true}"));
    }

    @AfterEach
    void close() {
        outside.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from agent_turn", "insert into agent_turn", "from task where parent_id"})
    void anAgentsWorkIsNeitherLostNorPaidTwice(String statement) {
        model.says(TestModel.calls(post(outside, "/done")), TestModel.text("fine"));
        var workflow = runs.published(agent());
        int before = proxy.lost();

        proxy.loseAnswerTo(statement);
        var run = runs.ended(runs.startedOf(workflow, Map.of()));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("succeeded");
        assertThat(proxy.lost()).isEqualTo(before + 1);
        assertThat(model.asked()).isEqualTo(2);
        assertThat(outside.asked("/done")).isEqualTo(1);
        assertThat(run.path("usage").path("inputTokens").asInt()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from agent_turn", "insert into agent_turn", "COMMIT", "from task where parent_id"})
    void anAgentWithDrawnToolsLosesNothingAndPaysNothingTwice(String statement) {
        model.says(TestModel.wants("done", "{}", "sum", "{}"), TestModel.text("fine"));
        var tools = Bpmn.inside()
                .tool("done", "http-request", post(outside, "/done"), ONCE)
                .tool("sum", "calculator", "{\"expression\":\"1 + 1\"}");
        var inputs = "{\"message\":\"go\",\"model\":\"" + TestModel.NAME + "\"}";
        var workflow = runs.published(Bpmn.manual()
                .agent("agent", inputs, tools, ONCE)
                .end("done-end")
                .flow("start", "agent", "done-end"));
        int before = proxy.lost();

        // Of the commits the one that begins the tools, which follows the model's answer.
        if (statement.equals("COMMIT")) {
            model.onceAsked(() -> proxy.loseAnswerTo(statement));
        } else {
            proxy.loseAnswerTo(statement);
        }
        var run = runs.ended(runs.startedOf(workflow, Map.of()));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("succeeded");
        assertThat(proxy.lost()).isEqualTo(before + 1);
        assertThat(model.asked()).isEqualTo(2);
        assertThat(outside.asked("/done")).isEqualTo(1);
    }

    @Test
    void cancellingARunEndsTheToolsOfItsAgentAtOnce() {
        var never = new CountDownLatch(1);
        outside.on("/held", exchange -> never.await());
        model.says(TestModel.calls(get(outside, "/held"), get(outside, "/held")));
        var id = runs.started(agent(), Map.of());
        await().until(() -> outside.asked("/held") == 2);

        user.post("/api/v1/runs/" + id + "/cancel", Map.of());

        await().until(() -> hub.bean(Workbench.class).inWork() == 0);
        assertThat(runs.get(id).path("status").asString()).isEqualTo("cancelled");
        never.countDown();
    }

    private static Bpmn agent() {
        var inputs = "{\"message\":\"go\",\"model\":\"" + TestModel.NAME + "\",\"tools\":[\"http-request\"]}";
        return Bpmn.manual().step("agent", "agent", inputs, ONCE).end("done").flow("start", "agent", "done");
    }
}
