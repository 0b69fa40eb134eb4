package dev.cadre.benchmarks;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Keeps a number of runs under way through a webhook, whatever happens to the hubs, and knows which were accepted. */
final class SteadyRuns implements AutoCloseable {

    private static final int ACCEPTED = 202;
    private static final int STARTERS = 4;

    private final List<Hub> hubs;
    private final String path;
    private final Sink sink;
    private final String lastStep;
    private final int atOnce;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final List<Thread> threads;
    private volatile boolean on = true;

    /** {@code lastStep} is the effect by which the sink sees that a run is through. */
    SteadyRuns(List<Hub> hubs, String path, Sink sink, String lastStep, int atOnce) {
        this.hubs = hubs;
        this.path = path;
        this.sink = sink;
        this.lastStep = lastStep;
        this.atOnce = atOnce;
        this.threads = IntStream.range(0, STARTERS)
                .mapToObj(i -> Thread.ofPlatform().daemon().name("starter-" + i).start(this::keepUp))
                .toList();
    }

    private void keepUp() {
        try {
            while (on) {
                if (accepted.size() - sink.reached(lastStep) >= atOnce) {
                    Thread.sleep(20);
                    continue;
                }
                int n = number.incrementAndGet();
                if (!start(hubs.get(n % hubs.size()), n)) {
                    Thread.sleep(50);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean start(Hub hub, int n) throws InterruptedException {
        try {
            var answer = hub.client().ask("POST", path, Map.of("n", n));
            answers.merge(answer.status(), 1, Integer::sum);
            if (answer.status() == ACCEPTED) {
                accepted.add(String.valueOf(answer.json().get("runId")));
                return true;
            }
        } catch (IOException e) {
            // Nobody knows whether it was accepted: if so, the sink sees it.
            unanswered.incrementAndGet();
        }
        return false;
    }

    /** Answers by status. */
    Map<Integer, Integer> answers() {
        return answers;
    }

    int unanswered() {
        return unanswered.get();
    }

    int started() {
        return accepted.size();
    }

    /** Starts no more. */
    @Override
    public void close() throws InterruptedException {
        on = false;
        for (var thread : threads) {
            thread.join();
        }
    }

    /** Every run that was accepted or seen, and has not succeeded after so many seconds. */
    Collection<String> lost(Client client, int seconds) throws Exception {
        var open = new HashSet<>(accepted);
        open.addAll(sink.runs());
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (true) {
            for (var run : List.copyOf(open)) {
                if ("succeeded".equals(status(client, run))) {
                    open.remove(run);
                }
            }
            if (open.isEmpty() || System.nanoTime() > end) {
                return open;
            }
            Thread.sleep(1_000);
        }
    }

    private static @Nullable Object status(Client client, String run) throws Exception {
        return client.get("/api/v1/runs/" + run).get("status");
    }
}
