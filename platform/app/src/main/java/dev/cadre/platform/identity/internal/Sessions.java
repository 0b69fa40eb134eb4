package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.Ids;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sign-ins and their refresh tokens: each token works once, and showing a used one ends the whole sign-in, unless it was used a
 * moment ago.
 */
@Component
class Sessions {

    static final Duration LIFETIME = Duration.ofDays(30);

    /** Of a sign-in that an identity provider vouches for, which may forget somebody without a word. */
    static final Duration VOUCHED_LIFETIME = Duration.ofHours(12);

    /**
     * Two tabs of a browser have one cookie, and may send it at the same time: for so long the later one is told to try again,
     * with the cookie that the earlier one got.
     */
    static final Duration GRACE = Duration.ofSeconds(10);

    /**
     * One sign-in with the only refresh token of it that works from now on.
     *
     * @param vouchedBy the organization whose identity provider let the user in, which alone it is good for; null for one by
     *     password
     */
    record Session(
            UUID id,
            UserId user,
            OrganizationId organization,
            @Nullable OrganizationId vouchedBy,
            String refreshToken) {}

    private final JdbcClient jdbc;
    private final LiveSessions live;
    private final ApplicationEventPublisher events;

    Sessions(JdbcClient jdbc, LiveSessions live, ApplicationEventPublisher events) {
        this.events = events;
        this.jdbc = jdbc;
        this.live = live;
    }

    @Transactional
    Session open(UserId user, OrganizationId organization, Client client) {
        return open(user, organization, null, LIFETIME, client);
    }

    @Transactional
    Session openVouched(UserId user, OrganizationId organization, Client client) {
        return open(user, organization, organization, VOUCHED_LIFETIME, client);
    }

    /** Like that, but without a token, and over in a moment: nobody can use it before it is taken up. */
    @Transactional
    UUID openWaiting(UserId user, OrganizationId organization, Duration lifetime, Client client) {
        return insert(user, organization, organization, lifetime, client);
    }

    /** Empty where the sign-in is over. */
    @Transactional
    Optional<Session> takeUp(UUID waiting) {
        return jdbc.sql("""
                        update session set expires_at = now() + make_interval(secs => ?), used_at = now()
                        where id = ? and revoked_at is null and expires_at > now()
                        returning user_id, organization_id, sso_organization_id""")
                .param(VOUCHED_LIFETIME.toSeconds())
                .param(waiting)
                .query((row, number) -> session(waiting, row))
                .optional();
    }

    private Session open(
            UserId user,
            OrganizationId organization,
            @Nullable OrganizationId vouchedBy,
            Duration lifetime,
            Client client) {
        var id = insert(user, organization, vouchedBy, lifetime, client);
        return new Session(id, user, organization, vouchedBy, newToken(id));
    }

    private UUID insert(
            UserId user,
            OrganizationId organization,
            @Nullable OrganizationId vouchedBy,
            Duration lifetime,
            Client client) {
        // keeps the table small without a schedule: whoever signs in clears away what is over
        jdbc.sql("delete from session where user_id = ? and expires_at < now()")
                .param(user.value())
                .update();
        var id = Ids.create();
        jdbc.sql(
                        "insert into session (id, user_id, organization_id, sso_organization_id, address, user_agent, expires_at) values (?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?))")
                .param(id)
                .param(user.value())
                .param(organization.value())
                .param(vouchedBy == null ? null : vouchedBy.value())
                .param(client.address())
                .param(client.userAgent())
                .param(lifetime.toSeconds())
                .update();
        return id;
    }

    private Session session(UUID id, ResultSet row) throws SQLException {
        return new Session(
                id,
                new UserId(row.getObject("user_id", UUID.class)),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                organization(row.getObject("sso_organization_id", UUID.class)),
                newToken(id));
    }

    /** Clears away what is over: its person may never sign in again. */
    int sweep(int most) {
        return jdbc.sql("""
                        delete from session where id in
                        (select id from session where expires_at < now() order by expires_at limit ? for update skip locked)""").param(most).update();
    }

    /** The organization of the user's newest sign-in, to go on where they left. */
    Optional<OrganizationId> lastOrganization(UserId user) {
        return jdbc.sql("""
                        select organization_id from session where user_id = ?
                          and exists (select from refresh_token where session_id = session.id)
                        order by created_at desc limit 1""").param(user.value()).query(UUID.class).optional().map(OrganizationId::new);
    }

    /** A rejected token commits too: ending the family must not be rolled back with the refusal. */
    @Transactional(noRollbackFor = IdentityException.class)
    Session refresh(String token) {
        var hash = Tokens.hash(token);
        var session = jdbc.sql(
                        "update refresh_token set used_at = now() where hash = ? and used_at is null returning session_id")
                .param(hash)
                .query(UUID.class)
                .optional();
        if (session.isEmpty()) {
            if (isBeingRenewed(hash)) {
                throw IdentityException.renewing();
            }
            familyOf(hash).ifPresent(this::reused);
            throw IdentityException.sessionEnded();
        }
        var id = session.get();
        return jdbc.sql("""
                        update session set used_at = now(), rested = greatest(rested, now() - used_at)
                        where id = ? and revoked_at is null and expires_at > now()
                        returning user_id, organization_id, sso_organization_id""")
                .param(id)
                .query((row, number) -> session(id, row))
                .optional()
                .orElseThrow(IdentityException::sessionEnded);
    }

