package dev.cadre.platform.identity;

import dev.cadre.platform.shared.CadreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why an organization's security rules keep somebody out, or can't be as somebody wants them. */
public final class AccessException extends CadreException {

    private AccessException(Kind kind, String code, String detail) {
        super(kind, code, detail);
    }

    private AccessException(String pointer, String message) {
        super(
                Kind.INVALID,
                "invalid-input",
                "The input is not valid: see violations.",
                List.of(new Violation(pointer, message)));
    }

    static AccessException address(@Nullable String address) {
        return new AccessException(
                Kind.FORBIDDEN,
                "address-not-allowed",
                "This organization may not be used from " + (address == null ? "an unknown address" : address)
                        + ": ask one of its administrators to allow it.");
    }

    static AccessException secondFactorRequired() {
        return new AccessException(
                Kind.FORBIDDEN,
                "second-factor-required",
                "This organization wants a second factor: set one up in your account, then go on.");
    }

    public static AccessException signInAgain() {
        return new AccessException(
                Kind.FORBIDDEN,
                "sign-in-too-old",
                "This organization wants a newer sign-in than yours: sign out and in again.");
    }

    public static AccessException oneOrganizationOnly() {
        return new AccessException(
                Kind.FORBIDDEN,
                "one-organization-only",
                "Your sign-in comes from one organization's identity provider and is good for that one: sign in with your"
                        + " password for what concerns all of them.");
    }

    public static AccessException lockOut(@Nullable String address) {
        return new AccessException(
                Kind.CONFLICT,
                "would-lock-you-out",
                "The list does not hold " + (address == null ? "the address that you call from" : address)
                        + ", where you are now. Add it, or repeat the address as excludeOwnAddress to be kept out from here yourself.");
    }

    public static AccessException ownSecondFactorFirst() {
        return new AccessException(
                Kind.CONFLICT,
                "second-factor-of-your-own",
                "Set up a second factor for your own account first: you would be kept out otherwise.");
    }

    public static AccessException input(String pointer, String message) {
        return new AccessException(pointer, message);
    }
}
