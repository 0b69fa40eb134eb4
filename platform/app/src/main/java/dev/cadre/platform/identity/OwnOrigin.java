package dev.cadre.platform.identity;

import dev.cadre.platform.shared.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The address that browsers have the hub at: what comes from other sites' pages, and what cookies look like. Calls that another
 * site's page makes with our cookie are refused; SameSite does so in the browser, this on the server.
 */
@Component
public class OwnOrigin {

    private final URI publicUrl;
    private final ClientAddress clients;

    OwnOrigin(@Value("${cadre.public-url}") URI publicUrl, ClientAddress clients) {
        this.publicUrl = publicUrl;
        this.clients = clients;
    }

    public void check(HttpServletRequest request) {
        if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            throw IdentityException.foreignOrigin();
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOwn(origin, request)) {
            throw IdentityException.foreignOrigin();
        }
    }

    /**
     * Whether a page of the hub's own has sent the browser here. Nothing else counts as the person's own will: a link in a mail
     * or chat program arrives as an address that was typed ({@code none}), and over plain HTTP browsers say nothing.
     */
    public boolean isOwnPage(HttpServletRequest request) {
        return "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    /** Whether users reach the hub over TLS, here or at a proxy in front. */
    public boolean isSecure(HttpServletRequest request) {
        return clients.isSecure(request) || "https".equals(publicUrl.getScheme());
    }

    /** Browsers take a name that begins so from TLS only: nobody on the line without it sets such a cookie. */
    public String cookieName(String name, HttpServletRequest request) {
        return isSecure(request) ? "__Secure-" + name : name;
    }

    private boolean isOwn(String origin, HttpServletRequest request) {
        try {
            var authority = URI.create(origin).getAuthority();
            return authority != null
                    && (authority.equals(request.getHeader(HttpHeaders.HOST))
                            || authority.equals(publicUrl.getAuthority()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
