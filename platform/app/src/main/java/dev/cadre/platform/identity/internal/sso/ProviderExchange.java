package dev.cadre.platform.identity.internal.sso;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.cadre.platform.identity.internal.sso.IdentityProviders.Known;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Speaks OpenID Connect: where to send a browser, and what a code or a refresh token says of a person. */
@Component
class ProviderExchange {

    private static final Logger log = LoggerFactory.getLogger(ProviderExchange.class);
    private static final int MAX_TOKEN = 64 << 10;

    /** What binds a sign-in to the browser and the moment that it began in. */
    record Once(String state, String nonce, CodeVerifier verifier, URI redirect) {}

    /**
     * @param person null where a refreshed sign-in says nothing new of them
     * @param session what the provider calls the sign-in
     * @param idToken as the provider has signed it; null where a refreshed sign-in brings none
     */
    record Granted(
            @Nullable Person person,
            @Nullable String session,
            @Nullable String refreshToken,
            @Nullable String idToken) {}

    /** The provider says that what it was shown is not valid (any more). */
    static final class Denied extends Exception {
        private final String error;

        private Denied(String error) {
            super(error);
            this.error = error;
        }

        String error() {
            return error;
        }
    }

    private final IdentityProviders providers;
    private final GuardedSender sender;

    ProviderExchange(IdentityProviders providers, GuardedSender sender) {
        this.providers = providers;
        this.sender = sender;
    }

