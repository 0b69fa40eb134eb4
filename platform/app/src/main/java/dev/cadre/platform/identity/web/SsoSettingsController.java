package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.PersonOnly;
import dev.cadre.platform.identity.Requires;
import dev.cadre.platform.identity.internal.sso.GroupRole;
import dev.cadre.platform.identity.internal.sso.Provider;
import dev.cadre.platform.identity.internal.sso.SsoSetup;
import dev.cadre.platform.identity.internal.sso.SsoSetup.Wanted;
import dev.cadre.platform.identity.internal.sso.SsoSignIn;
import dev.cadre.platform.identity.internal.sso.SsoTrial;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.web.IfMatch;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the people of the caller's organization sign in through its own identity provider. Whoever sets that can be any of them. */
@PersonOnly
@Tag(name = "single sign-on")
@RestController
@RequestMapping("/api/v1/organizations/sso")
class SsoSettingsController {

    /** Before there is a provider, its revision is 0. */
    private static final long NONE = 0;

    record GroupMapping(
            @NotNull @Size(max = 300) String group,
            @NotNull @Size(max = 50) String role) {}

    /**
     * A secret that is missing stays as it is; an empty one is taken away.
     *
     * @param requiredMethods values of {@code acr} or {@code amr}, one of which the provider must say of a sign-in; missing, they
     *     stay as they are
     */
    record SsoInput(
            @NotNull @Size(max = 500) String issuer,
            @NotNull @Size(max = 255) String clientId,
            @Nullable @Size(max = 1_000) String clientSecret,
            @Nullable @Size(max = 20) List<@NotNull String> scopes,
            @Nullable @Size(max = 200) String groupsClaim,
            @Nullable @Size(max = 200) List<@NotNull @Valid GroupMapping> groupRoles,
            @Nullable @Size(max = 50) String defaultRole,
            boolean trustsEmails,
            boolean enforced,
            @Nullable @Size(max = 20) List<@NotNull String> requiredMethods) {

        Wanted wanted() {
            return new Wanted(
                    issuer,
                    clientId,
                    clientSecret,
                    scopes == null ? List.of("openid", "profile", "email") : scopes,
                    groupsClaim == null ? "groups" : groupsClaim,
                    groupRoles == null
                            ? List.of()
                            : groupRoles.stream()
                                    .map(one -> new GroupRole(one.group(), one.role()))
                                    .toList(),
                    defaultRole,
                    trustsEmails,
                    enforced,
                    requiredMethods);
        }
    }

    record SsoProvider(
            String issuer,
            String clientId,
            boolean hasClientSecret,
            List<String> scopes,
            String groupsClaim,
            List<GroupMapping> groupRoles,
            @Nullable String defaultRole,
            boolean trustsEmails,
            boolean enforced,
            List<String> requiredMethods,
            @Nullable Instant usedAt) {

        static SsoProvider of(Provider provider) {
            return new SsoProvider(
                    provider.issuer(),
                    provider.clientId(),
                    provider.clientSecret() != null,
                    provider.scopes(),
                    provider.groupsClaim(),
                    provider.groupRoles().stream()
                            .map(one -> new GroupMapping(one.group(), one.role()))
                            .toList(),
                    provider.defaultRole(),
                    provider.trustsEmails(),
                    provider.enforced(),
                    provider.requiredMethods(),
                    provider.usedAt());
        }
    }

    /**
     * What is set up, and what to enter at the provider.
     *
     * @param provider null where none is set up
     * @param startUrl where people of this organization begin to sign in, for bookmarks and portals
     */
    record SsoView(@Nullable SsoProvider provider, String redirectUri, String logoutUri, String startUrl) {}

    record SsoLink(String authorizationUrl) {}

    private final SsoSetup setup;
    private final SsoTrial trial;
    private final SsoSignIn signIn;
    private final Browser browser;

    SsoSettingsController(SsoSetup setup, SsoTrial trial, SsoSignIn signIn, Browser browser) {
        this.setup = setup;
        this.trial = trial;
        this.signIn = signIn;
        this.browser = browser;
    }

    @Requires(Permission.SSO_MANAGE)
    @GetMapping
    ResponseEntity<SsoView> get(Caller caller) {
        return answer(caller.organization(), setup.find(caller.organization()));
    }

    @Requires(Permission.SSO_MANAGE)
    @PutMapping
    ResponseEntity<SsoView> put(Caller caller, IfMatch ifMatch, @Valid @RequestBody SsoInput body) {
        var before = setup.find(caller.organization());
        ifMatch.check(before.map(Provider::revision).orElse(NONE));
        var saved = setup.save(caller, body.wanted(), before).orElseThrow(IfMatch::stale);
        return answer(caller.organization(), Optional.of(saved));
    }

    @Requires(Permission.SSO_MANAGE)
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller) {
        setup.remove(caller.organization());
    }

    /** Tries what is entered, saved or not. */
    @Requires(Permission.SSO_MANAGE)
    @PostMapping("/test")
    SsoTrial.SsoTestResult test(Caller caller, @Valid @RequestBody SsoInput body) {
        return trial.run(caller, body.wanted());
    }

    /** For a member who signed in by password and wants to come by the provider: where to send the browser. */
    @Requires(Permission.ORGANIZATION_READ)
    @PostMapping("/link")
    ResponseEntity<SsoLink> link(Caller caller, HttpServletRequest request) {
        var started = signIn.connect(caller.organization(), caller.user(), "/settings/connected-sign-in?connected=1");
        var cookie = browser.returningCookie(
                started.cookie(),
                started.secret(),
                Duration.ofMinutes(started.minutes()),
                SsoController.COOKIE_PATH,
                request);
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new SsoLink(started.address().toString()));
    }

    private ResponseEntity<SsoView> answer(OrganizationId organization, Optional<Provider> provider) {
        var redirect = signIn.redirectUri(organization);
        var view = new SsoView(
                provider.map(SsoProvider::of).orElse(null),
                redirect,
                signIn.logoutUri(organization),
                URI.create(redirect)
                        .resolve("/auth/sso/start?organization=" + organization)
                        .toString());
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(provider.map(Provider::revision).orElse(NONE)))
                .body(view);
    }
}
