package dev.cadre.platform.identity.internal.sso;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.identity.internal.Tokens;
import dev.cadre.platform.identity.internal.sso.ProviderExchange.Denied;
import dev.cadre.platform.identity.internal.sso.ProviderExchange.Granted;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps sign-ins here as long as they live at the provider: it is asked from time to time, and may say so itself. */
@Service
public class SsoSessions {

    private static final Logger log = LoggerFactory.getLogger(SsoSessions.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int MAX_TOKEN = 16 << 10;

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(
            UUID session, OrganizationId organization, String issuer, String subject, byte @Nullable [] refreshToken) {}

    /**
     * Where a sign-in came from.
     *
     * @param idToken what the provider said of the person last; null for a sign-in that began before that was kept
     */
    record CameBy(
            OrganizationId organization,
            String issuer,
            @Nullable String idToken) {}

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ProviderStore store;
    private final IdentityProviders providers;
    private final ProviderExchange exchange;
    private final Arrivals arrivals;
    private final Secrets secrets;
    private final SignIn signIn;

    SsoSessions(
            JdbcClient jdbc,
            TransactionOperations transactions,
            ProviderStore store,
            IdentityProviders providers,
            ProviderExchange exchange,
            Arrivals arrivals,
            Secrets secrets,
            SignIn signIn) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.store = store;
        this.providers = providers;
        this.exchange = exchange;
        this.arrivals = arrivals;
        this.secrets = secrets;
        this.signIn = signIn;
    }

    void opened(UUID session, Provider provider, Granted granted) {
        var person = granted.person();
        jdbc.sql("""
                        insert into sso_session (session_id, organization_id, issuer, subject, provider_session, refresh_token, id_token)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .param(session)
                .param(provider.organization().value())
                .param(provider.issuer())
                .param(person == null ? "" : person.subject())
                .param(granted.session())
                .param(encrypted(provider.organization(), purpose(session), granted.refreshToken()))
                .param(encrypted(provider.organization(), idTokenPurpose(session), granted.idToken()))
                .update();
    }

    Optional<CameBy> cameBy(UUID session) {
        return jdbc.sql("select organization_id, issuer, id_token from sso_session where session_id = ?")
                .param(session)
                .query((row, _) -> {
                    var organization = new OrganizationId(row.getObject("organization_id", UUID.class));
                    return new CameBy(
                            organization,
                            row.getString("issuer"),
                            decrypted(organization, idTokenPurpose(session), row.getBytes("id_token")));
                })
                .optional();
    }

    /**
     * Asks the provider whether the sign-in that a refresh token belongs to is still good, and ends it where it is not. A
     * provider that does not answer ends nothing: such a sign-in lives half a day at most anyway.
     */
    public void check(String refreshToken) {
        due(refreshToken).ifPresent(row -> {
            var provider = store.find(row.organization())
                    .filter(current -> current.issuer().equals(row.issuer()));
            if (provider.isEmpty()) {
                signIn.end(row.session());
            } else if (row.refreshToken() != null) {
                check(row, provider.get(), row.refreshToken());
            }
        });
    }

    private void check(Row row, Provider provider, byte[] encrypted) {
        try {
            var token = Optional.ofNullable(decrypted(row.organization(), purpose(row.session()), encrypted))
                    .orElseThrow();
            var granted = exchange.refresh(provider, token, row.subject());
            if (!isWelcome(provider, granted)) {
                signIn.end(row.session());
                return;
            }
            jdbc.sql("""
                            update sso_session set refresh_token = ?, id_token = coalesce(cast(? as bytea), id_token)
                            where session_id = ?""")
                    .param(encrypted(row.organization(), purpose(row.session()), granted.refreshToken()))
                    .param(encrypted(row.organization(), idTokenPurpose(row.session()), granted.idToken()))
                    .param(row.session())
                    .update();
        } catch (Denied e) {
            if (e.error().equals("invalid_grant")) {
                signIn.end(row.session());
            } else {
                log.info("The provider of organization {} refuses to refresh: {}", row.organization(), e.error());
            }
        } catch (SsoException e) {
            log.info("A sign-in of organization {} can't be checked: {}", row.organization(), e.getMessage());
        }
    }

    private boolean isWelcome(Provider provider, Granted granted) {
        var person = granted.person();
        return person == null
                || Boolean.TRUE.equals(transactions.execute(
                        status -> arrivals.admit(provider, person).isPresent()));
    }

    /** Claims the check for this call, so that two refreshes at once don't show the provider one token twice. */
    private Optional<Row> due(String refreshToken) {
        return jdbc.sql("""
                        update sso_session s set checked_at = now() from refresh_token r
                        where r.session_id = s.session_id and r.hash = :hash and r.used_at is null
                          and s.checked_at < now() - make_interval(secs => :pause)
                        returning s.session_id, s.organization_id, s.issuer, s.subject, s.refresh_token""")
                .param("hash", Tokens.hash(refreshToken))
                .param("pause", PAUSE.toSeconds())
                .query((row, number) -> new Row(
                        row.getObject("session_id", UUID.class),
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        row.getString("issuer"),
                        row.getString("subject"),
                        row.getBytes("refresh_token")))
                .optional();
    }

    /** The provider says that somebody has signed out there (back-channel logout). */
    public void loggedOut(OrganizationId organization, String logoutToken) {
        var provider = store.find(organization).orElseThrow(SsoException::notSetUp);
        var claims = verify(provider, logoutToken);
        var session =
                claims.getSessionID() == null ? null : claims.getSessionID().getValue();
        var subject = claims.getSubject() == null ? null : claims.getSubject().getValue();
        sessions(provider, session, subject).forEach(signIn::end);
    }

    private LogoutTokenClaimsSet verify(Provider provider, String token) {
        try {
            if (token.length() > MAX_TOKEN) {
                throw SsoException.tokenInvalid("The logout token is much too long.");
            }
            var selector = providers.of(provider.issuer()).selector();
            return new LogoutTokenValidator(
                            new Issuer(provider.issuer()), new ClientID(provider.clientId()), selector, null)
                    .validate(JWTParser.parse(token));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            log.info("A logout token for organization {} is refused: {}", provider.organization(), e.getMessage());
            throw SsoException.tokenInvalid("The logout token is not valid.");
        }
    }

    private List<UUID> sessions(Provider provider, @Nullable String session, @Nullable String subject) {
        return jdbc.sql("""
                        select session_id from sso_session where organization_id = :organization and issuer = :issuer
                          and (cast(:session as text) is null or provider_session = :session)
                          and (cast(:subject as text) is null or subject = :subject)
                          and coalesce(cast(:session as text), cast(:subject as text)) is not null""")
                .param("organization", provider.organization().value())
                .param("issuer", provider.issuer())
                .param("session", session)
                .param("subject", subject)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    private byte @Nullable [] encrypted(OrganizationId organization, String purpose, @Nullable String token) {
        return token == null ? null : secrets.encrypt(organization, purpose, token.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String decrypted(OrganizationId organization, String purpose, byte @Nullable [] token) {
        return token == null ? null : new String(secrets.decrypt(organization, purpose, token), StandardCharsets.UTF_8);
    }

    private static String purpose(UUID session) {
        return "sso/session/" + session;
    }

    private static String idTokenPurpose(UUID session) {
        return "sso/id-token/" + session;
    }
}
