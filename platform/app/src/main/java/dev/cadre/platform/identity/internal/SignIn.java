package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.AccessTokens;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Email;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.SsoRequired;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.internal.Sessions.Session;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.Organizations;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.OneLine;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Signs people up, in, on and out. */
@Service
public class SignIn {

    /** What a client needs after it has signed in. */
    public record SignedIn(User user, Membership membership, UUID session, String accessToken, String refreshToken) {}

    private record Account(User user, @Nullable String passwordHash) {}

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Organizations organizations;
    private final Passwords passwords;
    private final Sessions sessions;
    private final SignInThrottle throttle;
    private final AccessTokens tokens;
    private final SecondFactor secondFactor;
    private final PasswordRules rules;
    private final Accounts accounts;
    private final KnownDevices devices;
    private final Invitations invitations;
    private final RequiredSso required;
    private final SessionLimits limits;
    private final ApplicationEventPublisher events;

    SignIn(
            JdbcClient jdbc,
            TransactionOperations transactions,
            Organizations organizations,
            Passwords passwords,
            Sessions sessions,
            SignInThrottle throttle,
            AccessTokens tokens,
            SecondFactor secondFactor,
            PasswordRules rules,
            Accounts accounts,
            KnownDevices devices,
            Invitations invitations,
            RequiredSso required,
            SessionLimits limits,
            ApplicationEventPublisher events) {
        this.limits = limits;
        this.events = events;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.organizations = organizations;
        this.passwords = passwords;
        this.sessions = sessions;
        this.throttle = throttle;
        this.tokens = tokens;
        this.secondFactor = secondFactor;
        this.rules = rules;
        this.accounts = accounts;
        this.devices = devices;
        this.invitations = invitations;
        this.required = required;
    }

    public SignedIn register(
            String givenEmail, String password, String givenName, @Nullable String organization, Client client) {
        var email = Email.normalize(givenEmail);
        var name = givenName.strip();
        validate(email, password, name);
        throttle.mayRegister(client);
        var hash = passwords.hash(password); // outside the transaction: it takes its time
        var user = new User(UserId.create(), email, name);
        try {
            return create(user, hash, organization, client);
        } catch (IdentityException e) {
            if (e.code().equals("email-taken")) {
                throttle.taken(client);
            }
            throw e;
        }
    }

    private SignedIn create(User user, String hash, @Nullable String organization, Client client) {
        return transactions.execute(status -> {
            insert(user, hash);
            var called = organization == null || organization.isBlank() ? ownOrganization(user) : organization;
            var founded = organizations.found(called.strip(), user.id());
            accounts.sendVerification(user);
            events.publishEvent(Audited.of(null, "user.registered", Subject.user(user.id()))
                    .by(Actor.current().as(user.id())));
            return open(user, membership(user, founded.id()), client);
        });
    }

    /** Signs somebody up by an invitation: into its organization, and no other; its link has proven the address. */
    public SignedIn join(String token, String password, String givenName, Client client) {
        var email = invitations.look(token).email();
        var name = givenName.strip();
        validate(email, password, name);
        var hash = passwords.hash(password);
        var user = new User(UserId.create(), email, name);
        transactions.executeWithoutResult(status -> {
            insert(user, hash);
            invitations.accept(token, user.id());
            events.publishEvent(Audited.of(null, "user.registered", Subject.user(user.id()))
                    .by(Actor.current().as(user.id())));
        });
        return open(user, client);
    }

    /** {@code code} is of the second factor, and needed where the user has one. */
    public SignedIn logIn(String givenEmail, String password, @Nullable String code, Client client) {
        var email = Email.normalize(givenEmail);
        boolean known = devices.knows(client.device(), email);
        throttle.attempt(email, client, known);
        var account = find(email);
        if (!passwords.matches(password, account.map(Account::passwordHash).orElse(null))) {
            failed(account.map(Account::user), "password");
            throw IdentityException.wrongCredentials();
        }
        var user = account.orElseThrow(IdentityException::wrongCredentials).user();
        boolean withCode = secondFactor.isOn(user.id());
        if (withCode) {
            if (code == null || code.isBlank()) {
                throttle.undo(email, client, known);
                throw IdentityException.mfaRequired();
            }
            throttle.attemptCode(user.id(), client, known);
            if (!secondFactor.accepts(user.id(), code)) {
                failed(Optional.of(user), "code");
                throw IdentityException.wrongCode();
            }
            throttle.succeededCode(user.id(), client, known);
        }
        throttle.succeeded(email, client, known);
        return transactions.execute(status -> {
            var by = Map.of("by", withCode ? "password and second factor" : "password");
            events.publishEvent(Audited.of(null, "user.signed-in", Subject.user(user.id()), by)
                    .by(Actor.current().as(user.id())));
            return open(user, client);
        });
    }

