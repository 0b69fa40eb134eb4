package dev.cadre.platform.connector.web;

import dev.cadre.platform.identity.OwnOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** What a browser gets when it goes to a consent page and must bring back: another person's consent can't end up here. */
@Component
class ConsentCookie {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final String NAME = "cadre_authorization";

    private final OwnOrigin ownOrigin;

    ConsentCookie(OwnOrigin ownOrigin) {
        this.ownOrigin = ownOrigin;
    }

    String given(String browser, HttpServletRequest request) {
        return cookie(browser, LIFETIME, request);
    }

    String cleared(HttpServletRequest request) {
        return cookie("", Duration.ZERO, request);
    }

    /** Empty where there is none. */
    String of(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, ownOrigin.cookieName(NAME, request));
        return cookie == null ? "" : cookie.getValue();
    }

    /** Comes along when another site sends the browser back, as an authorization server does. */
    private String cookie(String value, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(ownOrigin.cookieName(NAME, request), value)
                .httpOnly(true)
                .secure(ownOrigin.isSecure(request))
                .sameSite("Lax")
                .path(OAuthCallbackController.PATH)
                .maxAge(age)
                .build()
                .toString();
    }
}
