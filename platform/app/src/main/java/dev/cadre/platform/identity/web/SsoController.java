package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.internal.sso.SsoSessions;
import dev.cadre.platform.identity.internal.sso.SsoSignIn;
import dev.cadre.platform.identity.internal.sso.SsoSignIn.Callback;
import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.OrganizationId;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where browsers go to an organization's identity provider and come back from it. What goes wrong is said on the sign-in
 * page, which knows a sentence for each code.
 */
@Tag(name = "authentication")
@SecurityRequirements
@RestController
@RequestMapping("/auth/sso")
class SsoController {

    static final String COOKIE_PATH = "/auth/sso";

    private static final Logger log = LoggerFactory.getLogger(SsoController.class);

    private final SsoSignIn signIn;
    private final SsoSessions sessions;
    private final Browser browser;

    SsoController(SsoSignIn signIn, SsoSessions sessions, Browser browser) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.browser = browser;
    }

    @GetMapping("/start")
    ResponseEntity<Void> start(
            @RequestParam(required = false) @Nullable OrganizationId organization,
            @RequestParam(required = false) @Nullable String email,
            @RequestParam(required = false) @Nullable String to,
            @Parameter(hidden = true) HttpServletRequest request) {
        try {
            var started = signIn.start(organization, email, to);
            return redirect(
                    started.address(),
                    browser.returningCookie(
                            started.cookie(),
                            started.secret(),
                            Duration.ofMinutes(started.minutes()),
                            COOKIE_PATH,
                            request));
        } catch (CadreException e) {
            return refused(e);
        }
    }

    @GetMapping("/callback/{organization}")
    ResponseEntity<Void> callback(
            @PathVariable OrganizationId organization,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String iss,
            @Parameter(hidden = true) HttpServletRequest request) {
        if (code == null && error == null && state == null) {
            // somebody has signed out at the provider, which sends them back here
            return redirect(URI.create("/sign-in"));
        }
        try {
            var finished = signIn.finish(
                    organization,
                    new Callback(state, code, error, iss),
                    name -> browser.value(name, request),
                    browser.client(request));
            var over = browser.returningCookie(finished.cookie(), "", Duration.ZERO, COOKIE_PATH, request);
            var signedIn = finished.signedIn();
            return signedIn == null
                    ? redirect(URI.create(finished.returnTo()), over)
                    : redirect(URI.create(finished.returnTo()), over, browser.refreshCookie(signedIn, request));
        } catch (CadreException e) {
            log.info("A single sign-on to organization {} is refused: {}", organization, e.getMessage());
            return refused(e);
        }
    }

    /** The provider says that somebody has signed out there. */
    @PostMapping(path = "/logout/{organization}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Void> loggedOut(
            @PathVariable OrganizationId organization, @RequestParam("logout_token") String logoutToken) {
        sessions.loggedOut(organization, logoutToken);
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** The code only: a sentence in an address could be anybody's. */
    private static ResponseEntity<Void> refused(CadreException e) {
        return redirect(URI.create("/sign-in?sso=" + e.code()));
    }

    private static ResponseEntity<Void> redirect(URI address, String... cookies) {
        var answer =
                ResponseEntity.status(HttpStatus.FOUND).location(address).header(HttpHeaders.CACHE_CONTROL, "no-store");
        for (var cookie : cookies) {
            answer.header(HttpHeaders.SET_COOKIE, cookie);
        }
        return answer.build();
    }
}
