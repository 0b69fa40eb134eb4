package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Email;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.identity.internal.AccountTokens.Purpose;
import dev.cadre.platform.identity.internal.key.ApiKeys;
import dev.cadre.platform.mail.Mail;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.Ids;
import dev.cadre.platform.shared.OneLine;
import dev.cadre.platform.shared.UserId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Changes accounts: their address, its proof, and their password. Every change is told to the person by mail. */
@Service
public class Accounts {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final AccountTokens links;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final SignInThrottle throttle;
    private final Users users;
    private final Mail mail;
    private final MailLinks pages;
    private final ApiKeys keys;
    private final ApplicationEventPublisher events;

    Accounts(
            JdbcClient jdbc,
            TransactionOperations transactions,
            AccountTokens links,
            Passwords passwords,
            PasswordRules rules,
            Sessions sessions,
            KnownDevices devices,
            SignInThrottle throttle,
            Users users,
            Mail mail,
            MailLinks pages,
            ApiKeys keys,
            ApplicationEventPublisher events) {
        this.events = events;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.links = links;
        this.passwords = passwords;
        this.rules = rules;
        this.sessions = sessions;
        this.devices = devices;
        this.throttle = throttle;
        this.users = users;
        this.mail = mail;
        this.pages = pages;
        this.keys = keys;
    }

    /** Does nothing where enough links are under way. */
    @Transactional
    public void sendVerification(User user) {
        if (links.mayIssue(user.id(), Purpose.VERIFY_EMAIL)) {
            mail.send(
                    user.email(),
                    "Confirm your e-mail address",
                    "Confirm that this address is yours:\n\n"
                            + pages.to("/verify-email", links.issue(user.id(), Purpose.VERIFY_EMAIL, user.email()))
                            + "\n\nIf you have not signed up at Cadre, ignore this message.\n");
        }
    }

    @Transactional
    public void sendVerification(UserId user) {
        if (!isVerified(user)) {
            audit(user, "user.verification-requested");
            sendVerification(get(user));
        }
    }

    private void audit(UserId user, String action) {
        events.publishEvent(Audited.of(null, action, Subject.user(user)));
    }

