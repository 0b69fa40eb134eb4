package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.identity.internal.Tokens;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sign-ins that wait for their browser. Each comes back once, within ten minutes, in the browser that began it: that
 * one's cookie is the secret that everything else of the sign-in is derived from, and only hashes are kept.
 */
@Component
class Attempts {

    static final int MINUTES = 10;

    /**
     * @param linking whose account the identity shall be connected to; null for a sign-in
     * @param ownPage whether it began on a page of the hub's own
     */
    record Attempt(
            OrganizationId organization,
            String issuer,
            @Nullable UserId linking,
            String returnTo,
            boolean ownPage) {}

    private final JdbcClient jdbc;

    Attempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void remember(String state, String browser, Attempt attempt) {
        jdbc.sql("delete from sso_attempt where expires_at < now()").update();
        jdbc.sql("""
                        insert into sso_attempt (state_hash, organization_id, browser_hash, issuer, link_user_id, return_to, own_page, expires_at)
                        values (:state, :organization, :browser, :issuer, :linking, :returnTo, :ownPage, now() + make_interval(mins => :minutes))""")
                .param("state", Tokens.hash(state))
                .param("organization", attempt.organization().value())
                .param("browser", Tokens.hash(browser))
                .param("issuer", attempt.issuer())
                .param(
                        "linking",
                        attempt.linking() == null ? null : attempt.linking().value())
                .param("returnTo", attempt.returnTo())
                .param("ownPage", attempt.ownPage())
                .param("minutes", MINUTES)
                .update();
    }

    Optional<Attempt> take(String state, String browser, OrganizationId organization) {
        return jdbc.sql("""
                        delete from sso_attempt where state_hash = ? and browser_hash = ? and organization_id = ?
                        and expires_at > now() returning issuer, link_user_id, return_to, own_page""")
                .param(Tokens.hash(state))
                .param(Tokens.hash(browser))
                .param(organization.value())
                .query((row, number) -> new Attempt(
                        organization,
                        row.getString("issuer"),
                        Optional.ofNullable(row.getObject("link_user_id", UUID.class))
                                .map(UserId::new)
                                .orElse(null),
                        row.getString("return_to"),
                        row.getBoolean("own_page")))
                .optional();
    }
}
