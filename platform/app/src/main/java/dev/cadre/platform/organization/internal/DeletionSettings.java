package dev.cadre.platform.organization.internal;

import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deletion works.
 *
 * @param deletionGrace {@code CADRE_DELETION_GRACE}: how long owners can take a deletion back, an ISO 8601 time from an hour on
 */
@ConfigurationProperties("cadre")
public record DeletionSettings(@DefaultValue("P14D") String deletionGrace) {

    private static final Duration LEAST = Duration.ofHours(1);

    public DeletionSettings {
        deletionGrace = deletionGrace.strip();
        parsed(deletionGrace);
    }

    public Duration grace() {
        return parsed(deletionGrace);
    }

    private static Duration parsed(String text) {
        try {
            var time = text.contains("T")
                    ? Duration.parse(text)
                    : Duration.ofDays(Period.parse(text).toTotalMonths() * 30L
                            + Period.parse(text).getDays());
            if (time.compareTo(LEAST) >= 0) {
                return time;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // said below
        }
        throw new SettingException(
                "CADRE_DELETION_GRACE must be a time of at least an hour, as P14D or PT12H, not '" + text + "'.");
    }
}
