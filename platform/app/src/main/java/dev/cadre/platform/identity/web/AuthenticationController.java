package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.OwnOrigin;
import dev.cadre.platform.identity.internal.Accounts;
import dev.cadre.platform.identity.internal.SessionLimits;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.identity.internal.sso.ProviderSignOut;
import dev.cadre.platform.identity.internal.sso.SsoSessions;
import dev.cadre.platform.identity.web.Browser.Tokens;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signs people up, in and out. The refresh token travels in a cookie that no script can read. */
@Tag(name = "authentication")
@SecurityRequirements
@RestController
@RequestMapping("/auth")
class AuthenticationController {

    record Registration(
            @NotNull @Size(max = 254) String email,
            @NotNull @Size(min = 10, max = 200) String password,
            @NotNull @Size(min = 1, max = 100) String name,
            @Nullable @Size(max = 100) String organization) {}

    record Credentials(
            @NotNull @Size(max = 254) String email,
            @NotNull @Size(max = 200) String password,
            @Nullable @Size(max = 50) String code) {}

    record Link(@NotNull @Size(max = 100) String token) {}

    /** @param continueAt where the browser goes from here; null to stay */
    record SignedOut(@Nullable String continueAt) {}

    record Forgotten(@NotNull @Size(max = 254) String email) {}

    record NewPassword(
            @NotNull @Size(max = 100) String token,
            @NotNull @Size(max = 200) String password) {}

    private final SignIn signIn;
    private final SessionLimits limits;
    private final Accounts accounts;
    private final OwnOrigin ownOrigin;
    private final Browser browser;
    private final SsoSessions ssoSessions;
    private final ProviderSignOut providerSignOut;

    AuthenticationController(
            SignIn signIn,
            SessionLimits limits,
            Accounts accounts,
            OwnOrigin ownOrigin,
            Browser browser,
            SsoSessions ssoSessions,
            ProviderSignOut providerSignOut) {
        this.providerSignOut = providerSignOut;
        this.limits = limits;
        this.ssoSessions = ssoSessions;
        this.signIn = signIn;
        this.accounts = accounts;
        this.ownOrigin = ownOrigin;
        this.browser = browser;
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Tokens> register(
            @Valid @RequestBody Registration body, @Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var client = browser.client(request);
        var signedIn = signIn.register(body.email(), body.password(), body.name(), body.organization(), client);
        return browser.enters(HttpStatus.CREATED, signedIn, client, request);
    }

    @PostMapping("/login")
    ResponseEntity<Tokens> login(
            @Valid @RequestBody Credentials body, @Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var client = browser.client(request);
        var signedIn = signIn.logIn(body.email(), body.password(), body.code(), client);
        return browser.enters(HttpStatus.OK, signedIn, client, request);
    }

    @PostMapping("/verify-email")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void verifyEmail(@Valid @RequestBody Link body) {
        accounts.confirmAddress(body.token());
    }

    @PostMapping("/password/forgot")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void forgotPassword(@Valid @RequestBody Forgotten body, @Parameter(hidden = true) HttpServletRequest request) {
        accounts.forgotPassword(body.email(), browser.client(request));
    }

    @PostMapping("/password/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetPassword(@Valid @RequestBody NewPassword body, @Parameter(hidden = true) HttpServletRequest request) {
        accounts.resetPassword(body.token(), body.password(), browser.client(request));
    }

    /**
     * A new access token for the refresh cookie, and a new cookie: each works once. Refused (409 {@code session-renewing}) where
     * another tab of the browser was a moment earlier with the same one: try again with the cookie that is there by then.
     */
    @PostMapping("/refresh")
    ResponseEntity<Tokens> refresh(@Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var refreshToken = browser.refreshToken(request);
        if (refreshToken == null) {
            throw IdentityException.sessionEnded();
        }
        limits.check(refreshToken);
        ssoSessions.check(refreshToken);
        return browser.goesOn(signIn.refresh(refreshToken), request);
    }

    /** Who came by single sign-on is told where to go on, to sign out at the identity provider too. */
    @PostMapping("/logout")
    ResponseEntity<SignedOut> logout(
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable
                    String authorization,
            @Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var accessToken = Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip());
        var next = signIn.logOut(accessToken, Optional.ofNullable(browser.refreshToken(request)))
                .flatMap(providerSignOut::address)
                .map(URI::toString);
        return browser.leaves(request).body(new SignedOut(next.orElse(null)));
    }
}
