package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.AccessException;
import dev.cadre.platform.identity.AccessRules;
import dev.cadre.platform.identity.AccessTokens;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.shared.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
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

    private record Age(UUID session, OrganizationId organization, Instant signedIn, Instant used) {}

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
                        select s.id, s.organization_id, s.created_at, s.used_at
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

    /** Before somebody goes on in another organization. */
    public void check(UUID session, OrganizationId organization) {
        var age = jdbc.sql("select id, organization_id, created_at, used_at from session where id = ?")
                .param(session)
                .query(SessionLimits::age)
                .optional();
        if (age.isPresent() && rules.of(organization).isTooOld(age.get().signedIn(), clock.instant())) {
            throw AccessException.signInAgain();
        }
    }

    private boolean isOver(Age age) {
        var wanted = rules.of(age.organization());
        var now = clock.instant();
        return wanted.isTooOld(age.signedIn(), now) || wanted.hasRestedTooLong(age.used(), now, AccessTokens.LIFETIME);
    }

    private static Age age(ResultSet row, int number) throws SQLException {
        return new Age(
                row.getObject("id", UUID.class),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("used_at").toInstant());
    }
}
