package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The identity provider of an organization.
 *
 * @param clientSecret null for a client without one, whose codes only PKCE protects
 * @param groupsClaim where the provider says a person's groups
 * @param groupRoles the first that fits counts
 * @param defaultRole of who is in none of the groups; null to refuse them
 * @param trustsEmails whether addresses count as verified although the provider does not say so
 * @param enforced whether members come in by it only
 * @param requiredMethods values of {@code acr} or {@code amr}, one of which the provider must say of a sign-in; any where empty
 * @param usedAt when somebody last signed in through it as it is; null for never
 */
public record Provider(
        OrganizationId organization,
        String issuer,
        String clientId,
        @Nullable String clientSecret,
        List<String> scopes,
        String groupsClaim,
        List<GroupRole> groupRoles,
        @Nullable String defaultRole,
        boolean trustsEmails,
        boolean enforced,
        List<String> requiredMethods,
        long revision,
        @Nullable Instant usedAt) {

    /** Whether the same people would come in by the other. */
    boolean isSameClient(Provider other) {
        return issuer.equals(other.issuer) && clientId.equals(other.clientId);
    }

    /** With another role in the place of one, or none: groups that had that are not mapped any more. */
    Provider withRole(String old, @Nullable String next) {
        var mapped = groupRoles.stream()
                .filter(one -> next != null || !one.role().equals(old))
                .map(one -> one.role().equals(old) && next != null ? new GroupRole(one.group(), next) : one)
                .toList();
        return new Provider(
                organization,
                issuer,
                clientId,
                clientSecret,
                scopes,
                groupsClaim,
                mapped,
                old.equals(defaultRole) ? next : defaultRole,
                trustsEmails,
                enforced,
                requiredMethods,
                revision + 1,
                usedAt);
    }

    /** Never with the secret. */
    @Override
    public String toString() {
        return "Provider[" + organization + ", " + issuer + ", " + clientId + "]";
    }
}
