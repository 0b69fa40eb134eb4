package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Users;
import dev.cadre.platform.mail.Mail;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.shared.OrganizationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Writes to each owner of an organization, within the transaction that causes it. */
@Component
public class OwnerMail {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Members members;
    private final Users users;
    private final Mail mail;
    private final MailLinks links;

    OwnerMail(Members members, Users users, Mail mail, MailLinks links) {
        this.members = members;
        this.users = users;
        this.mail = mail;
        this.links = links;
    }

    /** @param page of the web application, whose address ends the text */
    public void send(OrganizationId organization, String subject, String text, String page) {
        for (var owner : users.find(members.owners(organization)).values()) {
            mail.send(owner.email(), subject, text + " " + links.to(page) + "\n");
        }
    }

    /** A time as mails say it. */
    public static String day(Instant time) {
        return DAY.format(time);
    }
}
