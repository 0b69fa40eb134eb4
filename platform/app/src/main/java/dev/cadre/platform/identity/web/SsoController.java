package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.OwnOrigin;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.identity.internal.sso.SsoSessions;
import dev.cadre.platform.identity.internal.sso.SsoSignIn;
import dev.cadre.platform.identity.internal.sso.SsoSignIn.Callback;
import dev.cadre.platform.identity.internal.sso.WaitingSignIns;
import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.OrganizationId;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
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

    private static final String WAITING = "cadre_sso_waiting";

    private static final Logger log = LoggerFactory.getLogger(SsoController.class);

    /**
     * A sign-in that waits for its person's word.
     *
     * @param signedInAs who is signed in in this browser now, in whose place it comes; null where nobody is
     */
    record WaitingSignIn(
            String organization,
            String email,
            String name,
            @Nullable String signedInAs) {}

    /** @param returnTo where the browser goes on */
    record TakenUpSignIn(String returnTo) {}

    private final SsoSignIn signIn;
    private final SsoSessions sessions;
    private final WaitingSignIns waiting;
    private final SignIn signIns;
    private final Browser browser;
    private final OwnOrigin ownOrigin;

    SsoController(
            SsoSignIn signIn,
            SsoSessions sessions,
            WaitingSignIns waiting,
            SignIn signIns,
            Browser browser,
            OwnOrigin ownOrigin) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.waiting = waiting;
        this.signIns = signIns;
        this.browser = browser;
        this.ownOrigin = ownOrigin;
    }

    @GetMapping("/start")
    ResponseEntity<Void> start(
            @RequestParam(required = false) @Nullable OrganizationId organization,
            @RequestParam(required = false) @Nullable String email,
            @RequestParam(required = false) @Nullable String to,
            @Parameter(hidden = true) HttpServletRequest request) {
        try {
            var started = signIn.start(organization, email, to, ownOrigin.isOwnPage(request));
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
            var next = URI.create(finished.returnTo());
            var signedIn = finished.signedIn();
            if (signedIn != null) {
                return redirect(next, over, browser.refreshCookie(signedIn, request));
            }
            return finished.waiting() == null
                    ? redirect(next, over)
                    : redirect(next, over, waitingCookie(finished.waiting(), WaitingSignIns.LIFETIME, request));
        } catch (CadreException e) {
            log.info("A single sign-on to organization {} is refused: {}", organization, e.getMessage());
            return refused(e);
        }
    }

    /** Whose sign-in waits in this browser: one that no page of the hub's own began. */
    @GetMapping("/waiting")
    ResponseEntity<WaitingSignIn> waiting(@Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var found = waiting.find(secret(request));
        var current = Optional.ofNullable(browser.refreshToken(request))
                .flatMap(signIns::whose)
                .map(User::email);
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new WaitingSignIn(found.organization(), found.email(), found.name(), current.orElse(null)));
    }

    /** The person wants it: the browser gets the refresh cookie in place of the one that it may have. Works once. */
    @PostMapping("/waiting")
    ResponseEntity<TakenUpSignIn> takeUp(@Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var taken = waiting.takeUp(secret(request));
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.SET_COOKIE, browser.refreshCookie(taken.signedIn(), request))
                .header(HttpHeaders.SET_COOKIE, waitingCookie("", Duration.ZERO, request))
                .body(new TakenUpSignIn(taken.returnTo()));
    }

    private String secret(HttpServletRequest request) {
        return Optional.ofNullable(browser.value(WAITING, request)).orElse("");
    }

    private String waitingCookie(String value, Duration age, HttpServletRequest request) {
        return browser.ownCookie(WAITING, value, age, COOKIE_PATH, request);
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
