package dev.cadre.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/** What a scenario has to work with, and the sheet on which it writes its figures. */
final class Bench {

    private final String scenario;
    private final Path jar;
    private final Path home;
    private boolean held = true;

    Bench(String scenario, Path jar, Path home) {
        this.scenario = scenario;
        this.jar = jar;
        this.home = home;
    }

    Path jar() {
        return jar;
    }

    /** A folder of the scenario's own. */
    Path home() {
        return home;
    }

    /** A figure, with the load of the machine at this moment. */
    void say(String format, Object... values) {
        System.out.printf(
                Locale.ROOT,
                "%s: %s (load average %.1f)%n",
                scenario,
                format.formatted(values),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** A bar about correctness: where it is broken the whole program ends with a failure. */
    void must(boolean holds, String bar) {
        if (!holds) {
            held = false;
            say("BROKEN: %s", bar);
        }
    }

    boolean held() {
        return held;
    }

    /** How often something is done; {@code -Dcadre.rounds} changes it. */
    static int rounds(int usual) {
        return Integer.getInteger("cadre.rounds", usual);
    }
}
