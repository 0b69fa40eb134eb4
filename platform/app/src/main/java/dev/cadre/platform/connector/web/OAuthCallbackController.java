package dev.cadre.platform.connector.web;

import dev.cadre.platform.connector.ConnectionException;
import dev.cadre.platform.connector.internal.Authorizations;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Where authorization servers send browsers back to. Nobody is signed in here: the state says whose it is. */
@Tag(name = "connections")
@RestController
class OAuthCallbackController {

    static final String PATH = "/oauth/callback";

    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Not authorized</title>
            <body><h1>The connection is not authorized</h1><p>%s</p><p><a href="/connections">Back to the connections</a></p>
            """;

    private final Authorizations authorizations;
    private final ConsentCookie consents;

    OAuthCallbackController(Authorizations authorizations, ConsentCookie consents) {
        this.authorizations = authorizations;
        this.consents = consents;
    }

    @GetMapping(PATH)
    ResponseEntity<?> back(
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String code,
            @RequestParam @Nullable String error,
            HttpServletRequest request) {
        try {
            var id = authorizations.finish(state, code, error, consents.of(request));
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create("/connections?authorized=" + id))
                    .header(HttpHeaders.SET_COOKIE, consents.cleared(request))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        } catch (ConnectionException e) {
            if (!asksForPage(request)) {
                throw e;
            }
            return ResponseEntity.badRequest()
                    .contentType(MediaType.TEXT_HTML)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .body(PAGE.formatted(HtmlUtils.htmlEscape(String.valueOf(e.getMessage()))));
        }
    }

    private static boolean asksForPage(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }
}
