package dev.cadre.platform.identity.internal.sso;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.internal.sso.IdentityProviders.Known;
import dev.cadre.platform.identity.internal.sso.SsoSetup.Wanted;
import dev.cadre.platform.shared.OrganizationId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Tries an identity provider without anybody signing in, and says in sentences what is wrong. */
@Service
public class SsoTrial {

    /** One thing that was looked at. */
    public record SsoFinding(boolean ok, String message) {}

    public record SsoTestResult(boolean ok, List<SsoFinding> findings) {}

    private final SsoSetup setup;
    private final IdentityProviders providers;
    private final ProviderExchange exchange;
    private final SsoSignIn signIn;
    private final SsoDomains domains;

    SsoTrial(
            SsoSetup setup,
            IdentityProviders providers,
            ProviderExchange exchange,
            SsoSignIn signIn,
            SsoDomains domains) {
        this.setup = setup;
        this.providers = providers;
        this.exchange = exchange;
        this.signIn = signIn;
        this.domains = domains;
    }

    /** What is entered, saved or not. */
    public SsoTestResult run(Caller caller, Wanted wanted) {
        var organization = caller.organization();
        var provider = setup.checked(caller, wanted, setup.find(organization));
        var findings = new ArrayList<SsoFinding>();
        try {
            var known = providers.read(provider.issuer());
            findings.add(new SsoFinding(true, "The provider describes itself, under the issuer that you entered."));
            findings.add(keys(known));
            findings.add(pkce(known));
            findings.add(client(provider, known, URI.create(signIn.redirectUri(organization))));
            findings.add(signOut(known));
        } catch (SsoException e) {
            findings.add(new SsoFinding(false, String.valueOf(e.getMessage())));
        }
        findings.add(domains(organization));
        if (provider.groupRoles().isEmpty() && provider.defaultRole() == null) {
            findings.add(new SsoFinding(
                    false, "Nobody has a role yet: map a group to a role, or choose a role for everybody else."));
        }
        return new SsoTestResult(findings.stream().allMatch(SsoFinding::ok), List.copyOf(findings));
    }

    private static SsoFinding keys(Known known) {
        try {
            var keys = known.keys().get(new JWKSelector(new JWKMatcher.Builder().build()), null);
            return keys.isEmpty()
                    ? new SsoFinding(false, "The provider publishes no keys: its tokens can't be verified.")
                    : new SsoFinding(true, "The provider publishes the keys that its tokens are verified by.");
        } catch (JOSEException e) {
            return new SsoFinding(
                    false,
                    "The provider's keys can't be read: "
                            + Optional.ofNullable(e.getCause())
                                    .map(Throwable::getMessage)
                                    .orElse("try again later."));
        }
    }

    private static SsoFinding pkce(Known known) {
        var methods = known.metadata().getCodeChallengeMethods();
        return methods == null || methods.contains(CodeChallengeMethod.S256)
                ? new SsoFinding(true, "Codes are protected by PKCE.")
                : new SsoFinding(false, "The provider does not know PKCE with S256, which is needed here.");
    }

    /** A code that was never given is refused; how, tells whether the provider knows the client. */
    private SsoFinding client(Provider provider, Known known, URI redirect) {
        var error = exchange.errorOfMadeUpCode(provider, known, redirect);
        return switch (error) {
            case "invalid_grant", "invalid_request" ->
                new SsoFinding(true, "The provider knows the client id and secret.");
            case "invalid_client", "unauthorized_client" ->
                new SsoFinding(
                        false,
                        provider.clientSecret() == null
                                ? "The provider does not accept the client id without a secret. Enter the secret, or make"
                                        + " the client public there."
                                : "The provider does not accept the client id or the secret. Copy both again.");
            default ->
                new SsoFinding(
                        false,
                        "The provider answers a code by '" + error.replaceAll("[^A-Za-z0-9_-]", "")
                                + "'. Check the client's settings there.");
        };
    }

    /** Nothing is wrong where there is none: not every provider lets others sign people out. */
    private static SsoFinding signOut(Known known) {
        return new SsoFinding(
                true,
                known.metadata().getEndSessionEndpointURI() == null
                        ? "The provider names no address to sign out at: who signs out here stays signed in there."
                        : "Who signs out here signs out at the provider too. If it asks for addresses to return to after"
                                + " that, enter the redirect address there as well.");
    }

    private SsoFinding domains(OrganizationId organization) {
        return domains.list(organization).stream().anyMatch(SsoDomains.ClaimedDomain::proven)
                ? new SsoFinding(true, "An e-mail domain is proven: people with such addresses can join.")
                : new SsoFinding(
                        false,
                        "No e-mail domain is proven yet: only people who connect their account themselves can sign in.");
    }
}
