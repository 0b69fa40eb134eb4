package dev.cadre.platform.identity.internal.sso;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.cadre.platform.identity.Email;
import dev.cadre.platform.identity.internal.Client;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.identity.internal.SignIn.SignedIn;
import dev.cadre.platform.identity.internal.Tokens;
import dev.cadre.platform.identity.internal.sso.Attempts.Attempt;
import dev.cadre.platform.identity.internal.sso.ProviderExchange.Denied;
import dev.cadre.platform.identity.internal.sso.ProviderExchange.Granted;
import dev.cadre.platform.identity.internal.sso.ProviderExchange.Once;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Sends people to their organization's identity provider and lets them in when they come back. */
@Service
public class SsoSignIn {

    private static final String CALLBACK = "/auth/sso/callback/";
    private static final String HOME = "/";
    private static final int MAX_RETURN = 500;

    /** Where to send the browser, and the cookie that it must show when it comes back. */
    public record Started(URI address, String cookie, String secret, int minutes) {}

    /** What a browser brings back. */
    public record Callback(
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String issuer) {}

    /**
     * @param signedIn null where an identity was connected to an account that was signed in before, and where the sign-in waits
     * @param waiting what the browser must show to take it up then
     */
    public record Finished(
            @Nullable SignedIn signedIn, @Nullable String waiting, String returnTo, String cookie) {}

    private final Attempts attempts;
    private final ProviderStore store;
    private final IdentityProviders providers;
    private final ProviderExchange exchange;
    private final Arrivals arrivals;
    private final SsoSessions sessions;
    private final SsoDomains domains;
    private final SignIn signIn;
    private final WaitingSignIns waiting;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;
    private final String publicUrl;

