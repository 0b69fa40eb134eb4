package dev.cadre.platform.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FewAtOnceTest {

    @Test
    void doesOneForEachAndAFewInAll() {
        var work = new FewAtOnce(2);

        var done = work.run("ada", () -> {
            assertBusy(work, "ada");
            return work.run("bob", () -> {
                assertBusy(work, "eve");
                return "done";
            });
        });

        assertThat(done).isEqualTo("done");
        assertThat(work.<String, RuntimeException>run("eve", () -> "free again"))
                .isEqualTo("free again");
    }

    @Test
    void whatFailsFreesItsPlace() {
        var work = new FewAtOnce(1);

        assertThatThrownBy(() -> work.run("ada", () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(work.<String, RuntimeException>run("ada", () -> "done")).isEqualTo("done");
    }

    private static void assertBusy(FewAtOnce work, String who) {
        assertThatThrownBy(() -> work.run(who, () -> "not done")).isInstanceOfSatisfying(CadreException.class, busy -> {
            assertThat(busy.code()).isEqualTo("busy");
            assertThat(busy.retryAfter()).isNotNull();
        });
    }
}
