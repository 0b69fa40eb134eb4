package dev.cadre.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.HubProcess;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import dev.cadre.platform.WebClient;
import dev.cadre.platform.plugin.PluginJarBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two hubs in processes of their own, on one empty database, started at the same moment and told nothing of each other. */
@Tag("slow")
class ClusterIT {

    private static final int STEPS = 4;
    private static final Duration LONG = Duration.ofSeconds(120);

    private static HubProcess first;
    private static HubProcess second;
    private static TestUser user;

    private TestStub sink;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        var environment = new HashMap<>(TestDatabase.emptyDatabase());
        environment.put("CADRE_EGRESS_ALLOW", "127.0.0.1");
        var hubs = HubProcess.start(
                List.of(
                        Files.createDirectory(folder.resolve("first")),
                        Files.createDirectory(folder.resolve("second"))),
                environment);
        first = hubs.get(0);
        second = hubs.get(1);
        user = TestUser.register(first.port());
    }

    @AfterAll
    static void stop() throws Exception {
        for (var hub : List.of(first, second)) {
            hub.close();
        }
    }

    @BeforeEach
    void bothNodesSeeEachOther() {
        awaitConnected();
        sink = TestStub.start().on("/effect", exchange -> {
            Thread.sleep(150);
            TestStub.json(exchange, 200, "{\"done\":true}");
        });
    }

    @AfterEach
    void closeSink() {
        sink.close();
    }

    /** The limit is so high that one percent of it can be seen, and low enough that both nodes reach it in a moment. */
    @Test
    void aMinutesRequestsAreCountedForBothNodesTogether() throws Exception {
        int limit = 300;
        var ada = TestUser.register(first.port());
        var nodes = List.of(ada, ada.at(second.port()));
        await().atMost(LONG).until(() -> countTogether(nodes));
        ada.put("/api/v1/rate-limits", Map.of("eachCaller", limit));
        await().atMost(LONG)
                .until(() -> nodes.getLast()
                        .get("/api/v1/rate-limits")
                        .header("RateLimit-Limit")
                        .equals("" + limit));
        int before = limit - Integer.parseInt(ada.get("/api/v1/rate-limits").header("RateLimit-Remaining"));

        var granted = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int at = 0; at < 2 * limit; at++) {
                var node = nodes.get(at % 2);
                threads.execute(() -> {
                    int status = node.get("/api/v1/rate-limits").status();
                    (status == 200 ? granted : refused).incrementAndGet();
                });
            }
        }

        assertThat(before + granted.get()).isBetween(limit - limit / 100, limit + limit / 100);
        assertThat(granted.get() + refused.get()).isEqualTo(2 * limit);
    }

    /** Whether each node sees what was asked of the other one. */
    private static boolean countTogether(List<TestUser> nodes) {
        var left = nodes.stream()
                .map(node -> node.get("/api/v1/rate-limits").header("RateLimit-Remaining"))
                .mapToInt(Integer::parseInt)
                .toArray();
        return left[1] == left[0] - 1;
    }

    @Test
    void nodesFindEachOtherWithoutConfiguration() {
        var nodes = nodes(first);

        assertThat(nodes).hasSize(2).allSatisfy(node -> {
            assertThat(node.path("version").asString()).isEqualTo("0.1.0");
            assertThat(node.path("connected").asBoolean()).isTrue();
            assertThat(node.path("load").path("heapUsed").asLong()).isPositive();
        });
        assertThat(nodes)
                .extracting(node -> node.path("address").asString().replaceAll(".*:", ""))
                .containsExactlyInAnyOrder(Integer.toString(first.port()), Integer.toString(second.port()));
        assertThat(user.at(second.port())
                        .colleague("member")
                        .at(second.port())
                        .get("/api/v1/cluster/nodes")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aWebClientOfOneNodeSeesTheRunsOfTheOther() throws Exception {
        var workflow = publish();
        var stranger = TestUser.register(second.port());
        try (var client = WebClient.connect(second.port(), user.token());
                var strange = WebClient.connect(second.port(), stranger.token())) {
            // The nodes tell each other a moment later whose clients they have.
            await().atMost(LONG).until(() -> {
                startRuns(workflow, 1, first);
                return client.heard().stream().anyMatch(event -> event.contains("\"run\""));
            });
            var run = startRuns(workflow, 1, first).getFirst();

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(client.heard())
                            .anyMatch(event -> event.contains(run) && event.contains("\"succeeded\"")));
            assertThat(strange.heard()).isEmpty();
        }
    }

    @Test
    void aPluginReachesEveryNode() throws Exception {
        var jar = PluginJarBuilder.working("everywhere").bytes();
        assertThat(user.upload("/api/v1/plugins", "jar", "plugin.jar", jar).status())
                .isEqualTo(201);
        awaitStepType(second, true);

        user.at(second.port()).post("/api/v1/plugins/everywhere/disable", "");
        awaitStepType(first, false);
        user.at(second.port()).post("/api/v1/plugins/everywhere/enable", "");
        awaitStepType(first, true);

        assertThat(user.delete("/api/v1/plugins/everywhere").status()).isEqualTo(204);
        awaitStepType(second, false);
        assertThat(user.at(second.port()).get("/api/v1/plugins").body()).doesNotContain("everywhere");
    }

    private static void awaitStepType(HubProcess hub, boolean there) {
        await().atMost(LONG)
                .until(() ->
                        user.at(hub.port()).get("/api/v1/step-types").body().contains("\"everywhere\"") == there);
    }

    @Test
    void aSessionThatEndsOnOneNodeEndsOnTheOther() {
        var leaving = TestUser.register(first.port());
        assertThat(leaving.at(second.port()).get("/api/v1/me").status()).isEqualTo(200);

        assertThat(leaving.post("/auth/logout", Map.of()).status()).isEqualTo(200);

        await().atMost(LONG)
                .until(() -> leaving.at(second.port()).get("/api/v1/me").status() == 401);
    }

    @Test
    void whatAKilledNodeWorkedOnGoesOnElsewhere() throws Exception {
        var workflow = publish();
        var runs = startRuns(workflow, 40);
        await().atMost(LONG).until(() -> sink.asked().size() >= 20);

        second.kill();

        await().atMost(LONG).untilAsserted(() -> assertThat(nodes(first)).hasSize(1));
        awaitSucceeded(runs);
        // Only calls that the kill cut off may have been made again, each with its key.
        assertThat(keys()).hasSize(40 * STEPS);
        assertThat(sink.asked()).hasSizeLessThanOrEqualTo(40 * STEPS + 20);
        second.restart();
    }

    @Test
    void aRollingRestartLosesNothingAndRepeatsNothing() throws Exception {
        var workflow = publish();
        var runs = new ArrayList<>(startRuns(workflow, 20));

        second.stop();
        runs.addAll(startRuns(workflow, 10, first));
        second.restart();
        awaitConnected();
        runs.addAll(startRuns(workflow, 20));
        first.stop();
        runs.addAll(startRuns(workflow, 10, second));
        first.restart();

        awaitSucceeded(runs);
        assertThat(keys()).hasSize(60 * STEPS);
        assertThat(sink.asked()).hasSize(60 * STEPS);
    }

    @Test
    void aScheduleFiresEachTimeOnceThroughTheDeathOfANode() throws Exception {
        var schedule =
                Bpmn.startedBy("schedule", "{\"every\":\"PT1S\"}").end("done").flow("start", "done");
        var workflow = publish(schedule);
        await().atMost(LONG).until(() -> firedFor(workflow).size() >= 5);

        second.kill();

        int before = firedFor(workflow).size();
        await().atMost(LONG).until(() -> firedFor(workflow).size() >= before + 6);
        second.restart();
        awaitConnected();
        int after = firedFor(workflow).size();
        await().atMost(LONG).until(() -> firedFor(workflow).size() >= after + 3);
        var times = firedFor(workflow);
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isEqualTo(Duration.ofSeconds(1));
        }
        assertThat(user.post("/api/v1/triggers/schedules/" + workflow + "/pause", Map.of())
                        .status())
                .isEqualTo(200);
    }

    private static List<Instant> firedFor(String workflow) {
        return user.get("/api/v1/runs?limit=200&workflowId=" + workflow)
                .json()
                .path("items")
                .valueStream()
                .map(run -> Instant.parse(run.path("input").path("scheduledAt").asString()))
                .sorted()
                .toList();
    }

    private List<String> keys() {
        return sink.asked().stream().map(TestStub.Asked::key).distinct().toList();
    }

    private static void awaitConnected() {
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(List.of(first, second))
                        .allSatisfy(hub -> assertThat(nodes(hub))
                                .hasSize(2)
                                .allMatch(node -> node.path("connected").asBoolean())));
    }

    private static void awaitSucceeded(List<String> runs) {
        for (var run : runs) {
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(user.at(first.port())
                                    .get("/api/v1/runs/" + run)
                                    .json()
                                    .path("status")
                                    .asString())
                            .isEqualTo("succeeded"));
        }
    }

    private static List<JsonNode> nodes(HubProcess hub) {
        var nodes = new ArrayList<JsonNode>();
        user.at(hub.port()).get("/api/v1/cluster/nodes").json().path("items").forEach(nodes::add);
        return nodes;
    }

    private String publish() {
        var inputs = "{\"method\":\"POST\",\"url\":\"" + sink.url("/effect") + "\",\"body\":{\"n\":1}}";
        var bpmn = Bpmn.manual();
        for (int i = 1; i <= STEPS; i++) {
            bpmn.step("s" + i, "http-request", inputs);
        }
        return publish(bpmn.end("done").flow("start", "s1", "s2", "s3", "s4", "done"));
    }

    private static String publish(Bpmn bpmn) {
        var workflow = user.post("/api/v1/workflows", Map.of("name", "four steps", "bpmnXml", bpmn.xml()));
        var id = workflow.json().path("id").asString();
        assertThat(user.post("/api/v1/workflows/" + id + "/publish", Map.of()).status())
                .isEqualTo(200);
        return Objects.requireNonNull(id);
    }

    /** Half of them at each node. */
    private static List<String> startRuns(String workflow, int count) {
        var runs = new ArrayList<String>();
        runs.addAll(startRuns(workflow, count / 2, first));
        runs.addAll(startRuns(workflow, count - count / 2, second));
        return runs;
    }

    private static List<String> startRuns(String workflow, int count, HubProcess hub) {
        var runs = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var started = user.at(hub.port()).post("/api/v1/workflows/" + workflow + "/run", Map.of("input", Map.of()));
            assertThat(started.status()).as(started.body()).isEqualTo(202);
            runs.add(started.json().path("run").path("id").asString());
        }
        return runs;
    }
}
