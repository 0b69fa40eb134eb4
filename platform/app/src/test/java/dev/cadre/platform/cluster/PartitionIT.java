package dev.cadre.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.Bpmn;
import dev.cadre.platform.DatabaseProxy;
import dev.cadre.platform.HubProcess;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestStub;
import dev.cadre.platform.TestUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The network between two hubs is cut while both reach the database: each takes the other for gone, and neither is. */
@Tag("slow")
class PartitionIT {

    private static final int STEPS = 4;
    private static final Duration LONG = Duration.ofSeconds(120);

    @Test
    void nothingRunsTwiceWhileNodesCannotReachEachOther(@TempDir Path folder) throws Exception {
        int firstPort = freePort();
        int secondPort = freePort();
        try (var toFirst = DatabaseProxy.to(firstPort);
                var toSecond = DatabaseProxy.to(secondPort);
                var sink = TestStub.start().on("/effect", exchange -> {
                    Thread.sleep(300);
                    TestStub.json(exchange, 200, "{}");
                });
                var hubs = start(folder, List.of(firstPort, secondPort), List.of(toFirst, toSecond))) {
            var user = TestUser.register(hubs.first().port());
            var workflow = publish(user, steps(sink));
            var ticks = publish(
                    user,
                    Bpmn.startedBy("schedule", "{\"every\":\"PT1S\"}")
                            .end("done")
                            .flow("start", "done"));
            awaitTogether(user, hubs, true);
            var runs = new ArrayList<>(startRuns(user, workflow, hubs));

            toFirst.freeze();
            toSecond.freeze();
            awaitTogether(user, hubs, false);
            runs.addAll(startRuns(user, workflow, hubs));
            int before = times(user, ticks).size();
            await().atMost(LONG).until(() -> times(user, ticks).size() >= before + 15);
            runs.addAll(startRuns(user, workflow, hubs));
            toFirst.thaw();
            toSecond.thaw();
            awaitTogether(user, hubs, true);

            for (var run : runs) {
                await().atMost(LONG)
                        .until(() -> user.get("/api/v1/runs/" + run)
                                .json()
                                .path("status")
                                .asString()
                                .equals("succeeded"));
            }
            assertThat(sink.asked()).hasSize(runs.size() * STEPS);
            assertThat(sink.asked().stream().map(TestStub.Asked::key)).doesNotHaveDuplicates();
            var times = times(user, ticks);
            for (int i = 1; i < times.size(); i++) {
                assertThat(Duration.between(times.get(i - 1), times.get(i))).isEqualTo(Duration.ofSeconds(1));
            }
        }
    }

    private record Hubs(HubProcess first, HubProcess second) implements AutoCloseable {

        List<HubProcess> both() {
            return List.of(first, second);
        }

        @Override
        public void close() throws Exception {
            first.close();
            second.close();
        }
    }

    private static Hubs start(Path folder, List<Integer> ports, List<DatabaseProxy> ways) throws Exception {
        var database = TestDatabase.emptyDatabase();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starting = List.of(0, 1).stream()
                    .map(i -> threads.submit(() -> {
                        var environment = new HashMap<>(database);
                        environment.put("CADRE_EGRESS_ALLOW", "127.0.0.1");
                        environment.put("CADRE_CLUSTER_PORT", Integer.toString(ports.get(i)));
                        environment.put(
                                "CADRE_CLUSTER_PUBLIC_ADDRESS",
                                "127.0.0.1:" + ways.get(i).port());
                        return HubProcess.start(Files.createDirectory(folder.resolve("hub" + i)), environment);
                    }))
                    .toList();
            return new Hubs(starting.get(0).get(), starting.get(1).get());
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void awaitTogether(TestUser user, Hubs hubs, boolean together) {
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(hubs.both()).allSatisfy(hub -> {
                    var nodes = new ArrayList<JsonNode>();
                    user.at(hub.port())
                            .get("/api/v1/cluster/nodes")
                            .json()
                            .path("items")
                            .forEach(nodes::add);
                    // Nobody is taken for dead: the rows of both are there all the time.
                    assertThat(nodes).hasSize(2);
                    assertThat(nodes.stream()
                                    .allMatch(node -> node.path("connected").asBoolean()))
                            .isEqualTo(together);
                }));
    }

    private static Bpmn steps(TestStub sink) {
        var bpmn = Bpmn.manual();
        for (int i = 1; i <= STEPS; i++) {
            bpmn.step("s" + i, "http-request", "{\"method\":\"POST\",\"url\":\"" + sink.url("/effect") + "\"}");
        }
        return bpmn.end("done").flow("start", "s1", "s2", "s3", "s4", "done");
    }

    private static String publish(TestUser user, Bpmn bpmn) {
        var workflow = user.post("/api/v1/workflows", Map.of("name", "cut off", "bpmnXml", bpmn.xml()));
        var id = workflow.json().path("id").asString();
        assertThat(user.post("/api/v1/workflows/" + id + "/publish", Map.of()).status())
                .isEqualTo(200);
        return Objects.requireNonNull(id);
    }

    /** Ten at each. */
    private static List<String> startRuns(TestUser user, String workflow, Hubs hubs) {
        var runs = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            var started = user.at(hubs.both().get(i % 2).port())
                    .post("/api/v1/workflows/" + workflow + "/run", Map.of("input", Map.of()));
            assertThat(started.status()).as(started.body()).isEqualTo(202);
            runs.add(started.json().path("run").path("id").asString());
        }
        return runs;
    }

    private static List<Instant> times(TestUser user, String workflow) {
        return user.get("/api/v1/runs?limit=200&workflowId=" + workflow)
                .json()
                .path("items")
                .valueStream()
                .map(run -> Instant.parse(run.path("input").path("scheduledAt").asString()))
                .sorted()
                .toList();
    }
}
