package dev.cadre.platform.identity;

import dev.cadre.platform.shared.CadreException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why somebody can't sign up, sign in or go on. */
public final class IdentityException extends CadreException {

    private final @Nullable Duration retryAfter;

    private IdentityException(Kind kind, String code, String detail, @Nullable Duration retryAfter) {
        super(kind, code, detail);
        this.retryAfter = retryAfter;
    }

    private IdentityException(List<Violation> violations) {
        super(Kind.INVALID, "invalid-input", "The input is not valid: see violations.", violations);
        this.retryAfter = null;
    }

    public static IdentityException invalid(List<Violation> violations) {
        return new IdentityException(violations);
    }

    /** The same for an unknown e-mail and a wrong password: nobody learns who has an account. */
    public static IdentityException wrongCredentials() {
        return new IdentityException(
                Kind.UNAUTHENTICATED, "wrong-credentials", "The e-mail or the password is not right.", null);
    }

    public static IdentityException emailTaken() {
        return new IdentityException(
                Kind.CONFLICT, "email-taken", "There is an account with this e-mail already: sign in instead.", null);
    }

    public static IdentityException noOrganization() {
        return new IdentityException(
                Kind.FORBIDDEN,
                "no-organization",
                "You don't belong to an organization any more: ask to be added.",
                null);
    }

    public static IdentityException sessionEnded() {
        return new IdentityException(
                Kind.UNAUTHENTICATED, "session-ended", "This sign-in has ended: sign in again.", null);
    }

    public static IdentityException foreignOrigin() {
        return new IdentityException(
                Kind.FORBIDDEN, "foreign-origin", "This call is only allowed from the hub's own web address.", null);
    }

    /** The role would do in the organization that the installation belongs to. */
    public static IdentityException firstOrganizationOnly() {
        return new IdentityException(
                Kind.FORBIDDEN,
                "first-organization-only",
                "This concerns everybody on this hub: only administrators of its first organization may do it. The"
                        + " operator can change that with CADRE_PLUGIN_ADMINS.",
                null);
    }

    public static IdentityException tooManyAttempts(Duration wait) {
        return new IdentityException(
                Kind.LIMITED, "too-many-attempts", "Too many failed sign-ins: wait before you try again.", wait);
    }

    public static IdentityException busy() {
        return new IdentityException(
                Kind.UNAVAILABLE,
                "unavailable",
                "The hub is busy with other sign-ins: try again.",
                Duration.ofSeconds(2));
    }

    @Override
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
