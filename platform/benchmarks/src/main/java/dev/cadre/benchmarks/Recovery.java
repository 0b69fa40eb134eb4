package dev.cadre.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How long the steps that a kill interrupted took to be worked on again, as the sink saw it. */
final class Recovery {

    private record Kill(long begun, long dead) {}

    private final List<Kill> kills = new CopyOnWriteArrayList<>();

    void kill(Hub hub) throws Exception {
        long begun = System.nanoTime();
        hub.kill();
        kills.add(new Kill(begun, System.nanoTime()));
    }

    int kills() {
        return kills.size();
    }

    /** Seconds from the last kill behind which each of them went on, sorted; those that no kill explains are in {@code unexplained}. */
    record Times(List<Double> seconds, int unexplained) {

        double share(double of) {
            return seconds.isEmpty() ? 0 : seconds.get(Math.min(seconds.size() - 1, (int) (seconds.size() * of)));
        }
    }

    Times of(List<Sink.Repeat> repeats) {
        var seconds = new ArrayList<Double>();
        int unexplained = 0;
        for (var repeat : repeats) {
            var kill = kills.stream()
                    .filter(at -> at.dead() >= repeat.before() && at.begun() <= repeat.again())
                    .max(Comparator.comparing(Kill::begun));
            if (kill.isPresent()) {
                seconds.add((repeat.again() - kill.get().begun()) / 1e9);
            } else {
                unexplained++;
            }
        }
        seconds.sort(null);
        return new Times(seconds, unexplained);
    }

    /** Says what was lost, done twice and how long it took. */
    void report(Bench bench, Sink sink, SteadyRuns runs, Collection<String> lost, int steps, double bar) {
        var times = of(sink.repeats());
        bench.say(
                "%d kills, %d runs accepted, %d starts without an answer, %d lost; %d effects, %d with a wrong key,"
                        + " %d calls repeated with their key, %d of them without a kill",
                kills(),
                runs.started(),
                runs.unanswered(),
                lost.size(),
                sink.effects(),
                sink.wrong().size(),
                sink.repeats().size(),
                times.unexplained());
        bench.say(
                "an interrupted step goes on after p50 %.1f s, p95 %.1f s, at most %.1f s (bar: p95 %.0f s)",
                times.share(0.5), times.share(0.95), times.share(1), bar);
        bench.must(lost.isEmpty(), "no run is lost: " + lost.stream().limit(5).toList());
        bench.must(
                sink.wrong().isEmpty(),
                "no effect twice: " + sink.wrong().stream().limit(5).toList());
        bench.must(sink.effects() == sink.runs().size() * steps, "each run has each of its effects");
        bench.must(runs.answers().keySet().stream().noneMatch(status -> status == 500), "no answer is 500");
    }
}
