package dev.cadre.benchmarks;

/** Something that is done to a hub, or to several, with figures of how they bore it. */
interface Scenario {

    void run(Bench bench) throws Exception;
}
