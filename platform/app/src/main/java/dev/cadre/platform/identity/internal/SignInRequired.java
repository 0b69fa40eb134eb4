package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.SsoRequired;
import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.OrganizationId;
import java.util.HashMap;
import java.util.Map;

/** The person is a member there, but came by another organization's identity provider: that vouches for its own organization only. */
public final class SignInRequired extends CadreException {

    private final Map<String, Object> members = new HashMap<>();

    /** @param bySso whether the organization has an identity provider of its own to come by */
    SignInRequired(OrganizationId organization, boolean bySso) {
        super(
                Kind.FORBIDDEN,
                "sign-in-required",
                "You came by single sign-on, which opens its own organization only. Sign out, and sign in "
                        + (bySso
                                ? "by single sign-on of the other organization, or by your password"
                                : "by your password")
                        + ". If you have none yet, 'Forgot your password?' on the sign-in page sets one.");
        members.put("organization", organization.toString());
        if (bySso) {
            members.put("startUrl", SsoRequired.startUrl(organization));
        }
    }

    @Override
    public Map<String, Object> members() {
        return Map.copyOf(members);
    }
}
