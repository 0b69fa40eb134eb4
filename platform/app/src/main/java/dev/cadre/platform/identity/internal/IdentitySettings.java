package dev.cadre.platform.identity.internal;

import dev.cadre.platform.shared.OrganizationId;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What sign-in and access need to know of the installation.
 *
 * @param publicUrl the address that users see
 * @param metricsPublic whether {@code /actuator/prometheus} answers to more than this machine
 * @param pluginAdmins whose administrators manage plugins, which are code that runs inside the hub for everybody:
 *     {@code first-organization}, {@code every-organization} or the id of one
 */
@ConfigurationProperties("cadre")
record IdentitySettings(
        @Nullable URI publicUrl,
        @DefaultValue("false") boolean metricsPublic,
        @DefaultValue("first-organization") String pluginAdmins) {

    /** Whether only the first organization's administrators manage plugins. */
    boolean isFirstManaging() {
        return pluginAdmins.equals("first-organization");
    }

    /** Whether the operator says that this organization's administrators manage plugins, whichever was the first. */
    boolean isNamedManaging(OrganizationId organization) {
        return pluginAdmins.equals("every-organization") || pluginAdmins.equals(organization.toString());
    }
}
