package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.shared.web.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Refuses calls that another site's page makes with our cookie. SameSite does so in the browser, this on the server. */
@Component
public class OwnOrigin {

    private final @Nullable URI publicUrl;
    private final ClientAddress clients;

    OwnOrigin(IdentitySettings settings, ClientAddress clients) {
        this.publicUrl = settings.publicUrl();
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

    /** Whether users reach the hub over TLS, here or at a proxy in front. */
    public boolean isSecure(HttpServletRequest request) {
        return clients.isSecure(request) || (publicUrl != null && "https".equals(publicUrl.getScheme()));
    }

    private boolean isOwn(String origin, HttpServletRequest request) {
        try {
            var authority = URI.create(origin).getAuthority();
            return authority != null
                    && (authority.equals(request.getHeader(HttpHeaders.HOST))
                            || (publicUrl != null && authority.equals(publicUrl.getAuthority())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