    /** Nobody's log gets to know which addresses somebody tried: they may be anybody's. */
    private void failed(Optional<User> user, String what) {
        var subject = user.map(User::id).map(Subject::user).orElseGet(() -> Subject.of("user", "unknown", null));
        events.publishEvent(Audited.of(null, "user.sign-in-failed", subject, Map.of("wrong", what)));
    }

    /** Who belongs to no organization any more gets one of their own, as at registration. */
    private SignedIn open(User user, Client client) {
        var memberships = admitting(user.id(), Optional.empty());
        if (memberships.isEmpty()) {
            var own = organizations.found(ownOrganization(user), user.id());
            return open(user, membership(user, own.id()), client);
        }
        var last = sessions.lastOrganization(user.id());
        var chosen = memberships.stream()
                .filter(membership ->
                        last.isPresent() && membership.organization().equals(last.get()))
                .findFirst()
                .or(() -> memberships.stream().findFirst())
                .orElseThrow(IdentityException::noOrganization);
        return open(user, chosen, client);
    }

    /** Where a sign-in is good for; which organizations let their people in otherwise is said to who belongs to those only. */
    private List<Membership> admitting(UserId user, Optional<OrganizationId> vouchedBy) {
        var all = organizations.of(user);
        var open = all.stream()
                .filter(one -> required.admits(one.organization(), one.role(), vouchedBy))
                .toList();
        if (open.isEmpty() && !all.isEmpty() && vouchedBy.isEmpty()) {
            throw SsoRequired.of(all.getFirst().organization());
        }
        return open;
    }

    /** For somebody whom the organization's identity provider vouches for: good for that organization only. */
    public SignedIn openVouched(UserId id, OrganizationId organization, Client client) {
        var user = user(id);
        var session = sessions.openVouched(id, organization, client);
        return signedIn(user, membership(user, organization), session.id(), session.refreshToken());
    }

    /** The same, of no use to anybody before the person says that they want it. */
    public UUID openWaiting(UserId id, OrganizationId organization, Duration lifetime, Client client) {
        return sessions.openWaiting(id, organization, lifetime, client);
    }

    /** The person wants a sign-in that waits; empty where it is over. */
    public Optional<SignedIn> takeUp(UUID waiting) {
        return sessions.takeUp(waiting).map(session -> {
            var user = user(session.user());
            return signedIn(user, membership(user, session.organization()), session.id(), session.refreshToken());
        });
    }

    /** Who goes on with this refresh token. */
    public Optional<User> whose(String refreshToken) {
        return sessions.ofUnused(refreshToken).flatMap(sessions::living).map(this::user);
    }

    /** The identity provider of a sign-in has taken its word back. */
    public void end(UUID session) {
        sessions.signOut(session);
    }

    /** The organization lets people in by its identity provider only, from now on. */
    public void endPasswordSignIns(OrganizationId organization) {
        sessions.endPasswordSignIns(organization);
    }

    /** The organization has another identity provider, or none, from now on. */
    public void endVouchedSignIns(OrganizationId organization) {
        sessions.endVouchedSignIns(organization);
    }

    /** A new pair of tokens for an old refresh token. */
    public SignedIn refresh(String refreshToken) {
        var session = sessions.refresh(refreshToken);
        var memberships = admitting(session.user(), Optional.ofNullable(session.vouchedBy()));
        var membership = memberships.stream()
                .filter(candidate -> candidate.organization().equals(session.organization()))
                .findFirst()
                .orElseGet(() -> another(session, memberships));
        return signedIn(user(session.user()), membership, session.id(), session.refreshToken());
    }

