package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.AccessTokens;
import dev.cadre.platform.identity.OwnOrigin;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.internal.Client;
import dev.cadre.platform.identity.internal.KnownDevices;
import dev.cadre.platform.identity.internal.SignIn.SignedIn;
import dev.cadre.platform.shared.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Reads where a sign-in comes from, and gives the browser what it gets by one: cookies that no script can read, and tokens. */
@Component
class Browser {

    static final String REFRESH = "cadre_refresh";
    private static final String DEVICE = "cadre_device";
    private static final Duration REFRESH_AGE = Duration.ofDays(30);
    private static final Duration DEVICE_AGE = Duration.ofDays(365);

    record Tokens(User user, OrganizationOfUser organization, String accessToken, String tokenType, long expiresIn) {}

    private final KnownDevices devices;
    private final OwnOrigin ownOrigin;
    private final ClientAddress addresses;

    Browser(KnownDevices devices, OwnOrigin ownOrigin, ClientAddress addresses) {
        this.devices = devices;
        this.ownOrigin = ownOrigin;
        this.addresses = addresses;
    }

    Client client(HttpServletRequest request) {
        var address = addresses.of(request);
        return new Client(
                address == null ? "unknown" : address.getHostAddress(),
                request.getHeader(HttpHeaders.USER_AGENT),
                value(DEVICE, request));
    }

    /** What the browser was given under this name; over TLS nothing counts that could have been set without it. */
    @Nullable
    String value(String name, HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, ownOrigin.cookieName(name, request));
        return cookie == null ? null : cookie.getValue();
    }

    /** Somebody has signed in or up here: others who guess do not slow this browser down from now on. */
    ResponseEntity<Tokens> enters(HttpStatus status, SignedIn signedIn, Client client, HttpServletRequest request) {
        var device = devices.remember(signedIn.user().id(), client.device());
        return answer(status, signedIn, request)
                .header(HttpHeaders.SET_COOKIE, cookie(DEVICE, device, DEVICE_AGE, request))
                .body(tokens(signedIn));
    }

    ResponseEntity<Tokens> goesOn(SignedIn signedIn, HttpServletRequest request) {
        return answer(HttpStatus.OK, signedIn, request).body(tokens(signedIn));
    }

    ResponseEntity.BodyBuilder leaves(HttpServletRequest request) {
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie(REFRESH, "", Duration.ZERO, request))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** For who came by a redirect: the page that opens now asks for the tokens itself. */
    String refreshCookie(SignedIn signedIn, HttpServletRequest request) {
        return cookie(REFRESH, signedIn.refreshToken(), REFRESH_AGE, request);
    }

    /** Comes along when another site sends the browser back, as an identity provider does. */
    String returningCookie(String name, String value, Duration age, String path, HttpServletRequest request) {
        return cookie(name, value, age, path, "Lax", request);
    }

    /** For pages of the hub's own only. */
    String ownCookie(String name, String value, Duration age, String path, HttpServletRequest request) {
        return cookie(name, value, age, path, "Strict", request);
    }

    private ResponseEntity.BodyBuilder answer(HttpStatus status, SignedIn signedIn, HttpServletRequest request) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.SET_COOKIE, cookie(REFRESH, signedIn.refreshToken(), REFRESH_AGE, request))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static Tokens tokens(SignedIn signedIn) {
        return new Tokens(
                signedIn.user(),
                OrganizationOfUser.of(signedIn.membership()),
                signedIn.accessToken(),
                "Bearer",
                AccessTokens.LIFETIME.toSeconds());
    }

    @Nullable
    String refreshToken(HttpServletRequest request) {
        return value(REFRESH, request);
    }

    private String cookie(String name, String value, Duration age, HttpServletRequest request) {
        return cookie(name, value, age, "/auth", "Strict", request);
    }

    private String cookie(
            String name, String value, Duration age, String path, String sameSite, HttpServletRequest request) {
        return ResponseCookie.from(ownOrigin.cookieName(name, request), value)
                .httpOnly(true)
                .secure(ownOrigin.isSecure(request))
                .sameSite(sameSite)
                .path(path)
                .maxAge(age)
                .build()
                .toString();
    }
}
