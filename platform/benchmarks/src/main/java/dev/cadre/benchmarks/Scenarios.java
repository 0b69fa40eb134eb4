package dev.cadre.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs the scenarios of docs/benchmarks.md: {@code instant}, {@code durable}, {@code waiting}, {@code start}; all of
 * them without arguments. The hub's jar must be built.
 */
public final class Scenarios {

    private static final String ORDER =
            "{\"id\":\"A1\",\"price\":12.5,\"quantity\":4,\"customer\":\"Acme Corp\",\"note\":\"please ring twice\"}";

    private Scenarios() {}

    public static void main(String[] arguments) throws Exception {
        var wanted = arguments.length == 0 ? List.of("start", "instant", "durable", "waiting") : List.of(arguments);
        var jar = Path.of(System.getProperty("cadre.jar", "platform/app/target/cadre.jar"));
        if (!Files.exists(jar)) {
            throw new IllegalStateException("Build the hub first: ./mvnw package -DskipTests (no " + jar + ")");
        }
        var home = Files.createTempDirectory("cadre-bench");
        try (var stub = Stub.start(Duration.ofMillis(5), Duration.ofSeconds(30))) {
            if (wanted.contains("start")) {
                starting(jar, home);
            }
            try (var hub = Hub.start(jar, home.resolve("load"), "-Xmx1g")) {
                hub.register();
                if (wanted.contains("instant")) {
                    hub.publish("instant", Diagrams.instant());
                    load(hub, "instant", "/hooks/bench/instant");
                }
                if (wanted.contains("durable")) {
                    hub.publish("durable", Diagrams.durable(stub.port()));
                    load(hub, "durable", "/hooks/bench/durable");
                }
            }
            if (wanted.contains("waiting")) {
                waiting(jar, home.resolve("waiting"), stub);
            }
        }
    }

    private static void starting(Path jar, Path home) throws Exception {
        var data = home.resolve("start");
        try (var first = Hub.start(jar, data)) {
            System.out.printf("start: first start, empty data  %.1f s%n", first.secondsToReady());
        }
        for (int round = 0; round < 3; round++) {
            try (var again = Hub.start(jar, data)) {
                Thread.sleep(10_000);
                System.out.printf(
                        "start: on existing data  %.1f s, idle %d MB resident%n",
                        again.secondsToReady(), again.residentMegabytes());
            }
        }
    }

    private static void load(Hub hub, String name, String path) throws Exception {
        Load.post(hub.port(), path, ORDER, 32, 40);
        for (int round = 0; round < 3; round++) {
            for (int connections : new int[] {16, 64}) {
                double cpu = hub.cpuSeconds();
                var result = Load.post(hub.port(), path, ORDER, connections, 10);
                System.out.printf(
                        "%s: %d connections  %.0f runs/s, p50 %.1f ms, p99 %.1f ms, hub CPU %.2f ms a run, %d failed%n",
                        name,
                        connections,
                        result.rate(),
                        result.p50(),
                        result.p99(),
                        (hub.cpuSeconds() - cpu) * 1000 / result.requests(),
                        result.failures());
            }
        }
    }

    /** 5,000 runs that wait for a slow service at once, then all finish. */
    private static void waiting(Path jar, Path home, Stub stub) throws Exception {
        try (var hub = Hub.start(jar, home, "-Xmx512m")) {
            hub.register();
            var id = hub.publish("waiting", Diagrams.waiting(stub.port()));
            int started = 0;
            while (started < 5_000) {
                hub.call("POST", "/hooks/bench/waiting", Map.of("n", started++));
            }
            System.out.printf(
                    "waiting: %d runs wait, most at once %d, heap in use %d MB%n",
                    started, stub.mostAtOnce(), hub.heapMegabytes());
            long begin = System.nanoTime();
            while (unfinished(hub, id) && System.nanoTime() - begin < 180e9) {
                Thread.sleep(1_000);
            }
            System.out.printf("waiting: all finished %b%n", !unfinished(hub, id));
        }
    }

    private static boolean unfinished(Hub hub, String workflow) throws Exception {
        var running = (List<?>) hub.get("/api/v1/runs?limit=1&status=running&workflowId=" + workflow).get("items");
        var waiting = (List<?>) hub.get("/api/v1/runs?limit=1&status=failed&workflowId=" + workflow).get("items");
        if (waiting != null && !waiting.isEmpty()) {
            throw new IllegalStateException("A run failed: " + waiting.getFirst());
        }
        return running != null && !running.isEmpty();
    }
}