    /** Where a sign-in goes on whose organization is gone: it must be new enough for the other one, as when it is chosen. */
    private Membership another(Session session, List<Membership> memberships) {
        if (memberships.isEmpty()) {
            throw IdentityException.noOrganization();
        }
        var next = memberships.stream()
                .filter(candidate -> limits.admit(session.id(), candidate.organization()))
                .findFirst();
        if (next.isEmpty()) {
            sessions.end(session.id());
            throw IdentityException.sessionEnded();
        }
        sessions.choose(session.id(), next.get().organization());
        return next.get();
    }

    /** An access token for another organization of the same person, within the same session. */
    public String switchTo(UserId user, UUID session, OrganizationId organization) {
        var vouchedBy = sessions.vouchedBy(session);
        var role = membership(user(user), organization).role();
        if (!required.admits(organization, role, vouchedBy)) {
            throw vouchedBy.isPresent() ? elsewhere(organization) : SsoRequired.of(organization);
        }
        transactions.executeWithoutResult(status -> {
            sessions.choose(session, organization);
            events.publishEvent(Audited.of(organization, "session.organization-chosen", Subject.user(user)));
        });
        return tokens.issue(user, organization, session);
    }

    /** What to say to a member whom another organization's identity provider vouches for. */
    public SignInRequired elsewhere(OrganizationId organization) {
        return new SignInRequired(organization, required.hasProvider(organization));
    }

    /**
     * Ends the sign-in that either token belongs to; what is not known is over already.
     *
     * @return the sign-in, if a token of it was shown that was good until now
     */
    public Optional<UUID> logOut(Optional<String> accessToken, Optional<String> refreshToken) {
        var current = accessToken
                .flatMap(tokens::verify)
                .map(Caller::session)
                .or(() -> refreshToken.flatMap(sessions::ofUnused));
        current.ifPresent(sessions::signOut);
        refreshToken.flatMap(sessions::familyOf).ifPresent(sessions::signOut);
        return current;
    }

    private Membership membership(User user, OrganizationId organization) {
        return organizations.of(user.id()).stream()
                .filter(candidate -> candidate.organization().equals(organization))
                .findFirst()
                .orElseThrow(IdentityException::noOrganization);
    }

    private SignedIn open(User user, Membership membership, Client client) {
        var session = sessions.open(user.id(), membership.organization(), client);
        return signedIn(user, membership, session.id(), session.refreshToken());
    }

    private SignedIn signedIn(User user, Membership membership, UUID session, String refreshToken) {
        var token = tokens.issue(user.id(), membership.organization(), session);
        return new SignedIn(user, membership, session, token, refreshToken);
    }

    private static String ownOrganization(User user) {
        var called = user.name() + "'s organization";
        return called.length() > 100 ? user.name() : called;
    }

    private void insert(User user, String hash) {
        try {
            jdbc.sql("insert into user_account (id, email, name, password_hash) values (?, ?, ?, ?)")
                    .param(user.id().value())
                    .param(user.email())
                    .param(user.name())
                    .param(hash)
                    .update();
        } catch (DuplicateKeyException e) {
            throw IdentityException.emailTaken();
        }
    }

    private Optional<Account> find(String email) {
        return jdbc.sql("select id, email, name, password_hash from user_account where email = ? and kind = 'person'")
                .param(email.replace("\0", ""))
                .query((row, number) -> new Account(
                        new User(
                                new UserId(row.getObject("id", UUID.class)),
                                row.getString("email"),
                                row.getString("name")),
                        row.getString("password_hash")))
                .optional();
    }

    private User user(UserId id) {
        return jdbc.sql("select id, email, name from user_account where id = ?")
                .param(id.value())
                .query((row, number) -> new User(id, row.getString("email"), row.getString("name")))
                .single();
    }

    private void validate(String email, String password, String name) {
        var violations = new ArrayList<Violation>();
        if (!Email.isValid(email)) {
            violations.add(new Violation("/email", "Must be an e-mail address."));
        }
        rules.check("/password", password, List.of(email, name)).ifPresent(violations::add);
        if (name.isEmpty() || name.length() > 100 || !OneLine.isPlain(name)) {
            violations.add(new Violation("/name", "Must have 1 to 100 characters, no control characters among them."));
        }
        if (!violations.isEmpty()) {
            throw IdentityException.invalid(List.copyOf(violations));
        }
    }
}
