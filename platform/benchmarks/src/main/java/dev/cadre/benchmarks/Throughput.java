package dev.cadre.benchmarks;

import java.time.Duration;

/** Runs a second through a webhook that answers at the end of the run. */
final class Throughput implements Scenario {

    static final String ORDER =
            "{\"id\":\"A1\",\"price\":12.5,\"quantity\":4,\"customer\":\"Acme Corp\",\"note\":\"please ring twice\"}";

    private interface Diagram {
        String of(int stubPort);
    }

    private final String name;
    private final Diagram diagram;

    private Throughput(String name, Diagram diagram) {
        this.name = name;
        this.diagram = diagram;
    }

    static Throughput instant() {
        return new Throughput("instant", _ -> Diagrams.instant());
    }

    static Throughput durable() {
        return new Throughput("durable", Diagrams::durable);
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var stub = Stub.start(Duration.ofMillis(5), Duration.ofSeconds(30));
                var hub = Hub.start(bench.jar(), bench.home().resolve("hub"), "-Xmx1g")) {
            hub.client().register();
            hub.client().publish(name, diagram.of(stub.port()));
            load(bench, hub, "/hooks/bench/" + name);
        }
    }

    private static void load(Bench bench, Hub hub, String path) throws Exception {
        Load.post(hub.port(), path, ORDER, 32, 40);
        for (int round = 0; round < Bench.rounds(3); round++) {
            for (int connections : new int[] {16, 64}) {
                double cpu = hub.cpuSeconds();
                var result = Load.post(hub.port(), path, ORDER, connections, 10);
                bench.say(
                        "%d connections  %.0f runs/s, p50 %.1f ms, p99 %.1f ms, hub CPU %.2f ms a run, %d failed",
                        connections,
                        result.rate(),
                        result.p50(),
                        result.p99(),
                        (hub.cpuSeconds() - cpu) * 1000 / result.requests(),
                        result.failures());
                bench.must(result.failures() == 0, "every webhook answers 2xx");
            }
        }
    }
}
