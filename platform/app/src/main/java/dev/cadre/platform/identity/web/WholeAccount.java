package dev.cadre.platform.identity.web;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.identity.AccessException;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.organization.Organizations;
import org.springframework.stereotype.Component;

/**
 * Keeps what reaches into all of a person's organizations from sign-ins that one organization's identity provider vouches
 * for: whoever runs that provider could be any of its people.
 */
@Component
class WholeAccount {

    private final Organizations organizations;

    WholeAccount(Organizations organizations) {
        this.organizations = organizations;
    }

    /** Refuses (403) a caller whose sign-in is not good for every organization of the person. */
    void require(Caller caller) {
        boolean whole = Walls.outside(() -> organizations.of(caller.user())).stream()
                .allMatch(membership -> caller.reaches(membership.organization()));
        if (!whole) {
            throw AccessException.oneOrganizationOnly();
        }
    }
}
