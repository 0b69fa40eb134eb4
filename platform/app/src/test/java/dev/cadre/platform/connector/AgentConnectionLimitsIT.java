package dev.cadre.platform.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.OwnHubs;
import dev.cadre.platform.TestModel;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.platform.plugin.StepTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tools of agents that work with a connection of which only so much may be asked. */
class AgentConnectionLimitsIT extends OwnHubs {

    private static final AtomicInteger CONNECTORS = new AtomicInteger();
    private static final String MODEL = "\"model\":\"" + TestModel.NAME + "\"";

    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private String connector;
    private Installed echo;

    AgentConnectionLimitsIT() {
        super(1);
    }

    @BeforeEach
    void install() throws Exception {
        var source = hub.beans(StepTypeSource.class).stream()
                .filter(one -> one.getClass().getName().contains(".connector."))
                .findFirst()
                .orElseThrow();
        connector = "agents" + CONNECTORS.incrementAndGet();
        echo = new Installed(source, new EchoConnector(connector, false));
        hub.bean(StepTypes.class).add(List.of(echo.type()));
        outside.on("/echo", exchange -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            mayEnd.acquire();
            atOnce.decrementAndGet();
            TestStub.json(exchange, refusals.getAndDecrement() > 0 ? 503 : 200, "\"hello\"");
        });
        var values = Map.of("token", "s3cret", "address", outside.url(""));
        var created = user.post("/api/v1/connections", Map.of("name", connector, "type", connector, "values", values));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        var limits = new HashMap<String, Object>();
        limits.put("maxConcurrent", 1);
        limits.put("ratePerMinute", null);
        var changed =
                user.put("/api/v1/connections/" + created.json().path("id").asString() + "/limits", limits);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    @AfterEach
    void remove() throws Exception {
        mayEnd.release(1_000);
        echo.close();
        hub.bean(StepTypes.class).removeAll("test-" + connector);
        mayEnd.drainPermits();
        most.set(0);
    }

    private String ask() {
        return connector + "-ask";
    }

    private Bpmn plain(String... more) {
        return Bpmn.manual()
                .step(
                        "agent",
                        "agent",
                        "{\"message\":\"go\"," + MODEL + ",\"tools\":[\"" + ask() + "@" + connector + "\"]}",
                        more)
                .end("done")
                .flow("start", "agent", "done");
    }

    private Bpmn drawn() {
        var tool =
                "<serviceTask id='look'><documentation>Asks</documentation><extensionElements><cadre:step use='%s' connection='%s'>{}</cadre:step></extensionElements></serviceTask>"
                        .formatted(ask(), connector);
        return Bpmn.manual()
                .agent(
                        "helper",
                        "{\"message\":\"go\"," + MODEL + "}",
                        Bpmn.inside().element(tool))
                .end("done")
                .flow("start", "helper", "done");
    }

    private void oneAtATime(Bpmn bpmn, String tool) {
        model.says(TestModel.wants(tool, "{}", tool, "{}", tool, "{}"), TestModel.text("fine"));
        var id = runs.started(bpmn, Map.of());
        await().atMost(LONG).until(() -> atOnce.get() == 1);
        await().atMost(LONG).until(() -> waiting() == 2);
        assertThat(outside.asked("/echo")).isEqualTo(1);

        mayEnd.release(3);

        var run = runs.ended(id);
        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("succeeded");
        assertThat(most).hasValue(1);
        assertThat(outside.asked("/echo")).isEqualTo(3);
    }

    @Test
    void aToolThatWaitsForItsNextAttemptLeavesItsPlaceToOthers() {
        refusals.set(1);
        mayEnd.release(2);
        model.says(TestModel.wants(ask(), "{}", ask(), "{}"), TestModel.text("fine"));

        var run = runs.started(plain("<cadre:retry attempts='2' backoff='PT30M' maxBackoff='PT30M'/>"), Map.of());

        await().atMost(LONG).until(() -> calls(run).equals(List.of("running 2", "succeeded 1")));
        user.post("/api/v1/runs/" + run + "/cancel", Map.of());
        runs.ended(run);
    }

    /** Status and attempt of the tool calls of a run, sorted. */
    private List<String> calls(String run) {
        return hub.bean(JdbcClient.class)
                .sql(
                        "select status || ' ' || attempt from task where run_id = ?::uuid and call_id is not null order by 1")
                .param(run)
                .query(String.class)
                .list();
    }

    private int waiting() {
        return hub.bean(JdbcClient.class)
                .sql("select count(*) from connection_queue where admitted_at is null")
                .query(Integer.class)
                .single();
    }

    @Test
    void toolsOfAPlainAgentWaitForAPlace() {
        oneAtATime(plain(), ask());
    }

    @Test
    void drawnToolsWaitForAPlace() {
        oneAtATime(drawn(), "look");
    }

    @Test
    void aCancelledAgentWaitsNoMoreAndItsPlaceIsFree() {
        model.says(TestModel.wants(ask(), "{}", ask(), "{}"), TestModel.text("fine"));
        var workflow = runs.published(plain());
        var cancelled = runs.startedOf(workflow, Map.of());
        await().atMost(LONG).until(() -> atOnce.get() == 1 && waiting() == 1);
        user.post("/api/v1/runs/" + cancelled + "/cancel", Map.of());
        runs.ended(cancelled);

        model.says(TestModel.wants(ask(), "{}"), TestModel.text("fine"));
        var ids = new ArrayList<String>();
        ids.add(runs.startedOf(workflow, Map.of()));
        mayEnd.release(5);

        ids.forEach(id -> assertThat(runs.ended(id).path("status").asString()).isEqualTo("succeeded"));
    }
}
