package dev.cadre.platform.identity;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;

/**
 * Who makes the current request, in which organization. A controller method takes it as a parameter.
 *
 * @param user the person, or the service account
 * @param role what the user is in this organization
 * @param permissions what the caller may do here: the role's, and of these only a key's scopes where a key was shown, those
 *     that {@linkplain Permission#counting count}
 * @param credential what the caller has shown
 */
public record Caller(
        UserId user, OrganizationId organization, Role role, Set<Permission> permissions, Credential credential) {

    public Caller {
        permissions = Permission.counting(permissions);
    }

    /** By what a caller is known. */
    public sealed interface Credential {}

    /**
     * A person's sign-in, by its access token.
     *
     * @param vouched whether it came from the organization's identity provider, and so never leaves that organization
     */
    public record SignedIn(UUID session, boolean vouched) implements Credential {}

    /**
     * An API key. It belongs to one organization and never leaves it.
     *
     * @param serviceAccount the name of the service account whose key it is; null for a person's
     */
    public record ApiKey(UUID id, String name, @Nullable String serviceAccount) implements Credential {

        public boolean ofServiceAccount() {
            return serviceAccount != null;
        }
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Refuses the caller who may not do this. */
    public void require(Permission permission) {
        if (!may(permission)) {
            throw isPerson() ? new AccessDeniedException("No permission") : IdentityException.scopeMissing(permission);
        }
    }

    /** Whether a person has signed in; a program with a key otherwise. */
    public boolean isPerson() {
        return credential instanceof SignedIn;
    }

    /** Whether the organization's identity provider vouches for who calls. */
    public boolean isVouched() {
        return credential instanceof SignedIn signedIn && signedIn.vouched();
    }

    /**
     * Whether the caller may ask of this organization at all: a person of each of theirs, a key of its own only, and so a
     * person for whom one organization's identity provider vouches.
     */
    public boolean reaches(OrganizationId other) {
        return other.equals(organization) || (isPerson() && !isVouched());
    }

    /**
     * The sign-in of the person who calls.
     *
     * @throws IdentityException where a key was shown
     */
    public UUID session() {
        return switch (credential) {
            case SignedIn signedIn -> signedIn.session();
            case ApiKey _ -> throw IdentityException.personOnly();
        };
    }

    /** Runs the work with the rows in sight that this caller may see: of the projects, all or the caller's own. */
    public <T, X extends Throwable> T withinSight(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return may(Permission.PROJECT_ALL)
                ? Walls.within(organization, work)
                : Walls.withinProjectsOf(user, organization, work);
    }
}
