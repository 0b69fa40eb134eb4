package dev.cadre.platform.trigger.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.shared.CadreException.Violation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ScheduleReadingTest {

    private static final Instant ANCHOR = Instant.parse("2026-05-04T10:00:00Z");

    @SuppressWarnings("unchecked")
    private static Map<String, Object> settings(String json) {
        return JsonMapper.shared().readValue(json.replace('\'', '"'), Map.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                  | ''",
                "{'cron':''}                                         | ''",
                "{'cron':'0 6 * * *','every':'PT1H'}                 | ''",
                "{'every':'PT1H','at':'2026-01-01T00:00:00Z'}        | ''",
                "{'cron':'0 6 * *'}                                  | /cron",
                "{'cron':'0 25 * * *'}                               | /cron",
                "{'cron':'0 0 31 6 *'}                               | /cron",
                "{'cron':'0 6 * * *','timeZone':'Europe/Berlim'}     | /timeZone",
                "{'every':'PT0.5S'}                                  | /every",
                "{'every':'-PT1H'}                                   | /every",
                "{'every':'P9999D'}                                  | /every",
                "{'every':'soon'}                                    | /every",
                "{'at':'tomorrow'}                                   | /at",
                "{'at':'2026-02-30T10:00'}                           | /at",
                "{'at':'+999999999-01-01T00:00'}                     | /at",
                "{'cron':'0 6 * * *','missed':'often'}               | /missed"
            })
    void saysWhatIsWrong(String json, String pointer) {
        assertThat(ScheduleReading.violations(settings(json)))
                .extracting(Violation::pointer)
                .containsExactly(pointer);
    }

    @Test
    void saysAllThatIsWrong() {
        assertThat(ScheduleReading.violations(settings("{'cron':'x','timeZone':'y'}")))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/cron", "/timeZone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'at':'2026-07-01T18:00','timeZone':'Europe/Berlin'}     | 2026-07-01T16:00:00Z",
                "{'at':'2026-07-01T18:00:30.123456789'}                   | 2026-07-01T18:00:30.123Z",
                "{'at':'2026-07-01T18:00:00+05:30'}                       | 2026-07-01T12:30:00Z",
                "{'every':'PT90M'}                                        | 2026-05-04T11:30:00Z",
                "{'every':'P1D'}                                          | 2026-05-05T10:00:00Z",
                "{'cron':'0 6 * * *','timeZone':'Asia/Kolkata'}           | 2026-05-05T00:30:00Z",
                "{'cron':'0 6 * * *'}                                     | 2026-05-05T06:00:00Z"
            })
    void readsWhenItFiresFirst(String json, Instant first) {
        assertThat(ScheduleReading.schedule(settings(json), ANCHOR).timing().next(ANCHOR))
                .isEqualTo(first);
    }

    @Test
    void skipsAndAllowsUnlessToldOtherwise() {
        var settings =
                ScheduleReading.schedule(settings("{'every':'PT1H'}"), ANCHOR).settings();

        assertThat(settings.missed()).isEqualTo(ScheduleSettings.Missed.SKIP);
        assertThat(settings.overlap()).isEqualTo(ScheduleSettings.Overlap.ALLOW);
    }

    @Test
    void anIntervalKeepsItsPhaseThroughYears() {
        var timing =
                ScheduleReading.schedule(settings("{'every':'PT7M'}"), ANCHOR).timing();
        var time = timing.next(ANCHOR.plusSeconds(100_000_000));

        assertThat((time.toEpochMilli() - ANCHOR.toEpochMilli()) % (7 * 60_000)).isZero();
    }
}
