package dev.cadre.benchmarks;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The hub and other products in turn, each with a webhook, two steps in memory and the answer: {@code
 * -Dcadre.peers=name=url,…} names those that run already (platform/benchmarks/peers.md).
 */
final class Peers implements Scenario {

    private static final int SECONDS = 10;

    private record Rival(String name, URI address) {

        static List<Rival> all() {
            var all = new ArrayList<Rival>();
            for (var part : System.getProperty("cadre.peers", "").split(",")) {
                int split = part.indexOf('=');
                if (split > 0) {
                    all.add(new Rival(part.substring(0, split), URI.create(part.substring(split + 1))));
                }
            }
            return all;
        }

        Load.Result load(int connections, int seconds) throws Exception {
            return Load.post(address.getPort(), address.getPath(), Throughput.ORDER, connections, seconds);
        }
    }

    @Override
    public void run(Bench bench) throws Exception {
        var rivals = Rival.all();
        if (rivals.isEmpty()) {
            throw new IllegalArgumentException("Start the others first and name them, as -Dcadre.peers="
                    + "node-red=http://localhost:18880/order: platform/benchmarks/peers.md");
        }
        try (var hub = Hub.start(bench.jar(), bench.home().resolve("hub"), "-Xmx1g")) {
            hub.client().register();
            hub.client().publish("instant", Diagrams.instant());
            var cadre = new Rival("cadre", URI.create("http://localhost:" + hub.port() + "/hooks/bench/instant"));
            cadre.load(32, 40);
            for (var rival : rivals) {
                rival.load(32, 20);
            }
            for (int round = 0; round < Bench.rounds(5); round++) {
                for (int connections : new int[] {16, 64}) {
                    compare(bench, cadre, rivals, connections);
                }
            }
        }
    }

    private static void compare(Bench bench, Rival cadre, List<Rival> rivals, int connections) throws Exception {
        for (var rival : rivals) {
            var ours = cadre.load(connections, SECONDS);
            var theirs = rival.load(connections, SECONDS);
            bench.say(
                    "%d connections  cadre %.0f runs/s (p50 %.1f ms, p99 %.1f ms), %s %.0f (p50 %.1f ms, p99 %.1f ms), ratio %.2f",
                    connections,
                    ours.rate(),
                    ours.p50(),
                    ours.p99(),
                    rival.name(),
                    theirs.rate(),
                    theirs.p50(),
                    theirs.p99(),
                    ours.rate() / theirs.rate());
            bench.must(ours.failures() + theirs.failures() == 0, "every webhook answers 2xx");
        }
    }
}
