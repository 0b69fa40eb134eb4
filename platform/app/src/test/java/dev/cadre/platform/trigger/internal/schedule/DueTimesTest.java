package dev.cadre.platform.trigger.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.trigger.internal.schedule.ScheduleSettings.Missed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DueTimesTest {

    private static final Instant FIRST = Instant.parse("2026-05-04T10:00:00Z");

    private static Timing every(String interval) {
        return new Timing.Every(Duration.parse(interval), FIRST, ZoneOffset.UTC);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-05-04T" + time + "Z");
    }

    @ParameterizedTest
    @EnumSource(Missed.class)
    void whatIsPunctualFiresWhateverThePolicy(Missed policy) {
        var due = DueTimes.of(every("PT10S"), policy, FIRST, at("10:00:25"));

        assertThat(due.fire()).containsExactly(FIRST, at("10:00:10"), at("10:00:20"));
        assertThat(due.leftOut()).isZero();
        assertThat(due.next()).isEqualTo(at("10:00:30"));
    }

    @Test
    void skipsWhatIsMissed() {
        var due = DueTimes.of(every("PT10M"), Missed.SKIP, FIRST, at("10:35:00"));

        assertThat(due.fire()).isEmpty();
        assertThat(due.leftOut()).isEqualTo(4);
        assertThat(due.next()).isEqualTo(at("10:40:00"));
    }

    @Test
    void makesUpOnceForAllThatIsMissed() {
        var due = DueTimes.of(every("PT10M"), Missed.CATCH_UP_ONCE, FIRST, at("10:35:00"));

        assertThat(due.fire()).containsExactly(at("10:30:00"));
        assertThat(due.leftOut()).isEqualTo(3);
    }

    @Test
    void aPunctualRunStandsForTheMissedOnesToo() {
        var due = DueTimes.of(every("PT10M"), Missed.CATCH_UP_ONCE, FIRST, at("10:30:20"));

        assertThat(due.fire()).containsExactly(at("10:30:00"));
        assertThat(due.leftOut()).isEqualTo(3);
    }

    @Test
    void makesUpForEachThatIsMissed() {
        var due = DueTimes.of(every("PT10M"), Missed.CATCH_UP_ALL, FIRST, at("10:30:20"));

        assertThat(due.fire()).containsExactly(FIRST, at("10:10:00"), at("10:20:00"), at("10:30:00"));
        assertThat(due.leftOut()).isZero();
    }

    @Test
    void makesUpForTheLastHundredOnly() {
        var due = DueTimes.of(every("PT1M"), Missed.CATCH_UP_ALL, FIRST, at("15:00:30"));

        assertThat(due.fire()).hasSize(101).startsWith(at("13:20:00")).endsWith(at("15:00:00"));
        assertThat(due.leftOut()).isEqualTo(200);
    }

    @Test
    void yearsOfMissedSecondsAreCountedNoFurtherThanTenThousand() {
        var longAgo = FIRST.minus(Duration.ofDays(700));
        var timing = new Timing.Every(Duration.ofSeconds(1), longAgo, ZoneOffset.UTC);
        var due = DueTimes.of(timing, Missed.CATCH_UP_ALL, longAgo, FIRST);

        assertThat(due.leftOut()).isEqualTo(10_000 - 100);
        assertThat(due.fire()).hasSize(161).endsWith(FIRST);
        assertThat(due.next()).isEqualTo(FIRST.plusSeconds(1));
    }

    @Test
    void aRareTimeMissedLongAgoIsFoundAmongMany() {
        var cron = new Timing.Cron(CronTimes.of("* 0 1 1 *"), ZoneOffset.UTC);
        var due = DueTimes.of(cron, Missed.CATCH_UP_ONCE, Instant.parse("1800-01-01T00:00:00Z"), FIRST);

        assertThat(due.fire()).containsExactly(Instant.parse("2026-01-01T00:59:00Z"));
    }

    @Test
    void aSingleTimeIsOverAfterwards() {
        var once = new Timing.Once(FIRST, ZoneOffset.UTC);

        assertThat(DueTimes.of(once, Missed.SKIP, FIRST, at("10:00:30")))
                .isEqualTo(new DueTimes(java.util.List.of(FIRST), 0, null));
        assertThat(DueTimes.of(once, Missed.SKIP, FIRST, at("11:00:00")).fire()).isEmpty();
        assertThat(DueTimes.of(once, Missed.CATCH_UP_ONCE, FIRST, at("11:00:00"))
                        .fire())
                .containsExactly(FIRST);
    }
}
