package dev.cadre.benchmarks;

import java.time.Duration;
import java.util.Map;

/** Many steps that wait for a slow service at once, in a hub with half a gigabyte of heap; all of them finish. */
final class InFlight implements Scenario {

    private final int runs;
    private final int slowSeconds;

    InFlight(int runs, int slowSeconds) {
        this.runs = runs;
        this.slowSeconds = slowSeconds;
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var stub = Stub.start(Duration.ofMillis(5), Duration.ofSeconds(slowSeconds));
                var hub = Hub.start(bench.jar(), bench.home().resolve("hub"), "-Xmx512m")) {
            var client = hub.client();
            client.register();
            var id = client.publish("waiting", Diagrams.waiting(stub.port(), slowSeconds + 60));
            for (int n = 0; n < runs; n++) {
                client.call("POST", "/hooks/bench/waiting", Map.of("n", n));
            }
            // The last of them are on their way to the service.
            Thread.sleep(2_000);
            bench.say("%d runs wait, most at once %d, heap in use %d MB", runs, stub.mostAtOnce(), hub.heapMegabytes());
            long begin = System.nanoTime();
            long succeeded = client.count(id, "succeeded");
            while (succeeded < runs && client.count(id, "failed") == 0 && System.nanoTime() - begin < 240e9) {
                Thread.sleep(1_000);
                succeeded = client.count(id, "succeeded");
            }
            bench.say("%d of %d runs succeeded, service called %d times", succeeded, runs, stub.called());
            bench.must(stub.mostAtOnce() == runs, "all were at the service at once");
            bench.must(succeeded == runs, "every run succeeds");
            bench.must(stub.called() == runs, "no call was made twice");
        }
    }
}
