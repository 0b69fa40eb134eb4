package dev.cadre.platform.trigger.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clocks of Berlin go forward on 29 March 2026 from 2 to 3, and back on 25 October 2026 from 3 to 2. */
class CronTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> times(String cron, String after, int count) {
        var expression = CronTimes.of(cron);
        var times = new ArrayList<String>();
        var time = OffsetDateTime.parse(after).toInstant();
        for (int i = 0; i < count; i++) {
            time = expression.next(time, BERLIN);
            times.add(OffsetDateTime.ofInstant(time, BERLIN).toString());
        }
        return times;
    }

    @Test
    void followsTheWallClockThroughTheYear() {
        assertThat(times("0 6 * * *", "2026-03-27T12:00+01:00", 3))
                .containsExactly("2026-03-28T06:00+01:00", "2026-03-29T06:00+02:00", "2026-03-30T06:00+02:00");
    }

    @Test
    void aFixedTimeThatTheClocksSkipFiresAtTheChange() {
        assertThat(times("30 2 * * *", "2026-03-28T00:00+01:00", 3))
                .containsExactly("2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
    }

    @Test
    void severalFixedTimesThatTheClocksSkipFireOnceAtTheChange() {
        assertThat(times("10,40 2 * * *", "2026-03-29T00:00+01:00", 3))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:10+02:00", "2026-03-30T02:40+02:00");
    }

    @Test
    void aFixedTimeThatComesTwiceFiresTheFirstTimeOnly() {
        assertThat(times("30 2 * * *", "2026-10-24T12:00+02:00", 2))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        assertThat(times("30 2 * * *", "2026-10-25T02:10+01:00", 1)).containsExactly("2026-10-26T02:30+01:00");
    }

    @Test
    void repeatedTimesFollowRealTimeWhenTheClocksGoForward() {
        assertThat(times("*/30 * * * *", "2026-03-29T01:10+01:00", 3))
                .containsExactly("2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00");
        assertThat(times("15 */2 * * *", "2026-03-29T00:20+01:00", 2))
                .containsExactly("2026-03-29T04:15+02:00", "2026-03-29T06:15+02:00");
    }

    @Test
    void repeatedTimesFollowRealTimeWhenTheClocksGoBack() {
        assertThat(times("*/30 * * * *", "2026-10-25T01:40+02:00", 5))
                .containsExactly(
                        "2026-10-25T02:00+02:00",
                        "2026-10-25T02:30+02:00",
                        "2026-10-25T02:00+01:00",
                        "2026-10-25T02:30+01:00",
                        "2026-10-25T03:00+01:00");
    }

    @Test
    void eitherOfTwoRestrictedDaysWillDo() {
        // the 13th of March 2026 is a Friday, the 13th of April a Monday
        assertThat(times("0 9 13 * 5", "2026-04-09T12:00+02:00", 4))
                .containsExactly(
                        "2026-04-10T09:00+02:00",
                        "2026-04-13T09:00+02:00",
                        "2026-04-17T09:00+02:00",
                        "2026-04-24T09:00+02:00");
    }

    @Test
    void knowsNamesAndSundayAsSeven() {
        assertThat(times("0 9 * JAN sun", "2026-01-01T00:00+01:00", 1)).containsExactly("2026-01-04T09:00+01:00");
        assertThat(times("0 9 * * 7", "2026-01-01T00:00+01:00", 1)).containsExactly("2026-01-04T09:00+01:00");
    }

    @Test
    void findsADayThatComesOnceInFourYears() {
        assertThat(times("0 0 29 2 *", "2026-01-01T00:00+01:00", 1)).containsExactly("2028-02-29T00:00+01:00");
        assertThat(times("* * 29 2 *", "2026-01-01T00:00+01:00", 1)).containsExactly("2028-02-29T00:00+01:00");
    }

    @Test
    void hasNoTimeForADayThatNeverComes() {
        assertThat(CronTimes.of("0 0 30 2 *").next(Instant.EPOCH, BERLIN)).isNull();
        assertThat(CronTimes.of("* * 30 2 *").next(Instant.EPOCH, BERLIN)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "* * * *", "0 0 6 * * *", "60 * * * *", "* 24 * * *", "a b c d e", "* * 0 * *", "@daily"})
    void refusesWhatIsNoCron(String text) {
        assertThatThrownBy(() -> CronTimes.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
