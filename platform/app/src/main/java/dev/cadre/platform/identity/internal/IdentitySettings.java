package dev.cadre.platform.identity.internal;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What sign-in and access need to know of the installation.
 *
 * @param publicUrl the address that users see
 * @param metricsPublic whether {@code /actuator/prometheus} answers to more than this machine
 * @param pluginAdmins whose administrators manage plugins, which are code that runs inside the hub for everybody
 */
@ConfigurationProperties("cadre")
record IdentitySettings(
        @Nullable URI publicUrl,
        @DefaultValue("false") boolean metricsPublic,
        @DefaultValue("first-organization") PluginAdmins pluginAdmins) {

    /** Organizations whose owners and administrators manage plugins. */
    enum PluginAdmins {
        FIRST_ORGANIZATION,
        EVERY_ORGANIZATION
    }
}
