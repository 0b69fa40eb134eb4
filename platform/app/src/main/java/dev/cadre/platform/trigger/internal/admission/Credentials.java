package dev.cadre.platform.trigger.internal.admission;

import dev.cadre.platform.identity.ForeignTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what stands in a request's headers. All keys are compared whatever comes out, and each in constant time. */
final class Credentials {

    private Credentials() {}

    static boolean apiKey(@Nullable String given, List<byte[]> keys) {
        var bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
        boolean right = false;
        for (var key : keys) {
            right |= MessageDigest.isEqual(bytes, key);
        }
        return right;
    }

    static boolean basic(HttpServletRequest request, List<Keys.Login> logins) {
        var given = decoded(authorization(request, "Basic "));
        int colon = given.indexOf(':');
        var user = given.substring(0, Math.max(colon, 0)).getBytes(StandardCharsets.UTF_8);
        var password = given.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
        boolean right = false;
        for (var login : logins) {
            right |= MessageDigest.isEqual(user, login.user()) & MessageDigest.isEqual(password, login.password());
        }
        return right & colon >= 0;
    }

    static Optional<ForeignTokens.Accepted> token(
            HttpServletRequest request, List<ForeignTokens> issuers, Instant now) {
        var given = authorization(request, "Bearer ");
        return issuers.stream()
                .flatMap(issuer -> issuer.accept(given, now).stream())
                .findFirst();
    }

    private static String authorization(HttpServletRequest request, String scheme) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? header.substring(scheme.length()).strip()
                : "";
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
