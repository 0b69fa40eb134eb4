package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.shared.CadreException;
import java.util.List;

/** Why somebody can't come in by single sign-on, or it can't be set up. The web application has a sentence for each code. */
public final class SsoException extends CadreException {

    private SsoException(Kind kind, String code, String detail) {
        super(kind, code, detail);
    }

    private SsoException(List<Violation> violations) {
        super(Kind.INVALID, "invalid-input", "The input is not valid: see violations.", violations);
    }

    static SsoException invalid(String pointer, String message) {
        return new SsoException(List.of(new Violation(pointer, message)));
    }

    static SsoException unknown() {
        return new SsoException(
                Kind.NOT_FOUND, "sso-unknown", "No organization here lets you in by single sign-on with this address.");
    }

    static SsoException notSetUp() {
        return new SsoException(
                Kind.NOT_FOUND, "sso-not-set-up", "This organization has no single sign-on. An owner can set it up.");
    }

    static SsoException stateInvalid() {
        return new SsoException(
                Kind.INVALID,
                "sso-state-invalid",
                "This sign-in was finished already, is older than ten minutes, or began in another browser. Begin anew.");
    }

    static SsoException refused() {
        return new SsoException(
                Kind.FORBIDDEN, "sso-refused", "The identity provider did not let you in. Ask its administrator.");
    }

    static SsoException provider(String sentence) {
        return new SsoException(Kind.UNAVAILABLE, "sso-provider-failed", sentence);
    }

    static SsoException tokenInvalid(String sentence) {
        return new SsoException(Kind.INVALID, "sso-token-invalid", sentence);
    }

    static SsoException noEmail() {
        return new SsoException(
                Kind.FORBIDDEN,
                "sso-no-email",
                "The identity provider does not say what your e-mail address is: its administrator must release it.");
    }

    static SsoException tooWeak() {
        return new SsoException(
                Kind.FORBIDDEN,
                "sso-too-weak",
                "The identity provider does not say that you signed in there as this organization asks for, as with a second"
                        + " factor. Set it up there and sign in again.");
    }

    static SsoException emailUnverified() {
        return new SsoException(
                Kind.FORBIDDEN,
                "sso-email-unverified",
                "The identity provider does not say that your e-mail address is verified: confirm it there first.");
    }

    static SsoException domainUnproven() {
        return new SsoException(
                Kind.FORBIDDEN,
                "sso-domain-unproven",
                "The organization has not proven that your e-mail address is one of its own. Ask to be invited, sign in"
                        + " with your password, and connect the two in your settings.");
    }

    static SsoException accountUnproven() {
        return new SsoException(
                Kind.FORBIDDEN,
                "sso-account-unproven",
                "There is an account with your e-mail address that was never confirmed. Set a new password by 'Forgot"
                        + " your password?', which proves that the address is yours, and try again.");
    }

    static SsoException noRole() {
        return new SsoException(
                Kind.FORBIDDEN,
                "sso-no-role",
                "None of your groups at the identity provider has a role in this organization. Ask an owner.");
    }

    static SsoException tooManyGroups() {
        return new SsoException(
                Kind.INVALID,
                "sso-too-many-groups",
                "The identity provider sends too many groups: its administrator should send only those of this"
                        + " application.");
    }

    static SsoException identityTaken() {
        return new SsoException(
                Kind.CONFLICT,
                "sso-identity-taken",
                "This person at the identity provider is connected to another account here.");
    }

    static SsoException untried() {
        return new SsoException(
                Kind.CONFLICT,
                "sso-untried",
                "Nobody has signed in by single sign-on as it is set up now. Do that once before it is required.");
    }

    static SsoException domainTaken() {
        return new SsoException(
                Kind.CONFLICT,
                "sso-domain-taken",
                "Another organization of this hub has proven this domain. The operator can decide whose it is.");
    }

    static SsoException domainNotFound() {
        return new SsoException(
                Kind.NOT_FOUND, "sso-domain-not-found", "This organization has not claimed the domain.");
    }

    static SsoException dnsFailed(String name) {
        return new SsoException(
                Kind.UNAVAILABLE,
                "sso-dns-failed",
                "The DNS does not say whether there is a TXT record " + name
                        + ". Try again in some minutes; if it stays so, ask who runs the domain's DNS, or this hub.");
    }

    static SsoException domainMissing(String name, String value) {
        return new SsoException(
                Kind.CONFLICT,
                "sso-domain-not-proven",
                "No TXT record " + name + " with the value " + value
                        + " was found. A new record may take an hour to be seen.");
    }
}