    SsoSignIn(
            Attempts attempts,
            ProviderStore store,
            IdentityProviders providers,
            ProviderExchange exchange,
            Arrivals arrivals,
            SsoSessions sessions,
            SsoDomains domains,
            SignIn signIn,
            WaitingSignIns waiting,
            TransactionOperations transactions,
            ApplicationEventPublisher events,
            @Value("${cadre.public-url}") String publicUrl) {
        this.attempts = attempts;
        this.store = store;
        this.providers = providers;
        this.exchange = exchange;
        this.arrivals = arrivals;
        this.sessions = sessions;
        this.domains = domains;
        this.signIn = signIn;
        this.waiting = waiting;
        this.transactions = transactions;
        this.events = events;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /**
     * By the organization, or by the one whose an e-mail address is.
     *
     * @param ownPage whether a page of the hub's own has sent the browser: any other may have done so behind the person's back,
     *     with a provider that answers at once as somebody else
     */
    public Started start(
            @Nullable OrganizationId organization, @Nullable String email, @Nullable String returnTo, boolean ownPage) {
        var chosen = organization != null
                ? organization
                : Optional.ofNullable(email)
                        .flatMap(address -> Domain.ofEmail(Email.normalize(address)))
                        .flatMap(domains::owner)
                        .orElseThrow(SsoException::unknown);
        return start(store.find(chosen).orElseThrow(SsoException::unknown), null, returnTo, ownPage);
    }

    /** For somebody who is signed in and wants to come by single sign-on from now on. */
    public Started connect(OrganizationId organization, UserId user, @Nullable String returnTo) {
        return start(store.find(organization).orElseThrow(SsoException::notSetUp), user, returnTo, true);
    }

    private Started start(Provider provider, @Nullable UserId linking, @Nullable String returnTo, boolean ownPage) {
        var browser = Tokens.create();
        var state = Tokens.create();
        // the provider first: where it is away, nothing is remembered
        var address = exchange.authorization(provider, once(state, browser, provider.organization()));
        attempts.remember(
                state,
                browser,
                new Attempt(provider.organization(), provider.issuer(), linking, local(returnTo), ownPage));
        return new Started(address, cookie(state), browser, Attempts.MINUTES);
    }

    /**
     * The browser is back.
     *
     * @param organization as the address says that the provider sent it to: each organization has its own, so that no
     *     provider passes another's answers on
     * @param cookies the values of the browser's cookies by name
     */
    public Finished finish(
            OrganizationId organization, Callback callback, Function<String, @Nullable String> cookies, Client client) {
        var state = Optional.ofNullable(callback.state()).orElse("");
        var browser = Optional.ofNullable(cookies.apply(cookie(state))).orElse("");
        var attempt = attempts.take(state, browser, organization).orElseThrow(SsoException::stateInvalid);
        try {
            return finish(organization, callback, attempt, once(state, browser, organization), client);
        } catch (SsoException e) {
            transactions.executeWithoutResult(status -> events.publishEvent(Audited.of(
                    organization,
                    "sso.refused",
                    Audited.Subject.of("sso", organization, null),
                    Map.of("code", e.code(), "reason", String.valueOf(e.getMessage())))));
            throw e;
        }
    }

    private Finished finish(OrganizationId organization, Callback callback, Attempt attempt, Once once, Client client) {
        var provider = store.find(organization)
                .filter(current -> current.issuer().equals(attempt.issuer()))
                .orElseThrow(SsoException::stateInvalid);
        var granted = redeem(provider, callback, once);
        var person = Optional.ofNullable(granted.person()).orElseThrow();
        var linking = attempt.linking();
        if (linking != null) {
            transactions.executeWithoutResult(status -> {
                arrivals.connect(provider, person, linking);
                events.publishEvent(Audited.of(organization, "sso.identity-connected", Audited.Subject.user(linking))
                        .by(Actor.current().as(linking)));
            });
            return new Finished(null, null, attempt.returnTo(), cookie(once.state()));
        }
        var user = Optional.ofNullable(transactions.execute(status -> arrivals.admit(provider, person)))
                .flatMap(Function.identity())
                .orElseThrow(SsoException::noRole);
        return attempt.ownPage()
                ? new Finished(open(provider, granted, user, client), null, attempt.returnTo(), cookie(once.state()))
                : new Finished(
                        null,
                        waiting.begin(provider, granted, user, attempt.returnTo(), client),
                        WaitingSignIns.PAGE,
                        cookie(once.state()));
    }

    private SignedIn open(Provider provider, Granted granted, UserId user, Client client) {
        return Optional.ofNullable(transactions.execute(status -> {
                    var opened = signIn.openVouched(user, provider.organization(), client);
                    sessions.opened(opened.session(), provider, granted);
                    store.used(provider);
                    events.publishEvent(signedIn(provider.organization(), user, provider.issuer()));
                    return opened;
                }))
                .orElseThrow();
    }

    static Audited signedIn(OrganizationId organization, UserId user, String issuer) {
        return Audited.of(organization, "sso.signed-in", Audited.Subject.user(user), Map.of("issuer", issuer))
                .by(Actor.current().as(user));
    }

    private Granted redeem(Provider provider, Callback callback, Once once) {
        var metadata = providers.of(provider.issuer()).metadata();
        var issuer = callback.issuer();
        boolean mustName = metadata.supportsAuthorizationResponseIssuerParam();
        if (issuer == null ? mustName : !issuer.equals(provider.issuer())) {
            throw SsoException.tokenInvalid("The answer comes from another identity provider than was asked.");
        }
        var code = callback.code();
        if (callback.error() != null || code == null || code.isBlank()) {
            throw SsoException.refused();
        }
        try {
            return exchange.redeem(provider, code, once);
        } catch (Denied e) {
            throw e.error().equals("invalid_client")
                    ? SsoException.provider("The identity provider does not accept the hub's client id or secret.")
                    : SsoException.refused();
        }
    }

    public String redirectUri(OrganizationId organization) {
        return publicUrl + CALLBACK + organization;
    }

    public String logoutUri(OrganizationId organization) {
        return publicUrl + "/auth/sso/logout/" + organization;
    }

    /** Nonce and verifier follow from the browser's secret: nothing but its hash has to be kept meanwhile. */
    private Once once(String state, String browser, OrganizationId organization) {
        return new Once(
                state,
                derived("nonce", browser),
                new CodeVerifier(derived("verifier", browser)),
                URI.create(redirectUri(organization)));
    }

    private static String derived(String purpose, String browser) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Tokens.hash(purpose + " " + browser));
    }

    /** One for each sign-in under way: two tabs don't disturb each other. */
    private static String cookie(String state) {
        return "cadre_sso_" + HexFormat.of().formatHex(Tokens.hash(state), 0, 8);
    }

    /** Only to a page of the hub itself. */
    private static String local(@Nullable String address) {
        if (address == null || address.length() > MAX_RETURN) {
            return HOME;
        }
        if (!address.matches("/(?![/\\\\])[A-Za-z0-9/_.~?=&%#-]*")) {
            return HOME;
        }
        try {
            return URI.create(address).toString();
        } catch (IllegalArgumentException e) {
            return HOME;
        }
    }
}
