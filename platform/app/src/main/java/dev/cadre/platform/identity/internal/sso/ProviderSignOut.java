package dev.cadre.platform.identity.internal.sso;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import dev.cadre.platform.identity.internal.sso.SsoSessions.CameBy;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Lets who signs out here sign out at the identity provider too, by which they came (RP-initiated logout): on a computer that
 * others use, they could come in again without a password otherwise.
 */
@Service
public class ProviderSignOut {

    private static final Logger log = LoggerFactory.getLogger(ProviderSignOut.class);

    /** Longer addresses are refused by many servers; without the token the provider asks the person. */
    private static final int LONGEST_HINT = 6_000;

    private final SsoSessions sessions;
    private final ProviderStore store;
    private final IdentityProviders providers;
    private final SsoSignIn signIn;

    ProviderSignOut(SsoSessions sessions, ProviderStore store, IdentityProviders providers, SsoSignIn signIn) {
        this.sessions = sessions;
        this.store = store;
        this.providers = providers;
        this.signIn = signIn;
    }

    /** Where the browser goes then; empty for a sign-in by password, and where the provider has no such address or is away. */
    public Optional<URI> address(UUID session) {
        return sessions.cameBy(session)
                .flatMap(cameBy -> store.find(cameBy.organization())
                        .filter(provider -> provider.issuer().equals(cameBy.issuer()))
                        .flatMap(provider -> address(provider, cameBy)));
    }

    private Optional<URI> address(Provider provider, CameBy cameBy) {
        try {
            var endpoint = providers.endSession(provider.issuer());
            // the redirect address, since providers take that back where they know no other of ours
            return endpoint.map(to -> new LogoutRequest(
                            to,
                            hint(cameBy.idToken()),
                            null,
                            new ClientID(provider.clientId()),
                            URI.create(signIn.redirectUri(provider.organization())),
                            null,
                            null)
                    .toURI());
        } catch (RuntimeException e) {
            log.info("Nobody signs out at the provider of {}: {}", provider.organization(), e.getMessage());
            return Optional.empty();
        }
    }

    private static @Nullable JWT hint(@Nullable String idToken) {
        try {
            return idToken == null || idToken.length() > LONGEST_HINT ? null : JWTParser.parse(idToken);
        } catch (ParseException e) {
            return null;
        }
    }
}
