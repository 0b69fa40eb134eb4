package dev.cadre.platform.identity.internal.limit;

import dev.cadre.platform.shared.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests a minute are answered where an organization says nothing else.
 *
 * @param perMinute {@code CADRE_RATE_LIMIT_PER_MINUTE}: of each user and each API key
 * @param maxPerMinute {@code CADRE_RATE_LIMIT_MAX_PER_MINUTE}: the most that an organization may allow each of them
 * @param signInPerMinute {@code CADRE_RATE_LIMIT_SIGN_IN_PER_MINUTE}: from one address, at each path that needs no sign-in
 */
@ConfigurationProperties("cadre.rate-limit")
public record LimitSettings(
        @DefaultValue("100") int perMinute,
        @DefaultValue("10000") int maxPerMinute,
        @DefaultValue("60") int signInPerMinute) {

    private static final int MOST = 10_000_000;

    public LimitSettings {
        check("CADRE_RATE_LIMIT_PER_MINUTE", perMinute);
        check("CADRE_RATE_LIMIT_MAX_PER_MINUTE", maxPerMinute);
        check("CADRE_RATE_LIMIT_SIGN_IN_PER_MINUTE", signInPerMinute);
        maxPerMinute = Math.max(perMinute, maxPerMinute);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > MOST) {
            throw new SettingException(
                    name + " must be a number of requests a minute from 1 to " + MOST + ", not '" + value + "'.");
        }
    }
}
