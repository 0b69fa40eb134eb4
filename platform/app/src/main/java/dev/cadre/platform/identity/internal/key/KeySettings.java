package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long API keys live, as ISO 8601 times such as {@code P90D}.
 *
 * @param lifetime {@code CADRE_API_KEY_LIFETIME}: where whoever makes one says nothing
 * @param maxLifetime {@code CADRE_API_KEY_MAX_LIFETIME}: the longest that may be asked for
 */
@ConfigurationProperties("cadre.api-keys")
public record KeySettings(
        @DefaultValue("P90D") String lifetime,
        @DefaultValue("P365D") String maxLifetime) {

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(36_525);

    public KeySettings {
        lifetime = lifetime.strip();
        maxLifetime = maxLifetime.strip();
        var usual = parsed("CADRE_API_KEY_LIFETIME", lifetime);
        var longest = parsed("CADRE_API_KEY_MAX_LIFETIME", maxLifetime);
        if (usual.compareTo(longest) > 0) {
            throw new SettingException("CADRE_API_KEY_LIFETIME must not be longer than CADRE_API_KEY_MAX_LIFETIME.");
        }
    }

    public Duration usual() {
        return parsed("CADRE_API_KEY_LIFETIME", lifetime);
    }

    public Duration longest() {
        return parsed("CADRE_API_KEY_MAX_LIFETIME", maxLifetime);
    }

    private static Duration parsed(String name, String text) {
        try {
            var time = text.contains("T") ? Duration.parse(text) : days(Period.parse(text));
            if (time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0) {
                return time;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // said below
        }
        throw new SettingException(
                name + " must be a time from a minute to a hundred years, as P90D or PT12H, not '" + text + "'.");
    }

    private static Duration days(Period period) {
        return Duration.ofDays(Math.addExact(Math.multiplyExact(period.getYears(), 365L), period.getMonths() * 30L)
                + period.getDays());
    }
}
