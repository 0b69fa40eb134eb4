package dev.cadre.platform.identity.internal.sso;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** E-mail domains in the one form that they are compared in. */
final class Domain {

    private static final int MAX_LENGTH = 200;
    private static final Pattern VALID =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private Domain() {}

    /** Empty for what is no domain, an address in digits among it. */
    static Optional<String> of(String given) {
        var text = given.strip();
        // letters that become ASCII in lower case (the Kelvin sign) make no domain
        return text.length() <= MAX_LENGTH && text.chars().allMatch(letter -> letter < 128)
                ? Optional.of(text.toLowerCase(Locale.ROOT))
                        .filter(domain -> VALID.matcher(domain).matches())
                : Optional.empty();
    }

    static Optional<String> ofEmail(String email) {
        int at = email.lastIndexOf('@');
        return at < 0 ? Optional.empty() : of(email.substring(at + 1));
    }
}
