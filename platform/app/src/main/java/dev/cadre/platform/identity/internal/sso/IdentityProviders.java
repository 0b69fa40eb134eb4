package dev.cadre.platform.identity.internal.sso;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** What identity providers say of themselves (discovery), and their keys. Both are read anew after some minutes. */
@Component
class IdentityProviders {

    private static final Duration FRESH = Duration.ofMinutes(10);

    /** Where people sign out is remembered as long as they are signed in, for a provider that is away by then. */
    private static final Duration SIGNED_IN = Duration.ofHours(12);

    /** How long somebody who signs out waits for a provider that has not said where yet. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private static final long KEYS_WAIT_MS = Duration.ofSeconds(15).toMillis();

    /** An unknown key makes the keys be read again, though not more often than this. */
    private static final long KEYS_PAUSE_MS = Duration.ofSeconds(5).toMillis();

    /** Signatures by keys that the provider alone has. Neither `none` nor an algorithm whose key is a client's secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** A provider as it is known now. */
    record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {

        JWSKeySelector<SecurityContext> selector() {
            return new JWSVerificationKeySelector<>(ALGORITHMS, keys);
        }
    }

    private final GuardedSender sender;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(FRESH).build();

    private final AsyncCache<String, Optional<URI>> ends =
            Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(SIGNED_IN).buildAsync();

    IdentityProviders(GuardedSender sender) {
        this.sender = sender;
    }

    /** @throws SsoException {@code sso-provider-failed} */
    Known of(String issuer) {
        var fresh = known.getIfPresent(issuer);
        if (fresh != null) {
            return fresh;
        }
        var read = read(issuer);
        known.put(issuer, read);
        ends.put(issuer, CompletableFuture.completedFuture(end(read)));
        return read;
    }

    /**
     * Where people sign out, as the provider said last; empty where it does not say, or says what no browser should be sent to.
     * One that was not asked yet is waited for a moment only, and asked to the end for who comes next.
     */
    Optional<URI> endSession(String issuer) {
        var said = ends.get(
                issuer, (key, _) -> CompletableFuture.supplyAsync(() -> end(of(key)), Thread::startVirtualThread));
        try {
            return said.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw SsoException.provider("The provider did not say in time where people sign out.");
        } catch (ExecutionException e) {
            var cause = e.getCause();
            throw SsoException.provider(String.valueOf(cause == null ? null : cause.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SsoException.provider("The hub stops.");
        }
    }

    private Optional<URI> end(Known provider) {
        return Optional.ofNullable(provider.metadata().getEndSessionEndpointURI())
                .filter(sender::isAcceptable);
    }

    /** Reads it now, for who wants to know whether it works. */
    Known read(String issuer) {
        var address = URI.create(issuer.replaceFirst("/+$", "") + "/.well-known/openid-configuration");
        try {
            var metadata = OIDCProviderMetadata.parse(
                    sender.retrieveResource(address.toURL()).getContent());
            check(issuer, metadata);
            return new Known(metadata, keys(metadata));
        } catch (ParseException e) {
            throw SsoException.provider(
                    address + " is no description of an OpenID Connect provider. Check the issuer.");
        } catch (IOException e) {
            throw SsoException.provider(String.valueOf(e.getMessage()));
        }
    }

    private JWKSource<SecurityContext> keys(OIDCProviderMetadata metadata) throws MalformedURLException {
        return JWKSourceBuilder.<SecurityContext>create(metadata.getJWKSetURI().toURL(), sender)
                .cache(FRESH.toMillis(), KEYS_WAIT_MS)
                .refreshAheadCache(false)
                .rateLimited(KEYS_PAUSE_MS)
                .build();
    }

    private void check(String issuer, OIDCProviderMetadata metadata) {
        var named = metadata.getIssuer().getValue();
        if (!named.equals(issuer)) {
            throw SsoException.provider(
                    "The provider calls itself " + plain(named) + ": enter exactly that as issuer.");
        }
        var addresses = new HashSet<URI>();
        addresses.add(metadata.getAuthorizationEndpointURI());
        addresses.add(metadata.getTokenEndpointURI());
        addresses.add(metadata.getJWKSetURI());
        if (metadata.getUserInfoEndpointURI() != null) {
            addresses.add(metadata.getUserInfoEndpointURI());
        }
        for (var address : addresses) {
            if (!sender.isAcceptable(address)) {
                throw SsoException.provider(
                        "The provider names an address for sign-in, tokens or keys that is missing or does not start with"
                                + " https://.");
            }
        }
        var algorithms = metadata.getIDTokenJWSAlgs();
        if (algorithms == null || List.copyOf(algorithms).stream().noneMatch(ALGORITHMS::contains)) {
            throw SsoException.provider(
                    "The provider signs its tokens by no algorithm that is accepted here (RS256, ES256"
                            + " and their like).");
        }
    }

    /** What a provider says of itself is shown to people: short, and nothing but an address. */
    private static String plain(String text) {
        var printable = text.replaceAll("[^\\x21-\\x7e]", "");
        return printable.length() > 200 ? printable.substring(0, 200) : printable;
    }
}
