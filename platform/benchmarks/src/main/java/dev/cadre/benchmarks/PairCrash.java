package dev.cadre.benchmarks;

import java.util.concurrent.ThreadLocalRandom;

/** One of two hubs on one database is killed, again and again, while 200 runs are under way; the other goes on. */
final class PairCrash implements Scenario {

    private static final int AT_ONCE = 200;

    @Override
    public void run(Bench bench) throws Exception {
        var recovery = new Recovery();
        try (var sink = Sink.start(100, 900);
                var postgres = Postgres.start(bench.home().resolve("postgres"));
                var pair = Pair.start(bench, postgres)) {
            pair.first().client().register();
            pair.first().client().publish("effects", Diagrams.effects("bench/effects", sink.port(), Crash.STEPS));
            pair.awaitTogether();
            try (var runs = new SteadyRuns(pair.hubs(), "/hooks/bench/effects", sink, "s" + Crash.STEPS, AT_ONCE)) {
                Thread.sleep(3_000);
                for (int round = 1; round <= Bench.rounds(25); round++) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(300, 4_000));
                    var victim = pair.hubs().get(ThreadLocalRandom.current().nextInt(2));
                    recovery.kill(victim);
                    Thread.sleep(ThreadLocalRandom.current().nextInt(1_000, 7_000));
                    victim.restart();
                    pair.awaitTogether();
                }
                runs.close();
                recovery.report(bench, sink, runs, runs.lost(pair.first().client(), 120), Crash.STEPS, 5);
            }
        }
    }
}
