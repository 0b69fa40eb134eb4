package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Slows guessing down: after some failed sign-ins an account can't be tried from the same origin for a while, longer
 * each time. An origin, and an account from many origins, have larger allowances of their own, and a browser that the
 * account's owner has used before has one that nobody else can use up. Attempts are counted before they are made, in the
 * database: neither many at once nor other nodes give anybody more of them.
 */
@Component
class SignInThrottle {

    private static final Duration FORGET = Duration.ofMinutes(15);

    /** How many attempts are free, and the longest wait after more. */
    private enum Limit {
        PAIR(5, Duration.ofMinutes(15)),
        DEVICE(5, Duration.ofMinutes(15)),
        ACCOUNT(50, Duration.ofMinutes(1)),
        ORIGIN(200, Duration.ofMinutes(15)),
        CODE(5, Duration.ofMinutes(15)),
        TAKEN(20, Duration.ofMinutes(15)),
        FORGOTTEN(20, Duration.ofMinutes(15)),
        INVITER(50, Duration.ofMinutes(15)),
        INVITED(5, Duration.ofMinutes(15)),
        INVITED_BY_ALL(20, Duration.ofMinutes(15));

        private final int free;
        private final Duration longest;

        Limit(int free, Duration longest) {
            this.free = free;
            this.longest = longest;
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    SignInThrottle(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Counts a try, or throws while this account must not be tried from there. */
    @Transactional
    public void attempt(String email, Client client, boolean knownDevice) {
        if (knownDevice) {
            count(Limit.DEVICE, email + " " + client.device());
        } else {
            count(Limit.ORIGIN, client.origin());
            count(Limit.ACCOUNT, email);
            count(Limit.PAIR, email + " " + client.origin());
        }
    }

    /** The try was right: it does not count, and failures before it are forgotten. */
    @Transactional
    public void succeeded(String email, Client client, boolean knownDevice) {
        undo(email, client, knownDevice);
        forget(
                knownDevice ? Limit.DEVICE : Limit.PAIR,
                email + " " + (knownDevice ? client.device() : client.origin()));
    }

    /** The try was neither right nor wrong yet. */
    @Transactional
    public void undo(String email, Client client, boolean knownDevice) {
        if (knownDevice) {
            undo(Limit.DEVICE, email + " " + client.device());
        } else {
            undo(Limit.ORIGIN, client.origin());
            undo(Limit.ACCOUNT, email);
            undo(Limit.PAIR, email + " " + client.origin());
        }
    }

    /** A code of the second factor is about to be tried; who knows the password only can't use up the owner's tries. */
    @Transactional
    public void attemptCode(UserId user, Client client, boolean knownDevice) {
        count(Limit.CODE, codesOf(user, client, knownDevice));
    }

    @Transactional
    public void succeededCode(UserId user, Client client, boolean knownDevice) {
        forget(Limit.CODE, codesOf(user, client, knownDevice));
    }

    private static String codesOf(UserId user, Client client, boolean knownDevice) {
        return knownDevice ? user + " " + client.device() : user.toString();
    }

    /**
     * The own password is about to be tried, by whoever has this sign-in: one that was stolen uses up its own tries only.
     *
     * @param vouched all that an identity provider let in count as one: whoever rules it opens as many as they like
     */
    @Transactional
    public void attemptPassword(UserId user, UUID session, boolean vouched) {
        count(Limit.CODE, passwordsOf(user, session, vouched));
    }

    @Transactional
    public void succeededPassword(UserId user, UUID session, boolean vouched) {
        forget(Limit.CODE, passwordsOf(user, session, vouched));
    }

    private static String passwordsOf(UserId user, UUID session, boolean vouched) {
        return "password " + user + " " + (vouched ? "vouched" : session);
    }

    /** A link to set a new password is asked for, for whatever address. */
    @Transactional
    public void forgotten(Client client) {
        count(Limit.FORGOTTEN, client.origin());
    }

    /**
     * An invitation is about to be sent: neither an organization nor somebody with many of them nor all together flood
     * mailboxes, and no other organization uses up what one may send to somebody.
     */
    @Transactional
    public void invite(OrganizationId organization, UserId by, String email) {
        count(Limit.INVITER, organization.toString());
        count(Limit.INVITER, by.toString());
        count(Limit.INVITED, organization + " " + email);
        count(Limit.INVITED_BY_ALL, email);
    }

    /** Somebody was told that an address is taken: nobody shall learn that of many. */
    @Transactional
    public void taken(Client client) {
        count(Limit.TAKEN, client.origin());
    }

    /** Whoever was told of many taken addresses waits, whether the next one is taken or not. */
    public void mayRegister(Client client) {
        var now = clock.instant();
        if (until(Limit.TAKEN, client.origin()).filter(now::isBefore).isPresent()) {
            throw IdentityException.tooManyAttempts(left(Limit.TAKEN, client.origin(), now));
        }
    }

    /** A proven owner begins anew where they are. */
    public void clear(String email, Client client) {
        forget(Limit.ACCOUNT, email);
        forget(Limit.PAIR, email + " " + client.origin());
    }

    private void count(Limit limit, String who) {
        var now = clock.instant();
        int counted = jdbc.sql("""
                        insert into sign_in_attempt as a (key, count, last_at) values (:key, 1, :now)
                        on conflict (key) do update set
                            count = case when a.last_at < :forget then 1 else a.count + 1 end, last_at = :now
                        where a.count < :free or a.last_at < :forget
                            or a.last_at + make_interval(secs => least(:longest, 30 * power(2, least(10, a.count - :free)))) <= :now""")
                .param("key", key(limit, who))
                .param("now", time(now))
                .param("forget", time(now.minus(FORGET)))
                .param("free", limit.free)
                .param("longest", limit.longest.toSeconds())
                .update();
        if (counted == 0) {
            throw IdentityException.tooManyAttempts(left(limit, who, now));
        }
    }

    private Optional<Instant> until(Limit limit, String who) {
        return jdbc.sql("""
                        select last_at + make_interval(secs => least(:longest, 30 * power(2, least(10, count - :free))))
                        from sign_in_attempt where key = :key and count >= :free""")
                .param("key", key(limit, who))
                .param("free", limit.free)
                .param("longest", limit.longest.toSeconds())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private Duration left(Limit limit, String who, Instant now) {
        var left = until(limit, who).map(time -> Duration.between(now, time)).orElse(Duration.ofSeconds(1));
        return left.isPositive() ? left : Duration.ofSeconds(1);
    }

    private void undo(Limit limit, String who) {
        jdbc.sql("update sign_in_attempt set count = greatest(0, count - 1) where key = ?")
                .param(key(limit, who))
                .update();
    }

    private void forget(Limit limit, String who) {
        jdbc.sql("delete from sign_in_attempt where key = ?")
                .param(key(limit, who))
                .update();
    }

    /** Clears away what does not count any more; apart from sign-ins, which would wait for each other's rows. */
    int sweep(int most) {
        return jdbc.sql("""
                        delete from sign_in_attempt where key in
                        (select key from sign_in_attempt where last_at < ? limit ? for update skip locked)""")
                .param(time(clock.instant().minus(FORGET.multipliedBy(2))))
                .param(most)
                .update();
    }

    /** What somebody typed is kept as a hash: it may be a password in the wrong field. */
    private static byte[] key(Limit limit, String who) {
        return Tokens.hash(limit + " " + who);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
