package dev.cadre.platform.run.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecidedByTest {

    private static final String OUTPUT =
            "{\"decision\":\"reject\",\"decidedBy\":{\"id\":\"u1\",\"name\":\"Ada \\\"A\\\" Byron\",\"email\":\"ada@example.com\"}}";
    private static final String ERROR =
            "{\"code\":\"REJECTED\",\"message\":\"Rejected by Ada \\\"A\\\" Byron <ada@example.com>: too dear\"}";

    @Test
    void takesTheNameOutOfAnOutputAndKeepsTheRest() {
        assertThat(DecidedBy.is(OUTPUT, "u1")).isTrue();
        assertThat(DecidedBy.is(OUTPUT, "u2")).isFalse();
        assertThat(DecidedBy.erased(OUTPUT, "u1")).contains("reject", "u1").doesNotContain("Byron", "ada@");
    }

    @Test
    void takesTheNameOutOfWhatWasRejectedOnly() {
        assertThat(DecidedBy.withoutName(ERROR))
                .contains("Rejected by an erased person: too dear")
                .doesNotContain("Byron", "ada@");
        var other = "{\"code\":\"HTTP_403\",\"message\":\"Rejected by proxy <html>\"}";
        assertThat(Json.readMap(DecidedBy.withoutName(other))).isEqualTo(Json.readMap(other));
    }

    @Test
    void takesTheNameOutOfAnAnswerThatIsHeldWhileItsRunIsPaused() {
        var held = "{\"output\":" + OUTPUT + ",\"error\":" + ERROR + "}";
        assertThat(DecidedBy.heldErased(held, "u1"))
                .contains("too dear", "reject")
                .doesNotContain("Byron", "ada@");
        assertThat(DecidedBy.heldErased("{\"output\":null,\"error\":null}", "u1"))
                .contains("output");
    }
}