    URI authorization(Provider provider, Once once) {
        var metadata = providers.of(provider.issuer()).metadata();
        var asked = new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE),
                        new Scope(provider.scopes().toArray(String[]::new)),
                        new ClientID(provider.clientId()),
                        once.redirect())
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(once.state()))
                .nonce(new Nonce(once.nonce()))
                .codeChallenge(once.verifier(), CodeChallengeMethod.S256);
        if (!provider.requiredMethods().isEmpty()) {
            asked.acrValues(provider.requiredMethods().stream().map(ACR::new).toList());
        }
        return asked.build().toURI();
    }

    Granted redeem(Provider provider, String code, Once once) throws Denied {
        var known = providers.of(provider.issuer());
        var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), once.redirect(), once.verifier());
        var answer = ask(provider, known.metadata(), grant);
        var token = answer.getOIDCTokens().getIDToken();
        var claims = verify(provider, known, token, new Nonce(once.nonce()));
        requireStrength(provider, claims);
        return new Granted(
                person(provider, known, claims, answer.getOIDCTokens().getAccessToken()),
                claims.get("sid") instanceof String sid ? sid : null,
                value(answer.getOIDCTokens().getRefreshToken()),
                token.serialize());
    }

    /** What is asked for by {@code acr_values} a provider may leave undone: what the token says counts. */
    private static void requireStrength(Provider provider, Map<String, Object> claims) {
        var wanted = provider.requiredMethods();
        boolean strong = wanted.isEmpty()
                || claims.get("acr") instanceof String acr && wanted.contains(acr)
                || claims.get("amr") instanceof List<?> methods
                        && methods.stream().anyMatch(wanted::contains);
        if (!strong) {
            throw SsoException.tooWeak();
        }
    }

    /** Asks whether a sign-in of some time ago is still good. */
    Granted refresh(Provider provider, String refreshToken, String subject) throws Denied {
        var known = providers.of(provider.issuer());
        var answer = ask(provider, known.metadata(), new RefreshTokenGrant(new RefreshToken(refreshToken)));
        var next = Optional.ofNullable(value(answer.getOIDCTokens().getRefreshToken()))
                .orElse(refreshToken);
        var token = answer.getOIDCTokens().getIDToken();
        if (token == null) {
            return new Granted(null, null, next, null);
        }
        var claims = verify(provider, known, token, null);
        if (!subject.equals(claims.get("sub"))) {
            throw SsoException.tokenInvalid("The identity provider answers for somebody else.");
        }
        return new Granted(
                person(provider, known, claims, answer.getOIDCTokens().getAccessToken()),
                null,
                next,
                token.serialize());
    }

    /** What the provider says to a code that it never gave: {@code invalid_grant} where it knows the client. */
    String errorOfMadeUpCode(Provider provider, Known known, URI redirect) {
        try {
            ask(
                    provider,
                    known.metadata(),
                    new AuthorizationCodeGrant(new AuthorizationCode("made-up"), redirect, new CodeVerifier()));
            return "none";
        } catch (Denied e) {
            return e.error();
        }
    }

    private OIDCTokenResponse ask(Provider provider, OIDCProviderMetadata metadata, AuthorizationGrant grant)
            throws Denied {
        try {
            var request = request(provider, metadata, grant).toHTTPRequest();
            request.setAccept("application/json");
            TokenResponse answer = OIDCTokenResponseParser.parse(request.send(sender));
            if (answer instanceof OIDCTokenResponse granted) {
                return granted;
            }
            if (!answer.indicatesSuccess()) {
                var error = answer.toErrorResponse().getErrorObject();
                throw new Denied(error == null || error.getCode() == null ? "unknown" : error.getCode());
            }
            throw SsoException.tokenInvalid("The identity provider gave no ID token: is 'openid' among the scopes?");
        } catch (ParseException e) {
            throw SsoException.provider("The identity provider's answer to a code can't be understood.");
        } catch (IOException e) {
            throw SsoException.provider(String.valueOf(e.getMessage()));
        }
    }

    private static TokenRequest request(Provider provider, OIDCProviderMetadata metadata, AuthorizationGrant grant) {
        var endpoint = metadata.getTokenEndpointURI();
        var client = new ClientID(provider.clientId());
        var secret = provider.clientSecret();
        if (secret == null) {
            return new TokenRequest.Builder(endpoint, client, grant).build();
        }
        var methods = metadata.getTokenEndpointAuthMethods();
        boolean basic = methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        var authentication = basic
                ? new ClientSecretBasic(client, new Secret(secret))
                : new ClientSecretPost(client, new Secret(secret));
        return new TokenRequest.Builder(endpoint, authentication, grant).build();
    }

    /** Issuer, audience, algorithm, signature, time and nonce; a null nonce where none was sent. */
    private Map<String, Object> verify(Provider provider, Known known, @Nullable JWT token, @Nullable Nonce nonce) {
        if (token == null || token.serialize().length() > MAX_TOKEN) {
            throw SsoException.tokenInvalid("The identity provider gave no ID token, or one that is much too long.");
        }
        try {
            var claims = new IDTokenValidator(
                            new Issuer(provider.issuer()), new ClientID(provider.clientId()), known.selector(), null)
                    .validate(token, nonce);
            var party = claims.getAuthorizedParty();
            if (party == null
                    ? claims.getAudience().size() > 1
                    : !party.getValue().equals(provider.clientId())) {
                throw SsoException.tokenInvalid("The identity provider's ID token was made for another client.");
            }
            return claims.toJSONObject();
        } catch (BadJOSEException | JOSEException e) {
            log.info("An ID token for organization {} is refused: {}", provider.organization(), e.getMessage());
            throw SsoException.tokenInvalid("The identity provider's ID token is not valid: " + reason(e));
        }
    }

    private Person person(Provider provider, Known known, Map<String, Object> claims, @Nullable AccessToken access) {
        var all = new HashMap<>(claims);
        var endpoint = known.metadata().getUserInfoEndpointURI();
        if (endpoint != null && access != null && !Claims.isComplete(claims, provider.groupsClaim())) {
            var more = userInfo(endpoint, access);
            if (more == null) {
                if (!provider.groupRoles().isEmpty()) {
                    // silence must not look like having no group: that would take roles away
                    throw SsoException.provider("The identity provider does not say now who this is: try again.");
                }
                more = Map.of();
            }
            if (claims.get("sub") instanceof String subject && subject.equals(more.get("sub"))) {
                more.forEach(all::putIfAbsent);
            }
        }
        return Claims.person(all, provider.groupsClaim());
    }

    /** Null where the provider can't be asked now. */
    private @Nullable Map<String, Object> userInfo(URI endpoint, AccessToken access) {
        try {
            var answer = UserInfoResponse.parse(
                    new UserInfoRequest(endpoint, access).toHTTPRequest().send(sender));
            if (!answer.indicatesSuccess()) {
                return null;
            }
            var info = answer.toSuccessResponse().getUserInfo();
            return info == null ? Map.of() : info.toJSONObject();
        } catch (IOException e) {
            log.info("An identity provider's userinfo can't be asked: {}", e.getMessage());
            return null;
        } catch (ParseException e) {
            log.info("An identity provider's userinfo can't be read: {}", e.getMessage());
            return Map.of();
        }
    }

    private static String reason(Exception e) {
        var message = String.valueOf(e.getMessage()).replaceAll("[^\\x20-\\x7e]", "");
        return message.length() > 200 ? message.substring(0, 200) : message;
    }

    private static @Nullable String value(@Nullable RefreshToken token) {
        return token == null ? null : token.getValue();
    }
}
