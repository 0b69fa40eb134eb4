package dev.cadre.platform.run.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskLogTest {

    private final TaskLog log = new TaskLog();

    @Test
    void aFloodLosesLinesAndSaysHowMany() {
        for (int i = 0; i < 100_000; i++) {
            log.info("line " + i);
        }

        var lines = log.take();

        assertThat(lines).hasSize(501);
        assertThat(lines.get(499).message()).isEqualTo("line 499");
        assertThat(lines.getLast().message()).startsWith("99500 further lines were dropped");
        assertThat(log.take()).isEmpty();
    }

    @Test
    void anEndlessLineIsCut() {
        log.warn("x".repeat(5_000_000));

        assertThat(log.take().getFirst().message()).hasSize(2_001).endsWith("…");
    }

    @Test
    void keepsWhatTheDatabaseCanNotHoldOutOfIt() {
        log.info("a\0b");

        assertThat(log.take().getFirst().message()).isEqualTo("a b");
    }
}
