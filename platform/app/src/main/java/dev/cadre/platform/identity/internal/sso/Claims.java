package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.identity.Email;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a person out of what a provider says: every value may be missing, of another type, or much too long. */
final class Claims {

    private static final int MOST_GROUPS = 1_000;
    private static final int MAX_GROUP = 300;
    private static final int MAX_NAME = 100;
    private static final int MAX_SUBJECT = 255;

    private Claims() {}

    static Person person(Map<String, Object> claims, String groupsClaim) {
        var subject = text(claims.get("sub"))
                .filter(value -> !value.isEmpty() && value.length() <= MAX_SUBJECT && isPlain(value))
                .orElseThrow(() -> SsoException.tokenInvalid("The identity provider's answer names nobody."));
        var email = text(claims.get("email")).map(Email::normalize).filter(Email::isValid);
        return new Person(
                subject,
                email.orElse(null),
                verified(claims.get("email_verified")),
                name(claims, email),
                groups(claims, groupsClaim));
    }

    /** Whether it says enough of a person that nobody else has to be asked. */
    static boolean isComplete(Map<String, Object> claims, String groupsClaim) {
        return claims.get("email") != null && find(claims, groupsClaim) != null;
    }

    private static @Nullable Boolean verified(@Nullable Object value) {
        return switch (value) {
            case Boolean said -> said;
            case String said when said.equals("true") || said.equals("false") -> Boolean.valueOf(said);
            case null, default -> null;
        };
    }

    private static String name(Map<String, Object> claims, Optional<String> email) {
        var both = text(claims.get("given_name")).orElse("") + " "
                + text(claims.get("family_name")).orElse("");
        for (var candidate : List.of(
                text(claims.get("name")).orElse(""),
                both,
                text(claims.get("preferred_username")).orElse(""),
                email.map(address -> address.substring(0, address.indexOf('@'))).orElse(""))) {
            var name = candidate.replaceAll("\\p{Cntrl}", " ").strip();
            if (!name.isEmpty()) {
                return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
            }
        }
        return "Member";
    }

    private static List<String> groups(Map<String, Object> claims, String groupsClaim) {
        var value = find(claims, groupsClaim);
        var groups = new ArrayList<String>();
        if (value instanceof Collection<?> many) {
            if (many.size() > MOST_GROUPS) {
                throw SsoException.tooManyGroups();
            }
            many.stream()
                    .filter(one -> one instanceof String)
                    .map(String::valueOf)
                    .filter(one -> one.length() <= MAX_GROUP)
                    .forEach(groups::add);
        } else {
            text(value)
                    .filter(one -> !one.isEmpty() && one.length() <= MAX_GROUP)
                    .ifPresent(groups::add);
        }
        // Microsoft names more groups than a token holds only by an address to ask
        if (value == null
                && claims.get("_claim_names") instanceof Map<?, ?> elsewhere
                && elsewhere.containsKey(groupsClaim)) {
            throw SsoException.tooManyGroups();
        }
        return List.copyOf(groups);
    }

    /** By its name, or by a path of names as {@code realm_access.roles}. */
    private static @Nullable Object find(Map<String, Object> claims, String path) {
        var direct = claims.get(path);
        if (direct != null) {
            return direct;
        }
        Object here = claims;
        for (var step : path.split("\\.")) {
            here = here instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return here == claims ? null : here;
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
