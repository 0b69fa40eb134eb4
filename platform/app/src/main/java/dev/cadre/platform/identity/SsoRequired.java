package dev.cadre.platform.identity;

import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.OrganizationId;
import java.util.Map;

/** The sign-in is right, but not the way into this organization. */
public final class SsoRequired extends CadreException {

    private final Map<String, Object> members;

    private SsoRequired(String code, String detail, Map<String, Object> members) {
        super(Kind.FORBIDDEN, code, detail);
        this.members = members;
    }

    /** The organization lets its people in by its identity provider only. */
    public static SsoRequired of(OrganizationId organization) {
        return new SsoRequired(
                "sso-required",
                "Your organization lets you in by single sign-on only: choose 'Sign in with SSO'.",
                Map.of(
                        "organization", organization.toString(),
                        "startUrl", "/auth/sso/start?organization=" + organization));
    }

    /** The sign-in came from one organization's identity provider and opens no other. */
    public static SsoRequired elsewhere() {
        return new SsoRequired(
                "sso-other-organization",
                "You signed in by one organization's single sign-on, which opens that organization only. Sign out, and"
                        + " sign in with your password or by the other organization's single sign-on.",
                Map.of());
    }

    @Override
    public Map<String, Object> members() {
        return members;
    }
}
