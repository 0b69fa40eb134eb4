package dev.cadre.benchmarks;

/** How long a hub takes until it is ready, and what it needs when it does nothing. */
final class Starting implements Scenario {

    @Override
    public void run(Bench bench) throws Exception {
        var data = bench.home().resolve("hub");
        try (var first = Hub.start(bench.jar(), data)) {
            bench.say("first start, empty data  %.1f s", first.secondsToReady());
        }
        for (int round = 0; round < Bench.rounds(3); round++) {
            try (var again = Hub.start(bench.jar(), data)) {
                Thread.sleep(10_000);
                bench.say(
                        "on existing data  %.1f s, idle %d MB resident",
                        again.secondsToReady(), again.residentMegabytes());
            }
        }
    }
}
