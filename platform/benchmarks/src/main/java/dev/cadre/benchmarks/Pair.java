package dev.cadre.benchmarks;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** Two hubs on one database. */
final class Pair implements AutoCloseable {

    private final List<Hub> hubs;

    private Pair(List<Hub> hubs) {
        this.hubs = hubs;
    }

    static Pair start(Bench bench, Postgres postgres) throws Exception {
        return start(bench, postgres, Map.of(), Map.of());
    }

    /** With settings of their own. */
    static Pair start(Bench bench, Postgres postgres, Map<String, String> first, Map<String, String> second)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> hub(bench, postgres, "first", first));
            var other = threads.submit(() -> hub(bench, postgres, "second", second));
            return new Pair(List.of(one.get(), other.get()));
        }
    }

    private static Hub hub(Bench bench, Postgres postgres, String name, Map<String, String> own) throws Exception {
        var environment = new HashMap<>(postgres.environment());
        environment.putAll(own);
        return Hub.start(bench.jar(), bench.home().resolve(name), environment);
    }

    Hub first() {
        return hubs.get(0);
    }

    Hub second() {
        return hubs.get(1);
    }

    List<Hub> hubs() {
        return hubs;
    }

    /** Waits until each of them sees the other over the fast way. */
    void awaitTogether() throws Exception {
        long begin = System.nanoTime();
        while (!areTogether()) {
            if (System.nanoTime() - begin > 90e9) {
                throw new IOException("The hubs did not find each other within 90 s");
            }
            Thread.sleep(200);
        }
    }

    boolean areTogether() throws InterruptedException {
        try {
            for (var hub : hubs) {
                var nodes = (List<?>) hub.client().get("/api/v1/cluster/nodes").get("items");
                if (nodes == null
                        || nodes.size() != 2
                        || !nodes.stream().allMatch(node -> node.toString().contains("connected=true"))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // One of them does not answer yet.
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        for (var hub : hubs) {
            hub.close();
        }
    }
}
