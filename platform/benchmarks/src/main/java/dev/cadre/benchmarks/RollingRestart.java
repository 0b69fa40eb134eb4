package dev.cadre.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two hubs are stopped as operators do it and started again, one after the other, while runs wait in a queue, for people,
 * for timers and for called runs.
 */
final class RollingRestart implements Scenario {

    private static final int EFFECTS = 5;
    private static final int AT_ONCE = 80;

    @Override
    public void run(Bench bench) throws Exception {
        int killed = 0;
        try (var sink = Sink.start(50, 600);
                var postgres = Postgres.start(bench.home().resolve("postgres"));
                var pair = Pair.start(bench, postgres)) {
            var client = pair.first().client();
            client.register();
            var called = client.publish("called", Diagrams.called(sink.port()));
            client.publish("everything", Diagrams.everything("bench/everything", sink.port(), called));
            pair.awaitTogether();
            try (var runs = new SteadyRuns(pair.hubs(), "/hooks/bench/everything", sink, "last", AT_ONCE);
                    var approver = new Approver(pair.hubs())) {
                Thread.sleep(8_000);
                for (int round = 0; round < Bench.rounds(6); round++) {
                    var hub = pair.hubs().get((round + 1) % 2);
                    killed += hub.stop() ? 0 : 1;
                    Thread.sleep(ThreadLocalRandom.current().nextInt(1_000, 4_000));
                    hub.restart();
                    pair.awaitTogether();
                    Thread.sleep(3_000);
                }
                runs.close();
                var lost = runs.lost(client, 120);
                bench.say(
                        "%d runs accepted, %d lost, answers to starts %s, %d without an answer; %d effects, %d asked for twice, %d with a wrong key, %d approvals given, %d hubs had to be killed",
                        runs.started(),
                        lost.size(),
                        runs.answers(),
                        runs.unanswered(),
                        sink.effects(),
                        sink.repeats().size(),
                        sink.wrong().size(),
                        approver.given.get(),
                        killed);
                bench.must(lost.isEmpty(), "no run is lost: " + lost);
                bench.must(sink.wrong().isEmpty(), "no effect twice: " + sink.wrong());
                bench.must(sink.repeats().isEmpty(), "no step is repeated: " + sink.repeats());
                bench.must(sink.effects() == sink.runs().size() * EFFECTS, "each run has each of its effects");
                bench.must(
                        runs.answers().keySet().stream().allMatch(status -> status == 202 || status == 503),
                        "answers to starts are 202 or 503");
                bench.must(killed == 0, "each hub stops when it is asked to");
            }
        }
    }

    /** Somebody who says yes to everything, at whichever hub answers. */
    private static final class Approver implements AutoCloseable {

        private final List<Hub> hubs;
        private final AtomicInteger given = new AtomicInteger();
        private final Thread thread;
        private volatile boolean on = true;

        Approver(List<Hub> hubs) {
            this.hubs = hubs;
            this.thread = Thread.ofPlatform().daemon().start(this::approve);
        }

        private void approve() {
            try {
                for (int turn = 0; on; turn++) {
                    var client = hubs.get(turn % hubs.size()).client();
                    try {
                        var open = client.ask("GET", "/api/v1/approvals?limit=50&open=true", null)
                                .json();
                        for (var item : open.get("items") instanceof List<?> list ? list : List.of()) {
                            decide(client, String.valueOf(((Map<?, ?>) item).get("id")));
                        }
                    } catch (IOException e) {
                        // That hub is away: the other one is asked.
                    }
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void decide(Client client, String id) throws IOException, InterruptedException {
            var answer = client.ask(
                    "POST", "/api/v1/approvals/" + id + "/decision", Map.of("decision", "approve", "comment", "fine"));
            if (answer.status() / 100 == 2) {
                given.incrementAndGet();
            }
        }

        @Override
        public void close() throws InterruptedException {
            on = false;
            thread.join();
        }
    }
}
