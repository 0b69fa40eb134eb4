package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.internal.Grants;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.UserId;
import dev.cadre.spi.http.AddressRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Says what a new key may be: nobody gets more by a key than they have, and a key makes none that outlives or outreaches it. */
@Component
class NewKeyRules {

    private static final int MAX_NAME = 100;
    private static final int MAX_ADDRESSES = 50;

    /** A request that was found to be in order. */
    record Accepted(String name, Set<Permission> scopes, Instant expiresAt, List<String> allowedAddresses) {}

    record Change(String name, List<String> allowedAddresses) {}

    private final KeySettings settings;
    private final Members members;
    private final Grants grants;

    NewKeyRules(KeySettings settings, Members members, Grants grants) {
        this.settings = settings;
        this.members = members;
        this.grants = grants;
    }

    /** {@code asking} is the key by which this one is asked for. */
    Accepted accept(Caller caller, Optional<ApiKey> asking, UserId owner, KeyRequest wanted, Instant now) {
        var violations = new ArrayList<Violation>();
        var scopes = scopes(caller, owner, wanted.scopes(), violations);
        var expires = expiry(asking, wanted, now, violations);
        var addresses = addresses(wanted.allowedAddresses(), violations);
        asking.map(ApiKey::allowedAddresses)
                .filter(own -> !own.isEmpty() && (addresses.isEmpty() || !own.containsAll(addresses)))
                .ifPresent(own -> violations.add(new Violation(
                        "/allowedAddresses",
                        "A key that allows some addresses makes keys for these only: " + String.join(", ", own))));
        var name = name(wanted.name(), violations);
        refuse(violations);
        return new Accepted(name, scopes, expires, addresses);
    }

    Change change(String givenName, List<String> givenAddresses) {
        var violations = new ArrayList<Violation>();
        var change = new Change(name(givenName, violations), addresses(givenAddresses, violations));
        refuse(violations);
        return change;
    }

    private Set<Permission> scopes(Caller caller, UserId owner, List<String> texts, List<Violation> violations) {
        var scopes = EnumSet.noneOf(Permission.class);
        var ofOwner = owner.equals(caller.user())
                ? caller.permissions()
                : members.find(caller.organization(), owner)
                        .map(membership -> grants.of(membership.assigned(), caller.organization()))
                        .orElse(Set.of());
        if (texts.isEmpty()) {
            violations.add(new Violation("/scopes", "Must name at least one permission, such as workflow:read."));
        }
        for (int at = 0; at < texts.size(); at++) {
            var scope = Permission.of(texts.get(at));
            if (scope.isEmpty()) {
                violations.add(new Violation("/scopes/" + at, "Is not the name of a permission."));
            } else if (!ofOwner.contains(scope.get()) || !caller.may(scope.get())) {
                violations.add(new Violation(
                        "/scopes/" + at,
                        owner.equals(caller.user())
                                ? "You may not do this yourself."
                                : "The service account, or you yourself, may not do this."));
            } else {
                scopes.add(scope.get());
            }
        }
        for (var scope : scopes) {
            scope.companion()
                    .filter(other -> !scopes.contains(other))
                    .ifPresent(other -> violations.add(new Violation(
                            "/scopes/" + texts.indexOf(scope.text()),
                            "Needs the scope " + other.text() + " as well.")));
        }
        return scopes;
    }

    private Instant expiry(Optional<ApiKey> asking, KeyRequest wanted, Instant now, List<Violation> violations) {
        var last = now.plus(settings.longest());
        var ownEnd = asking.map(ApiKey::expiresAt).filter(end -> end.isBefore(last));
        var expires = wanted.expiresAt() == null ? null : wanted.expiresAt().truncatedTo(ChronoUnit.MICROS);
        if (expires == null) {
            var usual = now.plus(settings.usual());
            return ownEnd.filter(end -> end.isBefore(usual)).orElse(usual);
        }
        if (!expires.isAfter(now)) {
            violations.add(new Violation("/expiresAt", "Must be in the future."));
        } else if (ownEnd.isPresent() && expires.isAfter(ownEnd.get())) {
            violations.add(new Violation(
                    "/expiresAt", "A key makes no key that outlives it: " + ownEnd.get() + " at the latest."));
        } else if (expires.isAfter(last)) {
            violations.add(new Violation(
                    "/expiresAt",
                    "Must be within " + settings.longest().toDays() + " days: " + last + " at the latest."));
        }
        return expires;
    }

    private static String name(String given, List<Violation> violations) {
        var name = given.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            violations.add(new Violation(
                    "/name", "Must have 1 to " + MAX_NAME + " characters, no control characters among them."));
        }
        return name;
    }

    private static List<String> addresses(List<String> given, List<Violation> violations) {
        var addresses = new ArrayList<String>();
        if (given.size() > MAX_ADDRESSES) {
            violations.add(
                    new Violation("/allowedAddresses", "Must not have more than " + MAX_ADDRESSES + " entries."));
            return addresses;
        }
        for (int at = 0; at < given.size(); at++) {
            var text = given.get(at).strip();
            try {
                AddressRange.parse(text);
                addresses.add(text);
            } catch (IllegalArgumentException e) {
                violations.add(new Violation("/allowedAddresses/" + at, String.valueOf(e.getMessage())));
            }
        }
        return addresses;
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw IdentityException.invalid(List.copyOf(violations));
        }
    }
}
