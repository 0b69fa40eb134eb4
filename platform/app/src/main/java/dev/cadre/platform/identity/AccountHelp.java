package dev.cadre.platform.identity;

import dev.cadre.platform.identity.internal.SecondFactor;
import dev.cadre.platform.mail.Mail;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.UserId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What an operator does for somebody who has asked, beside a hub that runs or not: so it tells no node, they notice. */
@Component
public class AccountHelp {

    private final JdbcClient jdbc;
    private final Users users;
    private final SecondFactor secondFactor;
    private final Mail mail;
    private final ApplicationEventPublisher events;

    AccountHelp(JdbcClient jdbc, Users users, SecondFactor secondFactor, Mail mail, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.users = users;
        this.secondFactor = secondFactor;
        this.mail = mail;
        this.events = events;
    }

    /** False where nobody has the address. */
    @Transactional
    public boolean resetSecondFactor(String email) {
        var user = users.find(Email.normalize(email));
        user.ifPresent(this::resetSecondFactor);
        return user.isPresent();
    }

    private void resetSecondFactor(User user) {
        secondFactor.reset(user.id());
        revoke(user.id());
        mail.send(
                user.email(),
                "Your second factor was reset",
                "An operator of this hub has turned your second factor off, since somebody asked for it in your name. All your"
                        + " sign-ins have ended.\n\nSign in with your password and set a new second factor up. If it was not you"
                        + " who asked, set a new password at once and tell the operator.\n");
    }

    /** False where nobody has the address. */
    @Transactional
    public boolean endSignIns(String email) {
        var user = users.find(Email.normalize(email));
        user.ifPresent(found -> {
            revoke(found.id());
            ended(found.id());
        });
        return user.isPresent();
    }

    /** Of how many people. */
    @Transactional
    public int endAllSignIns() {
        var people = revoke(null);
        people.forEach(this::ended);
        return people.size();
    }

    private void ended(UserId user) {
        events.publishEvent(Audited.of(null, "session.ended-by-operator", Subject.user(user)));
    }

    private List<UserId> revoke(@Nullable UserId user) {
        return jdbc.sql("""
                        update session set revoked_at = now()
                        where revoked_at is null and expires_at > now() and (cast(:user as uuid) is null or user_id = :user) returning user_id""").param("user", user == null ? null : user.value()).query(UUID.class).list().stream()
                .distinct()
                .map(UserId::new)
                .toList();
    }
}
