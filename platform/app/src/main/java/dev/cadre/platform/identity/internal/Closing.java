package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.mail.Mail;
import dev.cadre.platform.organization.Deletions;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Organization;
import dev.cadre.platform.shared.UserId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deletes organizations and takes that back, and tells the owners. */
@Service
public class Closing {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Deletions deletions;
    private final Members members;
    private final Users users;
    private final Mail mail;
    private final MailLinks links;
    private final Grants grants;

    Closing(Deletions deletions, Members members, Users users, Mail mail, MailLinks links, Grants grants) {
        this.grants = grants;
        this.deletions = deletions;
        this.members = members;
        this.users = users;
        this.mail = mail;
        this.links = links;
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
        for (var owner : users.find(members.owners(organization.id())).values()) {
            mail.send(
                    owner.email(),
                    "The organization " + organization.name() + " will be deleted",
                    name + " has asked to delete the organization \"" + organization.name()
                            + "\" at Cadre. Nothing of it runs from now on, and everything of it is erased on "
                            + DAY.format(deletesAt) + ".\n\nUntil then every owner can restore it: "
                            + links.to("/settings/organization") + "\n");
        }
    }

    @Transactional
    public void takeBack(Organization organization) {
        deletions.takeBack(organization);
    }
}
