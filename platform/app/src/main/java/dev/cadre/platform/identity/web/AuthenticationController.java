package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.AccessTokens;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.identity.internal.Accounts;
import dev.cadre.platform.identity.internal.Client;
import dev.cadre.platform.identity.internal.KnownDevices;
import dev.cadre.platform.identity.internal.OwnOrigin;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.identity.internal.SignIn.SignedIn;
import dev.cadre.platform.shared.web.ClientAddress;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
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

    static final String COOKIE = "cadre_refresh";
    private static final String DEVICE = "cadre_device";
    private static final Duration COOKIE_AGE = Duration.ofDays(30);
    private static final Duration DEVICE_AGE = Duration.ofDays(365);

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

    record Forgotten(@NotNull @Size(max = 254) String email) {}

    record NewPassword(
            @NotNull @Size(max = 100) String token,
            @NotNull @Size(max = 200) String password) {}

    record Tokens(User user, OrganizationOfUser organization, String accessToken, String tokenType, long expiresIn) {}

    private final SignIn signIn;
    private final Accounts accounts;
    private final KnownDevices devices;
    private final OwnOrigin ownOrigin;
    private final ClientAddress addresses;

    AuthenticationController(
            SignIn signIn, Accounts accounts, KnownDevices devices, OwnOrigin ownOrigin, ClientAddress addresses) {
        this.addresses = addresses;
        this.signIn = signIn;
        this.accounts = accounts;
        this.devices = devices;
        this.ownOrigin = ownOrigin;
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Tokens> register(
            @Valid @RequestBody Registration body, @Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var signedIn =
                signIn.register(body.email(), body.password(), body.name(), body.organization(), client(request));
        return answer(HttpStatus.CREATED, signedIn, request);
    }

    @PostMapping("/login")
    ResponseEntity<Tokens> login(
            @Valid @RequestBody Credentials body, @Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var client = client(request);
        var signedIn = signIn.logIn(body.email(), body.password(), body.code(), client);
        var answer = answer(HttpStatus.OK, signedIn, request);
        var device = devices.remember(signedIn.user().id(), client.device());
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.SET_COOKIE, cookie(DEVICE, device, DEVICE_AGE, request))
                .body(answer.getBody());
    }

    @PostMapping("/verify-email")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void verifyEmail(@Valid @RequestBody Link body) {
        accounts.confirmAddress(body.token());
    }

    @PostMapping("/password/forgot")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void forgotPassword(@Valid @RequestBody Forgotten body) {
        accounts.forgotPassword(body.email());
    }

    @PostMapping("/password/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetPassword(@Valid @RequestBody NewPassword body, HttpServletRequest request) {
        accounts.resetPassword(body.token(), body.password(), client(request));
    }

    @PostMapping("/refresh")
    ResponseEntity<Tokens> refresh(
            @Parameter(hidden = true) @CookieValue(name = COOKIE, required = false) @Nullable String refreshToken,
            @Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        if (refreshToken == null) {
            throw IdentityException.sessionEnded();
        }
        return answer(HttpStatus.OK, signIn.refresh(refreshToken), request);
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> logout(
            @Parameter(hidden = true) @CookieValue(name = COOKIE, required = false) @Nullable String refreshToken,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable
                    String authorization,
            @Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var accessToken = Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip());
        signIn.logOut(accessToken, Optional.ofNullable(refreshToken));
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie(COOKIE, "", Duration.ZERO, request))
                .build();
    }

    private ResponseEntity<Tokens> answer(HttpStatus status, SignedIn signedIn, HttpServletRequest request) {
        var body = new Tokens(
                signedIn.user(),
                OrganizationOfUser.of(signedIn.membership()),
                signedIn.accessToken(),
                "Bearer",
                AccessTokens.LIFETIME.toSeconds());
        return ResponseEntity.status(status)
                .header(HttpHeaders.SET_COOKIE, cookie(COOKIE, signedIn.refreshToken(), COOKIE_AGE, request))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(body);
    }

    private Client client(HttpServletRequest request) {
        var cookies = request.getCookies();
        var device = Arrays.stream(cookies == null ? new Cookie[0] : cookies)
                .filter(cookie -> cookie.getName().equals(DEVICE))
                .map(Cookie::getValue)
                .findFirst()
                .orElse(null);
        var address = addresses.of(request);
        return new Client(
                address == null ? "unknown" : address.getHostAddress(),
                request.getHeader(HttpHeaders.USER_AGENT),
                device);
    }

    private String cookie(String name, String value, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(ownOrigin.isSecure(request))
                .sameSite("Strict")
                .path("/auth")
                .maxAge(age)
                .build()
                .toString();
    }
}
