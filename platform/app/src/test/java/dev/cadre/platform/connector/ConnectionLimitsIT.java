package dev.cadre.platform.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.TestRuns;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.platform.plugin.StepTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Steps of many runs that work with a connection of which only so much may be asked. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ConnectionLimitsIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    @LocalServerPort
    int port;

    @Autowired
    List<StepTypeSource> sources;

    @Autowired
    StepTypes types;

    @Autowired
    JdbcClient jdbc;

    private static final AtomicInteger CONNECTORS = new AtomicInteger();

    TestUser user;
    String connector;
    TestRuns runs;
    TestStub outside;
    Installed echo;
    String connection;
    final Semaphore mayEnd = new Semaphore(0);
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        var source = sources.stream()
                .filter(one -> one.getClass().getName().contains(".connector."))
                .findFirst()
                .orElseThrow();
        connector = "limited" + CONNECTORS.incrementAndGet();
        echo = new Installed(source, new EchoConnector(connector, false));
        types.add(List.of(echo.type()));
        outside = TestStub.start().on("/echo", exchange -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            mayEnd.acquire();
            atOnce.decrementAndGet();
            TestStub.json(exchange, 200, "\"hello\"");
        });
        user = TestUser.register(port);
        runs = new TestRuns(user);
        var created = user.post(
                "/api/v1/connections",
                Map.of(
                        "name",
                        "Bank",
                        "type",
                        connector,
                        "values",
                        Map.of("token", "s3cret", "address", outside.url(""))));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        connection = created.json().path("id").asString();
    }

    @AfterEach
    void stop() throws Exception {
        mayEnd.release(10_000);
        outside.close();
        echo.close();
        types.removeAll("test-" + connector);
    }

    private void limit(Integer maxConcurrent, Integer ratePerMinute) {
        var limits = new HashMap<String, Object>();
        limits.put("maxConcurrent", maxConcurrent);
        limits.put("ratePerMinute", ratePerMinute);
        var changed = user.put("/api/v1/connections/" + connection + "/limits", limits);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    private List<String> started(int count) {
        var workflow = runs.published(Bpmn.manual()
                .connected("ask", connector + "-ask", "Bank", "{\"refuse\":false}")
                .end("done")
                .flow("start", "ask", "done"));
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(runs.startedOf(workflow, Map.of()));
        }
        return ids;
    }

    private void succeed(List<String> ids) {
        await().atMost(LONG)
                .until(() -> ids.stream()
                        .allMatch(id -> runs.get(id).path("status").asString().equals("succeeded")));
    }

    @Test
    void stepsOverTheLimitWaitAndWorkWhenThereIsAPlace() {
        limit(2, null);
        var ids = started(7);
        await().atMost(LONG).until(() -> atOnce.get() == 2);
        await().atMost(LONG)
                .until(() -> ids.stream()
                                .filter(id -> runs.tasks(id)
                                        .get(0)
                                        .path("status")
                                        .asString()
                                        .equals("waiting"))
                                .count()
                        == 5);

        mayEnd.release(7);

        succeed(ids);
        assertThat(most).hasValue(2);
        assertThat(outside.asked("/echo")).isEqualTo(7);
    }

    @Test
    void attemptsOverTheRateWait() {
        limit(null, 3);
        mayEnd.release(100);
        var ids = started(5);
        await().atMost(LONG).until(() -> outside.asked("/echo") == 3);
        await().atMost(LONG)
                .until(() -> ids.stream()
                                .filter(id -> runs.tasks(id)
                                        .get(0)
                                        .path("status")
                                        .asString()
                                        .equals("waiting"))
                                .count()
                        == 2);
        assertThat(outside.asked("/echo")).isEqualTo(3);

        // As if a minute had gone by.
        jdbc.sql(
                        "update connection_queue set admitted_at = admitted_at - interval '1 minute' where connection_id = ?::uuid")
                .param(connection)
                .update();
        succeed(ids);
    }

    @Test
    void whoWaitsGoesOnWhenTheLimitIsTakenAway() {
        limit(1, null);
        var ids = started(4);
        await().atMost(LONG).until(() -> atOnce.get() == 1);

        limit(null, null);

        await().atMost(LONG).until(() -> atOnce.get() == 4);
        mayEnd.release(4);
        succeed(ids);
    }

    @Test
    void aPlaceOfACancelledRunIsFree() {
        limit(1, null);
        var ids = started(2);
        await().atMost(LONG).until(() -> atOnce.get() == 1);
        var working = ids.stream()
                .filter(id -> runs.tasks(id).get(0).path("status").asString().equals("running"))
                .findFirst()
                .orElseThrow();

        user.post("/api/v1/runs/" + working + "/cancel", Map.of());

        await().atMost(LONG).until(() -> outside.asked("/echo") == 2);
        mayEnd.release(2);
        succeed(ids.stream().filter(id -> !id.equals(working)).toList());
    }

    @Test
    void limitsAreShownCheckedAndOnesOwn() {
        limit(2, 60);
        var path = "/api/v1/connections/" + connection + "/limits";

        assertThat(user.get(path).json().path("maxConcurrent").asInt()).isEqualTo(2);
        assertThat(user.get(path).json().path("ratePerMinute").asInt()).isEqualTo(60);
        assertThat(user.put(path, Map.of("maxConcurrent", 0)).status()).isEqualTo(422);
        var stranger = TestUser.register(port);
        assertThat(stranger.get(path).status()).isEqualTo(404);
        assertThat(stranger.put(path, Map.of("maxConcurrent", 1)).status()).isEqualTo(404);
    }
}
