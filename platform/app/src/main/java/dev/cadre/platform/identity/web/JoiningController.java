package dev.cadre.platform.identity.web;

import dev.cadre.platform.identity.OwnOrigin;
import dev.cadre.platform.identity.internal.Invitations;
import dev.cadre.platform.identity.internal.Invitations.Offer;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.identity.web.Browser.Tokens;
import dev.cadre.platform.identity.web.InvitationController.InvitationLink;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Invitations as whoever holds the link sees them, signed in or not. */
@Tag(name = "authentication")
@SecurityRequirements
@RestController
@RequestMapping("/auth/invitations")
class JoiningController {

    record Joining(
            @NotNull @Size(max = 100) String token,
            @NotNull @Size(min = 10, max = 200) String password,
            @NotNull @Size(min = 1, max = 100) String name) {}

    private final Invitations invitations;
    private final SignIn signIn;
    private final OwnOrigin ownOrigin;
    private final Browser browser;

    JoiningController(Invitations invitations, SignIn signIn, OwnOrigin ownOrigin, Browser browser) {
        this.invitations = invitations;
        this.signIn = signIn;
        this.ownOrigin = ownOrigin;
        this.browser = browser;
    }

    /** What the link offers; a POST, so that no log has the token. */
    @PostMapping("/look")
    ResponseEntity<Offer> look(@Valid @RequestBody InvitationLink body) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(invitations.look(body.token()));
    }

    /** For who has no account yet: it gets the address that the link was sent to. */
    @PostMapping("/join")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Tokens> join(
            @Valid @RequestBody Joining body, @Parameter(hidden = true) HttpServletRequest request) {
        ownOrigin.check(request);
        var client = browser.client(request);
        var signedIn = signIn.join(body.token(), body.password(), body.name(), client);
        return browser.enters(HttpStatus.CREATED, signedIn, client, request);
    }
}
