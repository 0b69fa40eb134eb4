package dev.cadre.platform.connector.internal;

import dev.cadre.platform.connector.ConnectionException;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.spi.StepException;
import dev.cadre.spi.connector.OAuth2;
import dev.cadre.spi.connector.OAuthSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * OAuth 2.0 authorization code with PKCE, from the consent page to the stored tokens. A state counts once, for ten
 * minutes, for the connection as it was, and in the browser that asked for it.
 */
@Component
public class Authorizations {

    private static final String PURPOSE = "connection-authorization";

    /** Where to send a browser, and what it must bring back as a cookie. */
    public record Started(URI address, String browser) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Pending(
            OrganizationId organization,
            ConnectionId connection,
            int revision,
            byte[] verifier,
            byte[] browserHash,
            UserId user) {}

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final ConnectionStore store;
    private final InstalledConnectors connectors;
    private final OpenConnections connections;
    private final TokenEndpoint endpoint;
    private final FreshTokens tokens;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final String redirect;

    Authorizations(
            JdbcClient jdbc,
            Secrets secrets,
            ConnectionStore store,
            InstalledConnectors connectors,
            OpenConnections connections,
            TokenEndpoint endpoint,
            FreshTokens tokens,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            @Value("${cadre.public-url}") String publicUrl) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.store = store;
        this.connectors = connectors;
        this.connections = connections;
        this.endpoint = endpoint;
        this.tokens = tokens;
        this.events = events;
        this.transactions = transactions;
        this.redirect = publicUrl.replaceAll("/+$", "") + "/oauth/callback";
    }

    public Started start(OrganizationId organization, UserId user, ConnectionId id) {
        var row = store.find(organization, id).orElseThrow(ConnectionException::notFound);
        var connector = connectors.of(row.type());
        var declared = connector.definition().oauth();
        if (declared == null) {
            throw ConnectionException.noOAuth(row.type());
        }
        var client = (OAuthSettings) connections.settings(connector, row);
        var oauth = client.oauth(declared);
        var state = token();
        var verifier = token();
        var browser = token();
        transactions.executeWithoutResult(_ -> {
            remember(row, user, state, verifier, browser);
            audit("connection.authorization-begun", row, Actor.current());
        });
        return new Started(address(oauth, client, state, verifier), browser);
    }

    /**
     * The browser came back.
     *
     * @param browser its cookie; empty where it has none
     * @return the connection that is authorized now
     */
    public ConnectionId finish(@Nullable String state, @Nullable String code, @Nullable String error, String browser) {
        var pending = take(state == null ? "" : state)
                .orElseThrow(() -> failed("This authorization is unknown, used already or older than ten minutes."));
        if (!MessageDigest.isEqual(hash(browser), pending.browserHash())) {
            throw failed("This authorization was begun in another browser.");
        }
        if (error != null) {
            throw failed("The consent was not given (" + error.replaceAll("[^A-Za-z0-9_ .-]", "") + ").");
        }
        if (code == null || code.isBlank()) {
            throw failed("The authorization server sent no code.");
        }
        var row = store.find(pending.organization(), pending.connection())
                .filter(found -> found.revision() == pending.revision())
                .orElseThrow(() -> failed("The connection was changed or deleted in the meantime."));
        var sealed = granted(row, code, verifier(pending));
        transactions.executeWithoutResult(_ -> {
            if (!store.tokens(row, sealed)) {
                throw failed("The connection was changed or deleted in the meantime.");
            }
            // Nobody is signed in where the browser comes back: who began it has given the consent.
            audit("connection.authorized", row, Actor.current().as(pending.user()));
        });
        return row.id();
    }

    private void audit(String action, ConnectionRow row, Actor by) {
        events.publishEvent(Audited.of(row.organization(), action, Subject.of("connection", row.id(), row.name()))
                .by(by));
    }

    private byte[] granted(ConnectionRow row, String code, String verifier) {
        var connector = connectors.of(row.type());
        var client = (OAuthSettings) connections.settings(connector, row);
        var declared = Optional.ofNullable(connector.definition().oauth()).orElseThrow();
        try {
            return tokens.seal(row, endpoint.exchange(client.oauth(declared), client, code, verifier, redirect));
        } catch (StepException e) {
            throw failed("The authorization server gave no access: " + e.getMessage());
        }
    }

    private void remember(ConnectionRow row, UserId user, String state, String verifier, String browser) {
        jdbc.sql("delete from connection_authorization where expires_at < now()")
                .update();
        jdbc.sql("insert into connection_authorization (state_hash, organization_id, user_id, connection_id,"
                        + " connection_revision, verifier, browser_hash, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, now() + interval '10 minutes')")
                .param(hash(state))
                .param(row.organization().value())
                .param(user.value())
                .param(row.id().value())
                .param(row.revision())
                .param(secrets.encrypt(row.organization(), PURPOSE, verifier.getBytes(StandardCharsets.US_ASCII)))
                .param(hash(browser))
                .update();
    }

    private Optional<Pending> take(String state) {
        return jdbc.sql("delete from connection_authorization where state_hash = ? and expires_at > now() returning"
                        + " organization_id, connection_id, connection_revision, verifier, browser_hash, user_id")
                .param(hash(state))
                .query((rows, number) -> new Pending(
                        new OrganizationId(rows.getObject(1, UUID.class)),
                        new ConnectionId(rows.getObject(2, UUID.class)),
                        rows.getInt(3),
                        rows.getBytes(4),
                        rows.getBytes(5),
                        new UserId(rows.getObject(6, UUID.class))))
                .optional();
    }

    private String verifier(Pending pending) {
        return new String(
                secrets.decrypt(pending.organization(), PURPOSE, pending.verifier()), StandardCharsets.US_ASCII);
    }

    private URI address(OAuth2 oauth, OAuthSettings client, String state, String verifier) {
        var parameters = new LinkedHashMap<>(oauth.parameters());
        parameters.put("response_type", "code");
        parameters.put("client_id", client.clientId());
        parameters.put("redirect_uri", redirect);
        parameters.put("scope", String.join(" ", oauth.scopes()));
        parameters.put("state", state);
        parameters.put("code_challenge", encode(hash(verifier)));
        parameters.put("code_challenge_method", "S256");
        var endpoint = oauth.authorizationEndpoint();
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + query(parameters));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "="
                        + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .collect(Collectors.joining("&"));
    }

    private String token() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return encode(bytes);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }

    private static ConnectionException failed(String detail) {
        return ConnectionException.authorization(detail + " Start again from the connection.");
    }
}