    public boolean isVerified(UserId user) {
        return jdbc.sql("select 1 from user_account where id = ? and email_verified_at is not null")
                .param(user.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** A link from a mail: it proves the account's address, or moves the account to a new one. */
    @Transactional
    public void confirmAddress(String token) {
        var taken = links.take(token, Purpose.VERIFY_EMAIL, Purpose.CHANGE_EMAIL);
        var before = get(taken.user());
        if (taken.purpose() == Purpose.VERIFY_EMAIL) {
            if (!before.email().equals(taken.email())) {
                throw IdentityException.linkInvalid();
            }
            verified(taken.user());
            audit(taken.user(), "user.email-verified");
            return;
        }
        try {
            jdbc.sql("update user_account set email = ?, email_verified_at = now() where id = ?")
                    .param(taken.email())
                    .param(taken.user().value())
                    .update();
        } catch (DuplicateKeyException e) {
            throw IdentityException.emailTaken();
        }
        for (var purpose : Purpose.values()) {
            links.forget(taken.user(), purpose);
        }
        audit(taken.user(), "user.email-changed");
        mail.send(
                before.email(),
                "Your e-mail address was changed",
                "Your account at Cadre now has the address " + taken.email()
                        + ".\n\nIf that was not you, tell the administrator of your hub at once.\n");
    }

    /** Notes that somebody has forgotten a password. It says and takes the same whether or not there is an account. */
    public void forgotPassword(String email, Client client) {
        throttle.forgotten(client);
        var id = Ids.create();
        jdbc.sql("insert into password_request (id, email) values (?, ?)")
                .param(id)
                .param(Email.normalize(email).replace("\0", ""))
                .update();
    }

    /** Answers what was noted; called by the clock, on any node. */
    @Transactional
    public int answerForgotten(int limit) {
        var emails = jdbc.sql("""
                        delete from password_request where id in
                        (select id from password_request order by id limit ? for update skip locked) returning email""")
                .param(limit)
                .query((row, number) -> row.getString(1))
                .list();
        emails.stream().distinct().map(users::find).flatMap(Optional::stream).forEach(this::sendReset);
        return emails.size();
    }

    private void sendReset(User user) {
        if (links.mayIssue(user.id(), Purpose.RESET_PASSWORD)) {
            audit(user.id(), "user.password-reset-requested");
            mail.send(
                    user.email(),
                    "Set a new password",
                    "Somebody, probably you, wants a new password for your account at Cadre. This link works once, for"
                            + " 30 minutes:\n\n"
                            + pages.to("/reset-password", links.issue(user.id(), Purpose.RESET_PASSWORD, user.email()))
                            + "\n\nIf it was not you, ignore this message: your password stays as it is.\n");
        }
    }

    /** Whoever reads the account's mail sets a new password: all sign-ins end, and the address is proven. */
    public void resetPassword(String token, String password, Client client) {
        require("/password", password, List.of());
        var hash = passwords.hash(password);
        transactions.executeWithoutResult(status -> {
            var taken = links.take(token, Purpose.RESET_PASSWORD);
            var user = get(taken.user());
            if (!user.email().equals(taken.email())) {
                throw IdentityException.linkInvalid();
            }
            if (!isVerified(user.id())) {
                forgetOtherWaysIn(user.id());
            }
            store(user, hash);
            verified(user.id());
            sessions.endAll(user.id(), Optional.empty());
            devices.forget(user.id());
            audit(user.id(), "user.password-reset");
            throttle.clear(user.email(), client);
        });
    }

    /** All other sign-ins end. */
    public void changePassword(UserId id, UUID session, String current, String password) {
        var user = get(id);
        requirePassword(id, session, current, "/currentPassword");
        require("/password", password, List.of(user.email(), user.name()));
        var hash = passwords.hash(password);
        transactions.executeWithoutResult(status -> {
            store(user, hash);
            sessions.endAll(id, Optional.of(session));
            audit(id, "user.password-changed");
        });
    }

    /** Sends a link to the new address; the answer is the same where the address has an account already. */
    public void changeEmail(UserId id, UUID session, String given, String password) {
        var email = Email.normalize(given);
        if (!Email.isValid(email)) {
            throw IdentityException.invalid(List.of(new Violation("/email", "Must be an e-mail address.")));
        }
        requirePassword(id, session, password, "/password");
        transactions.executeWithoutResult(status -> {
            if (!links.mayIssue(id, Purpose.CHANGE_EMAIL)) {
                return;
            }
            audit(id, "user.email-change-requested");
            var token = links.issue(id, Purpose.CHANGE_EMAIL, email);
            boolean taken = users.find(email).isPresent();
            mail.send(
                    email,
                    "Confirm your new e-mail address",
                    taken
                            ? "Somebody wants to use this address for another account at Cadre. It has an account"
                                    + " already: nothing was changed.\n"
                            : "Confirm that your account at Cadre shall have this address:\n\n"
                                    + pages.to("/verify-email", token)
                                    + "\n\nIf you do not know of this, ignore the message.\n");
        });
    }

    /** For good, with sign-ins, keys and everything else that hangs on the account. It belongs to no organization any more. */
    @Transactional
    public void erase(UserId user) {
        sessions.endAll(user, Optional.empty());
        jdbc.sql("delete from user_account where id = ? and kind = 'person'")
                .param(user.value())
                .update();
    }

    public List<SignedInDevice> sessions(UserId user) {
        return sessions.living(user);
    }

    @Transactional
    public void endSession(UserId user, UUID session) {
        if (!sessions.end(user, session)) {
            throw IdentityException.sessionNotFound();
        }
        audit(user, "session.ended");
    }

    @Transactional
    public void endOtherSessions(UserId user, UUID session) {
        sessions.endAll(user, Optional.of(session));
        audit(user, "session.others-ended");
    }

    @Transactional
    public void rename(UserId user, String given) {
        var name = given.strip();
        if (name.isEmpty() || name.length() > 100 || !OneLine.isPlain(name)) {
            throw IdentityException.invalid(List.of(
                    new Violation("/name", "Must have 1 to 100 characters, no control characters among them.")));
        }
        jdbc.sql("update user_account set name = ? where id = ?")
                .param(name)
                .param(user.value())
                .update();
        audit(user, "user.renamed");
    }

    /** What is dangerous needs the password again; guessing it here is slowed down too, for each sign-in by itself. */
    public void requirePassword(UserId user, UUID session, String password, String pointer) {
        boolean vouched = sessions.vouchedBy(session).isPresent();
        throttle.attemptPassword(user, session, vouched);
        var hash = jdbc.sql("select coalesce(password_hash, '') from user_account where id = ?")
                .param(user.value())
                .query(String.class)
                .optional()
                .orElseThrow(IdentityException::sessionEnded); // the account is just erased
        if (hash.isEmpty()) {
            throw IdentityException.invalid(List.of(new Violation(
                    pointer, "You have no password yet. Set one by 'Forgot your password?' on the sign-in page.")));
        }
        if (!passwords.matches(password, hash)) {
            throw IdentityException.invalid(List.of(new Violation(pointer, "Is not your password.")));
        }
        throttle.succeededPassword(user, session, vouched);
    }

    private void require(String pointer, String password, List<String> about) {
        rules.check(pointer, password, about).ifPresent(violation -> {
            throw IdentityException.invalid(List.of(violation));
        });
    }

    /** Whoever set them up has never proven that the address is theirs. */
    private void forgetOtherWaysIn(UserId user) {
        for (var table : List.of("recovery_code", "second_factor", "sso_identity")) {
            jdbc.sql("delete from " + table + " where user_id = ?")
                    .param(user.value())
                    .update();
        }
        keys.revokeAllOf(user);
    }

    /** What was asked for under the password before does not count any more, wherever its link is. */
    private void store(User user, String hash) {
        links.forget(user.id(), Purpose.RESET_PASSWORD);
        links.forget(user.id(), Purpose.CHANGE_EMAIL);
        jdbc.sql("update user_account set password_hash = ? where id = ?")
                .param(hash)
                .param(user.id().value())
                .update();
        mail.send(
                user.email(),
                "Your password was changed",
                "The password of your account at Cadre was changed, and other sign-ins have ended.\n\nIf that was not"
                        + " you, set a new one: " + pages.to("/forgot-password") + "\n");
    }

    /** The address is proven, by whatever way. */
    void verified(UserId user) {
        jdbc.sql("update user_account set email_verified_at = coalesce(email_verified_at, now()) where id = ?")
                .param(user.value())
                .update();
    }

    private User get(UserId id) {
        return Optional.ofNullable(users.find(List.of(id)).get(id)).orElseThrow(IdentityException::sessionEnded);
    }
}
