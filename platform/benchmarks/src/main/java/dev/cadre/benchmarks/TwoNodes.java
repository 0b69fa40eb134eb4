package dev.cadre.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * One node and two nodes in turn, each with the same number of callers, on a step that takes 100 ms somewhere else. It shows
 * that nodes do not stand in each other's way; they share cores and PostgreSQL, so it says nothing of work that needs CPU.
 */
final class TwoNodes implements Scenario {

    private static final int CALLERS = 12;
    private static final double BAR = 1.8;

    @Override
    public void run(Bench bench) throws Exception {
        try (var stub = Stub.start(Duration.ofMillis(100), Duration.ofSeconds(30));
                var postgres = Postgres.start(bench.home().resolve("postgres"));
                var pair = Pair.start(bench, postgres)) {
            pair.first().client().register();
            pair.first().client().publish("call", Diagrams.call("bench/call", stub.port()));
            pair.awaitTogether();
            load(pair.hubs(), 15);
            double one = 0;
            double two = 0;
            int rounds = Bench.rounds(3);
            for (int round = 0; round < rounds; round++) {
                one += load(List.of(pair.hubs().get(round % 2)), 10) / rounds;
                two += load(pair.hubs(), 10) / rounds;
            }
            bench.say(
                    "%d callers at each node: one node %.0f runs/s, two nodes %.0f runs/s, ratio %.2f (bar %.1f)",
                    CALLERS, one, two, two / one, BAR);
        }
    }

    private static double load(List<Hub> hubs, double seconds) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var loads = hubs.stream()
                    .map(hub -> threads.submit(
                            () -> Load.post(hub.port(), "/hooks/bench/call", Throughput.ORDER, CALLERS, seconds)))
                    .toList();
            double rate = 0;
            for (var load : loads) {
                var result = load.get();
                if (result.failures() > 0) {
                    throw new IllegalStateException(result.failures() + " requests failed");
                }
                rate += result.rate();
            }
            return rate;
        }
    }
}
