package dev.cadre.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs the scenarios of docs/benchmarks.md that are named, or those of speed. The hub's jar must be built. */
public final class Scenarios {

    private static final List<String> USUAL = List.of("start", "instant", "durable", "waiting");

    private Scenarios() {}

    private static Map<String, Scenario> all() {
        var all = new LinkedHashMap<String, Scenario>();
        all.put("start", new Starting());
        all.put("instant", Throughput.instant());
        all.put("durable", Throughput.durable());
        all.put("waiting", new InFlight(5_000, 30));
        all.put("inflight", new InFlight(10_000, 120));
        all.put("crash", new Crash());
        all.put("crash-pair", new PairCrash());
        all.put("database", new DatabaseOutage());
        all.put("timers", new Timers());
        all.put("nodes", new TwoNodes());
        all.put("partition", new Partition());
        all.put("rolling", new RollingRestart());
        all.put("peers", new Peers());
        return all;
    }

    public static void main(String[] arguments) throws Exception {
        var wanted = arguments.length == 0 ? USUAL : List.of(arguments);
        var jar = Path.of(System.getProperty("cadre.jar", "platform/app/target/cadre.jar"));
        if (!Files.exists(jar)) {
            throw new IllegalStateException("Build the hub first: ./mvnw package -DskipTests (no " + jar + ")");
        }
        var all = all();
        var unknown = wanted.stream().filter(name -> !all.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("There is no " + unknown + ", only " + all.keySet());
        }
        var home = Files.createTempDirectory("cadre-bench");
        boolean held = true;
        for (var name : wanted) {
            var bench = new Bench(name, jar, Files.createDirectory(home.resolve(name)));
            Objects.requireNonNull(all.get(name)).run(bench);
            held &= bench.held();
        }
        // Whatever a library still runs must not keep this waiting.
        System.exit(held ? 0 : 1);
    }
}