    /** The organization whose identity provider the sign-in came from; empty for one by password. */
    Optional<OrganizationId> vouchedBy(UUID session) {
        return jdbc.sql("select sso_organization_id from session where id = ? and sso_organization_id is not null")
                .param(session)
                .query(UUID.class)
                .optional()
                .map(OrganizationId::new);
    }

    /** Of all but owners, whose password stays their way in. */
    void endPasswordSignIns(OrganizationId organization) {
        jdbc.sql("""
                        update session s set revoked_at = now()
                        where s.organization_id = :organization and s.revoked_at is null and s.sso_organization_id is null
                          and not exists (select 1 from membership m where m.organization_id = :organization
                              and m.user_id = s.user_id and m.role = 'owner')
                        returning id""")
                .param("organization", organization.value())
                .query(UUID.class)
                .list()
                .forEach(this::tellEnded);
    }

    void endVouchedSignIns(OrganizationId organization) {
        jdbc.sql(
                        "update session set revoked_at = now() where sso_organization_id = ? and revoked_at is null returning id")
                .param(organization.value())
                .query(UUID.class)
                .list()
                .forEach(this::tellEnded);
    }

    private static @Nullable OrganizationId organization(@Nullable UUID id) {
        return id == null ? null : new OrganizationId(id);
    }

    /**
     * Whether a used token was used a moment ago, by a call whose answer has not been used yet, so that it may be the same
     * browser's. Nobody gets anything by it: a thief only has the theft noticed by the next call, or when the moment is over.
     */
    private boolean isBeingRenewed(byte[] hash) {
        return jdbc.sql("""
                        select 1 from refresh_token r join session s on s.id = r.session_id
                        where r.hash = :hash and r.used_at > now() - make_interval(secs => :grace)
                          and s.revoked_at is null and s.expires_at > now()
                          and not exists (select 1 from refresh_token later where later.session_id = r.session_id
                              and later.hash <> r.hash and later.used_at >= r.used_at)""")
                .param("hash", hash)
                .param("grace", GRACE.toSeconds())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Two have the token, and nobody knows which of them is the thief. */
    private void reused(UUID session) {
        living(session)
                .ifPresent(user -> events.publishEvent(Audited.of(null, "session.token-reused", Subject.user(user))));
        end(session);
    }

    @Transactional
    void signOut(UUID session) {
        living(session)
                .ifPresent(user -> events.publishEvent(Audited.of(null, "user.signed-out", Subject.user(user))
                        .by(Actor.current().as(user))));
        end(session);
    }

    Optional<UserId> living(UUID session) {
        return jdbc.sql("select user_id from session where id = ? and revoked_at is null")
                .param(session)
                .query((row, number) -> new UserId(row.getObject(1, UUID.class)))
                .optional();
    }

    void choose(UUID session, OrganizationId organization) {
        jdbc.sql("update session set organization_id = ? where id = ?")
                .param(organization.value())
                .param(session)
                .update();
    }

    void end(UUID session) {
        jdbc.sql("update session set revoked_at = now() where id = ? and revoked_at is null")
                .param(session)
                .update();
        tellEnded(session);
    }

    /** Living sign-ins of somebody, the one that was used last first. */
    List<SignedInDevice> living(UserId user) {
        return jdbc.sql("""
                        select id, address, user_agent, created_at, used_at from session
                        where user_id = ? and revoked_at is null and expires_at > now()
                          and exists (select from refresh_token where session_id = session.id) -- one that waits is none yet
                        order by used_at desc, id""")
                .param(user.value())
                .query((row, number) -> new SignedInDevice(
                        row.getObject("id", UUID.class),
                        row.getString("address"),
                        row.getString("user_agent"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("used_at").toInstant()))
                .list();
    }

    /** Ends a sign-in of this user; false where there is none of this id. */
    boolean end(UserId user, UUID session) {
        int ended = jdbc.sql(
                        "update session set revoked_at = now() where id = ? and user_id = ? and revoked_at is null")
                .param(session)
                .param(user.value())
                .update();
        if (ended == 1) {
            tellEnded(session);
        }
        return ended == 1;
    }

    void endAll(UserId user, Optional<UUID> except) {
        jdbc.sql("""
                        update session set revoked_at = now()
                        where user_id = :user and revoked_at is null and id is distinct from cast(:except as uuid)
                        returning id""")
                .param("user", user.value())
                .param("except", except.orElse(null))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list()
                .forEach(this::tellEnded);
    }

    /** Not before the end is committed: whoever asks until then would remember that the session lives. */
    private void tellEnded(UUID session) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            live.ended(session);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                live.ended(session);
            }
        });
    }

    /** The living sign-in whose refresh token this is now: who shows an old one may be a thief. */
    Optional<UUID> ofUnused(String token) {
        return jdbc.sql("""
                        select s.id from refresh_token r join session s on s.id = r.session_id
                        where r.hash = ? and r.used_at is null and s.revoked_at is null and s.expires_at > now()""").param(Tokens.hash(token)).query(UUID.class).optional();
    }

    Optional<UUID> familyOf(String token) {
        return familyOf(Tokens.hash(token));
    }

    private Optional<UUID> familyOf(byte[] hash) {
        return jdbc.sql("select session_id from refresh_token where hash = ?")
                .param(hash)
                .query(UUID.class)
                .optional();
    }

    private String newToken(UUID session) {
        var token = Tokens.create();
        jdbc.sql("insert into refresh_token (hash, session_id) values (?, ?)")
                .param(Tokens.hash(token))
                .param(session)
                .update();
        return token;
    }
}
