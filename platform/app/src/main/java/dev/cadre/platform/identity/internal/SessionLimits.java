package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.AccessException;
import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.AccessTokens;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.organization.SecurityRules;
import dev.cadre.platform.shared.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ends sign-ins that are older, or have rested longer, than the organization wants. Access tokens live for a quarter of an hour
 * and are not looked at: limits count to that quarter of an hour.
 */
@Component
public class SessionLimits {

    /** @param rested how long the sign-in was not used for, the longest time before it was used last */
    private record Age(UUID session, OrganizationId organization, Instant signedIn, Instant used, Duration rested) {}

    private final JdbcClient jdbc;
    private final Sessions sessions;
    private final AccessRules rules;
    private final Clock clock;

    SessionLimits(JdbcClient jdbc, Sessions sessions, AccessRules rules, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.rules = rules;
        this.clock = clock;
    }

    /** Before a refresh token is used up; what is no good token is left to whoever uses it. */
    public void check(String refreshToken) {
        var age = jdbc.sql("""
                        select s.id, s.organization_id, s.created_at, s.used_at, extract(epoch from s.rested) as rested
                        from refresh_token t join session s on s.id = t.session_id
                        where t.hash = ? and t.used_at is null and s.revoked_at is null""")
                .param(Tokens.hash(refreshToken))
                .query(SessionLimits::age)
                .optional();
        age.filter(this::isOver).ifPresent(over -> {
            sessions.end(over.session());
            throw IdentityException.sessionEnded();
        });
    }

    /** Before somebody goes on in another organization, which may let a sign-in rest for less than those it was used in. */
    public void check(UUID session, OrganizationId organization) {
        if (!admit(session, organization)) {
            throw AccessException.signInAgain();
        }
    }

    /** Whether a sign-in that was used in another organization so far is new enough for this one. */
    boolean admit(UUID session, OrganizationId organization) {
        var age = jdbc.sql("""
                        select id, organization_id, created_at, used_at, extract(epoch from rested) as rested
                        from session where id = ?""").param(session).query(SessionLimits::age).optional();
        return age.isEmpty()
                || !isOver(age.get(), rules.of(organization), age.get().rested());
    }

    /** What it rested for before was asked of this organization then. */
    private boolean isOver(Age age) {
        return isOver(age, rules.of(age.organization()), Duration.ZERO);
    }

    private boolean isOver(Age age, SecurityRules wanted, Duration restedBefore) {
        var now = clock.instant();
        return wanted.isTooOld(age.signedIn(), now)
                || wanted.hasRestedTooLong(age.used(), now, AccessTokens.LIFETIME)
                || wanted.hasRestedTooLong(now.minus(restedBefore), now, AccessTokens.LIFETIME);
    }

    private static Age age(ResultSet row, int number) throws SQLException {
        return new Age(
                row.getObject("id", UUID.class),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("used_at").toInstant(),
                Duration.ofSeconds(row.getLong("rested")));
    }
}
