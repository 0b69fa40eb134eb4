package dev.cadre.benchmarks;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A hub alone, with its embedded PostgreSQL, is killed again and again while 200 runs are under way. */
final class Crash implements Scenario {

    static final int STEPS = 8;
    private static final int AT_ONCE = 200;

    @Override
    public void run(Bench bench) throws Exception {
        var recovery = new Recovery();
        try (var sink = Sink.start(100, 900);
                var hub = Hub.start(bench.jar(), bench.home().resolve("hub"))) {
            hub.client().register();
            hub.client().publish("effects", Diagrams.effects("bench/effects", sink.port(), STEPS));
            try (var runs = new SteadyRuns(List.of(hub), "/hooks/bench/effects", sink, "s" + STEPS, AT_ONCE)) {
                Thread.sleep(3_000);
                for (int round = 1; round <= Bench.rounds(50); round++) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(300, 5_000));
                    recovery.kill(hub);
                    if (round % 5 == 0) {
                        // Once more while it starts.
                        hub.launchAgain();
                        Thread.sleep(ThreadLocalRandom.current().nextInt(500, 9_000));
                        recovery.kill(hub);
                        round++;
                    }
                    hub.restart();
                }
                Thread.sleep(2_000);
                runs.close();
                recovery.report(bench, sink, runs, runs.lost(hub.client(), 120), STEPS, 30);
            }
        }
    }
}
