package dev.cadre.platform.identity.web;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.mail.Mail;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.shared.UserId;
import org.springframework.stereotype.Component;

/** Who reads the outbox: the installation's first owner, where no mail server takes the messages. */
@Component
class OutboxAccess {

    private final Mail mail;
    private final Organizations organizations;

    OutboxAccess(Mail mail, Organizations organizations) {
        this.mail = mail;
        this.organizations = organizations;
    }

    boolean isOpenTo(UserId user) {
        return !mail.leaves()
                && Walls.outside(organizations::firstOwner).filter(user::equals).isPresent();
    }
}
