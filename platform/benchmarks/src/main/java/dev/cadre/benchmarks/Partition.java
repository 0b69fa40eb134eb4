package dev.cadre.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The network between two hubs is cut for a minute, under load; both still reach the database. */
final class Partition implements Scenario {

    private static final int STEPS = 4;
    private static final int AT_ONCE = 60;
    private static final int CUT_SECONDS = 60;

    @Override
    public void run(Bench bench) throws Exception {
        int firstPort = Hub.freePort();
        int secondPort = Hub.freePort();
        try (var toFirst = Proxy.before(firstPort);
                var toSecond = Proxy.before(secondPort);
                var sink = Sink.start(100, 900);
                var postgres = Postgres.start(bench.home().resolve("postgres"));
                var pair = Pair.start(bench, postgres, cluster(firstPort, toFirst), cluster(secondPort, toSecond))) {
            var client = pair.first().client();
            client.register();
            client.publish("effects", Diagrams.effects("bench/effects", sink.port(), STEPS));
            var ticks = client.publish("tick", Diagrams.everySecond());
            pair.awaitTogether();
            try (var runs = new SteadyRuns(pair.hubs(), "/hooks/bench/effects", sink, "s" + STEPS, AT_ONCE)) {
                Thread.sleep(5_000);
                toFirst.cut();
                toSecond.cut();
                Thread.sleep(CUT_SECONDS * 500L);
                boolean apart = !pair.areTogether();
                Thread.sleep(CUT_SECONDS * 500L);
                toFirst.heal();
                toSecond.heal();
                long healed = System.nanoTime();
                pair.awaitTogether();
                double together = (System.nanoTime() - healed) / 1e9;
                Thread.sleep(5_000);
                runs.close();
                client.call("POST", "/api/v1/triggers/schedules/" + ticks + "/pause", Map.of());
                var lost = runs.lost(client, 60);
                report(bench, sink, runs, lost.size(), apart, together);
                times(bench, client, ticks);
            }
        }
    }

    private static Map<String, String> cluster(int port, Proxy proxy) {
        return Map.of("CADRE_CLUSTER_PORT", Integer.toString(port), "CADRE_CLUSTER_PUBLIC_ADDRESS", proxy.address());
    }

    private static void report(Bench bench, Sink sink, SteadyRuns runs, int lost, boolean apart, double together) {
        bench.say(
                "cut for %d s: %d runs accepted, %d lost, %d effects, %d asked for twice, %d with a wrong key; together again after %.0f s",
                CUT_SECONDS,
                runs.started(),
                lost,
                sink.effects(),
                sink.repeats().size(),
                sink.wrong().size(),
                together);
        bench.must(apart, "the hubs lost each other, or this has shown nothing");
        bench.must(lost == 0, "no run is lost");
        bench.must(sink.repeats().isEmpty() && sink.wrong().isEmpty(), "no step runs twice");
        bench.must(
                runs.answers().keySet().stream().allMatch(status -> status == 202),
                "every start is accepted: " + runs.answers());
    }

    private static void times(Bench bench, Client client, String workflow) throws Exception {
        List<Instant> times = client.items("/api/v1/runs?limit=200&workflowId=" + workflow).stream()
                .map(run -> (Map<?, ?>) Objects.requireNonNull(run.get("input")))
                .map(input -> Instant.parse(String.valueOf(input.get("scheduledAt"))))
                .sorted()
                .toList();
        int wrong = 0;
        for (int i = 1; i < times.size(); i++) {
            if (!Duration.between(times.get(i - 1), times.get(i)).equals(Duration.ofSeconds(1))) {
                wrong++;
            }
        }
        bench.say("%d ticks of a second, %d missing or twice", times.size(), wrong);
        bench.must(times.size() > CUT_SECONDS && wrong == 0, "each tick starts one run");
    }
}
