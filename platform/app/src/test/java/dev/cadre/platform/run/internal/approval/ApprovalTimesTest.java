package dev.cadre.platform.run.internal.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalTimesTest {

    private static final Instant ASKED = Instant.parse("2026-01-05T10:00:00Z");

    private final ApprovalTimes times = new ApprovalTimes(
            ASKED,
            Duration.ofDays(1),
            ASKED.plus(Duration.ofHours(36)),
            ASKED.plus(Duration.ofDays(3)),
            List.of("role:owner"));

    private static Instant after(int hours) {
        return ASKED.plus(Duration.ofHours(hours));
    }

    @Test
    void wakesUpForEachReminderTheEscalationAndTheEnd() {
        assertThat(times.after(ASKED)).contains(after(24));
        assertThat(times.after(after(24))).contains(after(36));
        assertThat(times.after(after(36))).contains(after(48));
        assertThat(times.after(after(60))).contains(after(72));
        assertThat(times.isOver(after(71))).isFalse();
        assertThat(times.isOver(after(72))).isTrue();
    }

    @Test
    void saysWhatHappenedLast() {
        assertThat(times.said(after(23))).isEmpty();
        assertThat(times.said(after(24))).contains("Reminder 1: nobody has decided yet.");
        assertThat(times.said(after(36))).contains("Escalated to role:owner.");
        assertThat(times.said(after(48))).contains("Reminder 2: nobody has decided yet.");
        assertThat(times.reminders(after(50))).isEqualTo(2);
    }

    @Test
    void waitsForGoodWhereNothingIsToHappen() {
        assertThat(new ApprovalTimes(ASKED, null, null, null, List.of()).after(ASKED))
                .isEmpty();
    }
}
