package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.identity.internal.Client;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.identity.internal.SignIn.SignedIn;
import dev.cadre.platform.identity.internal.Tokens;
import dev.cadre.platform.identity.internal.sso.ProviderExchange.Granted;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sign-ins that no page of the hub's own began. Any site can send a browser to an organization's single sign-on, whose provider
 * may answer at once as whomever it likes: the person would work in somebody else's account without a sign of it. So such a
 * sign-in waits until the person has read whose it is and says that they want it.
 */
@Service
public class WaitingSignIns {

    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Of the web application: it says whose sign-in it is, and asks. */
    static final String PAGE = "/sign-in/confirm";

    /** Who would be signed in where. */
    public record Waiting(String organization, String email, String name) {}

    /** @param returnTo where the browser goes on */
    public record TakenUp(SignedIn signedIn, String returnTo) {}

    private record Row(UUID session, OrganizationId organization, String issuer, String returnTo) {}

    private final JdbcClient jdbc;
    private final SignIn signIn;
    private final SsoSessions sessions;
    private final ProviderStore store;
    private final ApplicationEventPublisher events;

    WaitingSignIns(
            JdbcClient jdbc,
            SignIn signIn,
            SsoSessions sessions,
            ProviderStore store,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.signIn = signIn;
        this.sessions = sessions;
        this.store = store;
        this.events = events;
    }

    /** Answers what the browser must show to take it up. */
    @Transactional
    String begin(Provider provider, Granted granted, UserId user, String returnTo, Client client) {
        var secret = Tokens.create();
        var session = signIn.openWaiting(user, provider.organization(), LIFETIME, client);
        sessions.opened(session, provider, granted);
        store.used(provider);
        jdbc.sql("update sso_session set waiting_hash = ?, return_to = ? where session_id = ?")
                .param(Tokens.hash(secret))
                .param(returnTo)
                .param(session)
                .update();
        return secret;
    }

    public Waiting find(String secret) {
        return jdbc.sql("""
                        select o.name as organization, u.email, u.name from sso_session w
                        join session s on s.id = w.session_id and s.revoked_at is null and s.expires_at > now()
                        join organization o on o.id = w.organization_id join user_account u on u.id = s.user_id
                        where w.waiting_hash = ?""")
                .param(Tokens.hash(secret))
                .query((row, number) ->
                        new Waiting(row.getString("organization"), row.getString("email"), row.getString("name")))
                .optional()
                .orElseThrow(SsoException::stateInvalid);
    }

    /** Once. */
    @Transactional
    public TakenUp takeUp(String secret) {
        var row = take(secret).orElseThrow(SsoException::stateInvalid);
        var signedIn = signIn.takeUp(row.session()).orElseThrow(SsoException::stateInvalid);
        events.publishEvent(
                SsoSignIn.signedIn(row.organization(), signedIn.user().id(), row.issuer()));
        return new TakenUp(signedIn, row.returnTo());
    }

    private Optional<Row> take(String secret) {
        return jdbc.sql("""
                        update sso_session set waiting_hash = null where waiting_hash = ?
                        returning session_id, organization_id, issuer, return_to""")
                .param(Tokens.hash(secret))
                .query((row, number) -> new Row(
                        row.getObject("session_id", UUID.class),
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        row.getString("issuer"),
                        row.getString("return_to")))
                .optional();
    }
}
