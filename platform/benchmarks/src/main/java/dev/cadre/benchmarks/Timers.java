package dev.cadre.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Ten thousand runs wait for timers that are due within the same second; each of them then has one effect. */
final class Timers implements Scenario {

    private static final int RUNS = 10_000;
    private static final int STARTERS = 4;

    @Override
    public void run(Bench bench) throws Exception {
        try (var sink = Sink.start(1, 5);
                var hub = Hub.start(bench.jar(), bench.home().resolve("hub"), "-Xmx1g")) {
            hub.client().register();
            var id = hub.client().publish("timer", Diagrams.timer("bench/timer", sink.port()));
            long begin = System.nanoTime();
            int due = Integer.getInteger("cadre.timers.after", 120);
            var started = ConcurrentHashMap.<String>newKeySet();
            var dueAt = Instant.now().plusSeconds(due);
            try (var starters = Executors.newFixedThreadPool(STARTERS)) {
                for (int i = 0; i < RUNS; i++) {
                    int n = i;
                    starters.submit(() -> started.add(start(hub, n, dueAt)));
                }
            }
            double starting = (System.nanoTime() - begin) / 1e9;
            bench.must(starting < due, "all runs wait before the first timer is due: " + starting + " s");
            bench.say("%d runs started in %.0f s, heap in use %d MB", started.size(), starting, hub.heapMegabytes());
            long dueNanos = begin + due * 1_000_000_000L;
            while (sink.reached("fired") < RUNS && System.nanoTime() - dueNanos < 120e9) {
                Thread.sleep(200);
            }
            Thread.sleep(5_000);
            double last = started.stream()
                    .mapToDouble(run -> (sink.lastCall(run + "/fired") - dueNanos) / 1e9)
                    .max()
                    .orElse(0);
            double first = started.stream()
                    .mapToDouble(run -> (sink.lastCall(run + "/fired") - dueNanos) / 1e9)
                    .min()
                    .orElse(0);
            bench.say(
                    "%d timers fired, %d twice; the step behind them began %.1f to %.1f s after the due time (bar 30 s)",
                    sink.reached("fired"), sink.repeats().size(), first, last);
            bench.must(started.size() == RUNS, "every start is accepted");
            bench.must(sink.reached("fired") == RUNS, "every timer fires");
            bench.must(sink.repeats().isEmpty() && sink.wrong().isEmpty(), "no timer fires twice");
            bench.must(first > -0.5, "no timer fires early");
            bench.must(hub.client().count(id, "failed") == 0, "no run fails");
        }
    }

    private static String start(Hub hub, int n, Instant dueAt) throws Exception {
        var wait = Duration.between(Instant.now(), dueAt).toString();
        return String.valueOf(hub.client()
                .call("POST", "/hooks/bench/timer", Map.of("n", n, "wait", wait))
                .get("runId"));
    }
}
