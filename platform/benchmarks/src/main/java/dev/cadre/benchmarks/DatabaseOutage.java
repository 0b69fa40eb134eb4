package dev.cadre.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL is stopped hard and started again, ten times, while 100 runs are under way and people look at them. */
final class DatabaseOutage implements Scenario {

    private static final int STEPS = 4;
    private static final int AT_ONCE = 100;
    private static final int UNAVAILABLE = 503;
    private static final double BAR_SECONDS = 15;

    /** Somebody who asks for this and that all the time. */
    private static final class Looker implements AutoCloseable {

        private final Hub hub;
        private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        private final AtomicInteger withoutRetryAfter = new AtomicInteger();
        private final AtomicInteger fine = new AtomicInteger();
        private final List<Thread> threads;
        private volatile String lastWrong = "";
        private volatile boolean on = true;

        Looker(Hub hub, List<String> paths) {
            this.hub = hub;
            this.threads = paths.stream()
                    .map(path -> Thread.ofPlatform().daemon().start(() -> look(path)))
                    .toList();
        }

        private void look(String path) {
            try {
                while (on) {
                    var answer = hub.client().ask("GET", path, null);
                    answers.merge(answer.status(), 1, Integer::sum);
                    if (answer.status() == UNAVAILABLE) {
                        fine.set(0);
                        if (answer.retryAfter() == null) {
                            withoutRetryAfter.incrementAndGet();
                        }
                    } else if (answer.status() == 200) {
                        fine.incrementAndGet();
                    } else {
                        lastWrong = path + " answered " + answer.status() + ": " + answer.body();
                    }
                    Thread.sleep(20);
                }
            } catch (IOException e) {
                lastWrong = path + " got no answer: " + e;
                answers.merge(0, 1, Integer::sum);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws InterruptedException {
            on = false;
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    @Override
    public void run(Bench bench) throws Exception {
        double worst = 0;
        try (var postgres = Postgres.start(bench.home().resolve("postgres"));
                var sink = Sink.start(50, 400);
                var hub = Hub.start(bench.jar(), bench.home().resolve("hub"), postgres.environment())) {
            hub.client().register();
            var id = hub.client().publish("effects", Diagrams.effects("bench/effects", sink.port(), STEPS));
            var paths = List.of("/api/v1/runs?limit=5", "/api/v1/workflows/" + id, "/api/v1/me", "/api/v1/approvals");
            try (var runs = new SteadyRuns(List.of(hub), "/hooks/bench/effects", sink, "s" + STEPS, AT_ONCE);
                    var looker = new Looker(hub, paths)) {
                for (int round = 1; round <= Bench.rounds(10); round++) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(2_000, 5_000));
                    if (round % 2 == 0) {
                        postgres.stopImmediately();
                    } else {
                        postgres.kill();
                    }
                    Thread.sleep(ThreadLocalRandom.current().nextInt(500, 8_000));
                    postgres.startAgain();
                    worst = Math.max(worst, secondsUntilNormal(looker, runs, sink));
                }
                runs.close();
                looker.close();
                var lost = runs.lost(hub.client(), 60);
                bench.say(
                        "%d runs accepted, %d lost, answers to starts %s, answers to people %s, %d effects, %d with a wrong key, %d repeated",
                        runs.started(),
                        lost.size(),
                        runs.answers(),
                        looker.answers,
                        sink.effects(),
                        sink.wrong().size(),
                        sink.repeats().size());
                bench.say("normal again at most %.1f s after the database was (bar %.0f s)", worst, BAR_SECONDS);
                bench.must(lost.isEmpty(), "no run is lost: " + lost);
                bench.must(looker.lastWrong.isEmpty(), "answers are 200 or 503: " + looker.lastWrong);
                bench.must(
                        runs.answers().keySet().stream().allMatch(status -> status == 202 || status == UNAVAILABLE),
                        "answers to starts are 202 or 503");
                bench.must(looker.withoutRetryAfter.get() == 0, "each 503 says Retry-After");
                bench.must(sink.wrong().isEmpty(), "no effect twice: " + sink.wrong());
                bench.must(
                        sink.repeats().isEmpty(), "a step that has worked is not made again when results had to wait");
            }
        }
    }

    /** Every look succeeds, runs start and steps work again. */
    private static double secondsUntilNormal(Looker looker, SteadyRuns runs, Sink sink) throws Exception {
        long begin = System.nanoTime();
        looker.fine.set(0);
        int accepted = runs.started();
        long through = sink.reached("s" + STEPS);
        while (looker.fine.get() < 20 || runs.started() == accepted || sink.reached("s" + STEPS) == through) {
            if (System.nanoTime() - begin > 120e9) {
                throw new IOException("Not normal two minutes after the database came back");
            }
            Thread.sleep(20);
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
