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

    /** The same refresh token was used a moment ago; who shows it gets nothing, and the sign-in goes on. */
    public static IdentityException renewing() {
        return new IdentityException(
                Kind.CONFLICT,
                "session-renewing",
                "Another tab is renewing this sign-in: try again, with the cookie that it gets.",
                Duration.ofSeconds(1));
    }

    public static IdentityException foreignOrigin() {
        return new IdentityException(
                Kind.FORBIDDEN, "foreign-origin", "This call is only allowed from the hub's own web address.", null);
    }

    /** A key was shown where the person must come. */
    public static IdentityException personOnly() {
        return new IdentityException(
                Kind.FORBIDDEN,
                "person-only",
                "No API key may do this, whatever its scopes: sign in and do it yourself.",
                null);
    }

    /** A key may do less than what is asked for: its scopes lack it, or its owner's role does. */
    public static IdentityException scopeMissing(Permission permission) {
        return new IdentityException(
                Kind.FORBIDDEN,
                "scope-missing",
                "This needs "
                        + permission.text()
                        + permission
                                .companion()
                                .map(other -> " together with " + other.text())
                                .orElse("")
                        + ", which the API key lacks among its scopes or its owner's role does"
                        + " not give any more: use a key that has it.",
                null);
    }

    public static IdentityException keyNotFound() {
        return new IdentityException(
                Kind.NOT_FOUND, "api-key-not-found", "There is no such API key, or it is not yours.", null);
    }

    public static IdentityException tooManyKeys(int most) {
        return new IdentityException(
                Kind.CONFLICT,
                "too-many-api-keys",
                "There are " + most + " keys of this owner already: revoke those that nobody uses.",
                null);
    }

    public static IdentityException serviceAccountNotFound() {
        return new IdentityException(
                Kind.NOT_FOUND, "service-account-not-found", "There is no such service account here.", null);
    }

    public static IdentityException tooManyServiceAccounts(int most) {
        return new IdentityException(
                Kind.CONFLICT,
                "too-many-service-accounts",
                "The organization has " + most + " service accounts already: delete those that nobody uses.",
                null);
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

    /** Without it nobody would manage the installation's plugins any more, and nobody else may just because they came next. */
    public static IdentityException managesPlugins() {
        return new IdentityException(
                Kind.CONFLICT,
                "organization-manages-plugins",
                "This organization's administrators manage the plugins of the whole hub, so it can't be deleted. An operator"
                        + " can give that to another organization first: CADRE_PLUGIN_ADMINS with that one's id.",
                null);
    }

    /** The password is right; send the same again with a code of the second factor. */
    public static IdentityException mfaRequired() {
        return new IdentityException(
                Kind.UNAUTHENTICATED,
                "mfa-required",
                "Enter a code of your authenticator app, or a recovery code, and send it as code with the same sign-in.",
                null);
    }

    public static IdentityException wrongCode() {
        return new IdentityException(
                Kind.INVALID, "wrong-code", "The code is not right, or was used before: wait for the next one.", null);
    }

    public static IdentityException secondFactorOn() {
        return new IdentityException(
                Kind.CONFLICT,
                "second-factor-on",
                "The second factor is on: turn it off before you set up another.",
                null);
    }

    public static IdentityException linkInvalid() {
        return new IdentityException(
                Kind.INVALID, "link-invalid", "This link was used before or is too old: ask for a new one.", null);
    }

    public static IdentityException alreadyInvited() {
        return new IdentityException(
                Kind.CONFLICT,
                "already-invited",
                "This address is invited already: send the invitation again, or withdraw it first.",
                null);
    }

    public static IdentityException ownerUnproven() {
        return new IdentityException(
                Kind.FORBIDDEN,
                "owner-unproven",
                "An owner of the organization must confirm their e-mail address first (Settings, Account): invitations"
                        + " are sent in the organization's name.",
                null);
    }

    public static IdentityException invitationNotFound() {
        return new IdentityException(
                Kind.NOT_FOUND, "invitation-not-found", "There is no such invitation of this organization.", null);
    }

    /** The same for one that never was: nobody learns which links there were. */
    public static IdentityException invitationInvalid() {
        return new IdentityException(
                Kind.INVALID,
                "invitation-invalid",
                "This invitation was used, withdrawn or sent again, or is too old: ask for a new one.",
                null);
    }

    public static IdentityException invitationForAnother(String invited, String signedIn) {
        return new IdentityException(
                Kind.CONFLICT,
                "invitation-for-another",
                "This invitation is for " + invited + ", and you are signed in as " + signedIn
                        + ": sign in with that address, or ask to be invited with yours.",
                null);
    }

    public static IdentityException sessionNotFound() {
        return new IdentityException(Kind.NOT_FOUND, "session-not-found", "There is no such sign-in of yours.", null);
    }

    public static IdentityException noOutbox() {
        return new IdentityException(Kind.NOT_FOUND, "not-found", "There is no outbox for you here.", null);
    }

    public static IdentityException tooManyAttempts(Duration wait) {
        return new IdentityException(
                Kind.LIMITED, "too-many-attempts", "Too many attempts: wait before you try again.", wait);
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
