package dev.cadre.platform.identity;

import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.OrganizationId;
import java.util.Map;

/** The sign-in is right, but this organization lets its people in by its identity provider only. */
public final class SsoRequired extends CadreException {

    private final Map<String, Object> members;

    private SsoRequired(Map<String, Object> members) {
        super(
                Kind.FORBIDDEN,
                "sso-required",
                "Your organization lets you in by single sign-on only: choose 'Sign in with SSO'.");
        this.members = members;
    }

    public static SsoRequired of(OrganizationId organization) {
        return new SsoRequired(Map.of("organization", organization.toString(), "startUrl", startUrl(organization)));
    }

    public static String startUrl(OrganizationId organization) {
        return "/auth/sso/start?organization=" + organization;
    }

    @Override
    public Map<String, Object> members() {
        return members;
    }
}
