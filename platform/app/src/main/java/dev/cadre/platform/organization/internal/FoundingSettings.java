package dev.cadre.platform.organization.internal;

import dev.cadre.platform.shared.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may found organizations.
 *
 * @param organizationsPerPerson {@code CADRE_ORGANIZATIONS_PER_PERSON}: how many somebody may own at once before no more are
 *     founded; each has limits and a log of its own, so that they must not be without number
 */
@ConfigurationProperties("cadre")
public record FoundingSettings(@DefaultValue("20") int organizationsPerPerson) {

    public FoundingSettings {
        if (organizationsPerPerson < 1) {
            throw new SettingException(
                    "CADRE_ORGANIZATIONS_PER_PERSON must be a number from 1 on, not '" + organizationsPerPerson + "'.");
        }
    }
}
