package dev.cadre.platform.identity;

import dev.cadre.platform.organization.SecurityRules;
import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub keeps to the rules of organizations, and what it asks of all of them.
 *
 * @param ipLists whether their lists of addresses count: an operator turns them off for a moment to let administrators back
 *     in who are kept out by their own
 * @param secondFactorRequired whether everybody who comes in by a password needs a second factor
 * @param signInIdle how long a sign-in may rest at most; null for as long as an organization says
 */
@ConfigurationProperties("cadre")
public record AccessSettings(
        @DefaultValue("true") boolean ipLists,
        @DefaultValue("false") boolean secondFactorRequired,
        @Nullable Duration signInIdle) {

    private static final Duration LEAST = Duration.ofMinutes(5);

    public AccessSettings {
        if (signInIdle != null && signInIdle.compareTo(LEAST) < 0) {
            throw new SettingException(
                    "CADRE_SIGN_IN_IDLE must be 5 minutes or more, as PT30M, not " + signInIdle + ".");
        }
    }

    /** What counts in an organization: what it asks for itself, and no less than the installation does. */
    SecurityRules atLeast(SecurityRules own) {
        var idle = own.idleMinutes();
        if (signInIdle != null && (idle == null || idle > signInIdle.toMinutes())) {
            idle = Math.toIntExact(signInIdle.toMinutes());
        }
        return new SecurityRules(
                own.allowedAddresses(),
                own.sessionHours(),
                idle,
                own.secondFactorRequired() || secondFactorRequired,
                own.revision());
    }
}
