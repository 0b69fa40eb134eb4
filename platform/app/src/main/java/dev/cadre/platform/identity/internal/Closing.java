package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.organization.Deletions;
import dev.cadre.platform.organization.Organization;
import dev.cadre.platform.shared.UserId;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deletes organizations and takes that back, and tells the owners. */
@Service
public class Closing {

    private final Deletions deletions;
    private final Users users;
    private final OwnerMail mail;
    private final Grants grants;

    Closing(Deletions deletions, Users users, OwnerMail mail, Grants grants) {
        this.grants = grants;
        this.deletions = deletions;
        this.users = users;
        this.mail = mail;
    }

    @Transactional
    public void request(Organization organization, String typed, UserId by) {
        if (grants.isFirstManaging(organization.id())) {
            throw IdentityException.managesPlugins();
        }
        boolean before = organization.deletesAt() != null;
        var deletesAt = deletions.request(organization, typed);
        if (before) {
            return;
        }
        var name = users.find(List.of(by)).values().stream()
                .map(User::name)
                .findFirst()
                .orElse("Somebody");
        mail.send(
                organization.id(),
                "The organization " + organization.name() + " will be deleted",
                name + " has asked to delete the organization \"" + organization.name()
                        + "\" at Cadre. Nothing of it runs from now on, and everything of it is erased on "
                        + OwnerMail.day(deletesAt) + ".\n\nUntil then every owner can restore it:",
                "/settings/organization");
    }

    @Transactional
    public void takeBack(Organization organization) {
        deletions.takeBack(organization);
    }
}
