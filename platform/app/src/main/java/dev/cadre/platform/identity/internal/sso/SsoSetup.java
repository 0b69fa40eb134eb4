package dev.cadre.platform.identity.internal.sso;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Roles;
import dev.cadre.platform.identity.internal.RequiredSso;
import dev.cadre.platform.identity.internal.SignIn;
import dev.cadre.platform.organization.CustomRoleRemoved;
import dev.cadre.platform.organization.Role;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.OrganizationId;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sets an organization's identity provider up, tries it, and takes it away. */
@Service
public class SsoSetup {

    private static final int MAX_ADDRESS = 500;
    private static final int MOST_ROLES = 200;
    /** What an owner enters. A secret or methods of null stay as they are, empty ones are taken away. */
    public record Wanted(
            String issuer,
            String clientId,
            @Nullable String clientSecret,
            List<String> scopes,
            String groupsClaim,
            List<GroupRole> groupRoles,
            @Nullable String defaultRole,
            boolean trustsEmails,
            boolean enforced,
            @Nullable List<String> requiredMethods) {}

    private final ProviderStore store;
    private final GuardedSender sender;
    private final SignIn signIn;
    private final Roles roles;
    private final ApplicationEventPublisher events;

    SsoSetup(ProviderStore store, GuardedSender sender, SignIn signIn, Roles roles, ApplicationEventPublisher events) {
        this.roles = roles;
        this.store = store;
        this.sender = sender;
        this.signIn = signIn;
        this.events = events;
    }

    public Optional<Provider> find(OrganizationId organization) {
        return store.find(organization);
    }

    /**
     * @param before as the caller has read it; empty for nothing
     * @return empty where somebody was faster
     */
    @Transactional
    public Optional<Provider> save(Caller caller, Wanted wanted, Optional<Provider> before) {
        var organization = caller.organization();
        var provider = checked(caller, wanted, before);
        boolean same = before.filter(provider::isSameClient).isPresent();
        if (provider.enforced() && provider.usedAt() == null) {
            throw SsoException.untried();
        }
        if (!store.save(provider)) {
            return Optional.empty();
        }
        if (!same) {
            signIn.endVouchedSignIns(organization);
        }
        if (provider.enforced() && !before.map(Provider::enforced).orElse(false)) {
            signIn.endPasswordSignIns(organization);
        }
        events.publishEvent(new RequiredSso.Changed(organization));
        events.publishEvent(Audited.changed(
                organization,
                before.isPresent() ? "sso.changed" : "sso.set-up",
                subject(organization),
                before.map(SsoSetup::told).orElse(Map.of()),
                told(provider)));
        return Optional.of(provider);
    }

    /** Whoever came by it is signed out and can come by password only. */
    @Transactional
    public void remove(OrganizationId organization) {
        if (!store.remove(organization)) {
            throw SsoException.notSetUp();
        }
        signIn.endVouchedSignIns(organization);
        events.publishEvent(new RequiredSso.Changed(organization));
        events.publishEvent(Audited.of(organization, "sso.removed", subject(organization)));
    }

    private static Audited.Subject subject(OrganizationId organization) {
        return Audited.Subject.of("sso", organization, null);
    }

    /** What the log says of it: all but the secret. */
    private static Map<String, ?> told(Provider provider) {
        return Map.of(
                "issuer", provider.issuer(),
                "clientId", provider.clientId(),
                "hasClientSecret", provider.clientSecret() != null,
                "scopes", provider.scopes(),
                "groupsClaim", provider.groupsClaim(),
                "groupRoles", provider.groupRoles(),
                "defaultRole", Optional.ofNullable(provider.defaultRole()).orElse("none"),
                "trustsEmails", provider.trustsEmails(),
                "enforced", provider.enforced(),
                "requiredMethods", provider.requiredMethods());
    }

    /** What would be saved, for who only tries it. */
    Provider checked(Caller caller, Wanted wanted, Optional<Provider> before) {
        var issuer = issuer(wanted.issuer().strip());
        var clientId = wanted.clientId().strip();
        require(
                !clientId.isEmpty() && clientId.length() <= 255 && isPlain(clientId),
                "/clientId",
                "Must have 1 to 255 characters.");
        var claim = wanted.groupsClaim().strip();
        require(
                !claim.isEmpty() && claim.length() <= 200 && isPlain(claim),
                "/groupsClaim",
                "Must have 1 to 200 characters.");
        checkRoles(caller, wanted);
        var usedAt = before.filter(
                        old -> old.issuer().equals(issuer) && old.clientId().equals(clientId))
                .map(Provider::usedAt)
                .orElse(null);
        return new Provider(
                caller.organization(),
                issuer,
                clientId,
                secret(wanted.clientSecret(), issuer, before),
                scopes(wanted.scopes()),
                claim,
                List.copyOf(wanted.groupRoles()),
                wanted.defaultRole(),
                wanted.trustsEmails(),
                wanted.enforced(),
                methods(wanted.requiredMethods(), before),
                before.map(Provider::revision).orElse(0L) + 1,
                usedAt);
    }

    private String issuer(String issuer) {
        try {
            var address = URI.create(issuer);
            require(
                    issuer.length() <= MAX_ADDRESS
                            && address.getHost() != null
                            && address.getRawQuery() == null
                            && address.getRawFragment() == null
                            && address.getRawUserInfo() == null,
                    "/issuer",
                    "Must be an address such as https://login.example.com/realms/staff, without ? and #.");
            require(
                    sender.isAcceptable(address),
                    "/issuer",
                    "Must start with https://. Without TLS only hosts are called that the operator allows by"
                            + " CADRE_EGRESS_ALLOW.");
            return issuer;
        } catch (IllegalArgumentException e) {
            throw SsoException.invalid("/issuer", "Is no address.");
        }
    }

    /** A secret goes only to the provider that it was made for. */
    private static @Nullable String secret(@Nullable String given, String issuer, Optional<Provider> before) {
        if (given != null) {
            require(given.length() <= 1_000 && isPlain(given), "/clientSecret", "Must have at most 1000 characters.");
            return given.isBlank() ? null : given.strip();
        }
        var old = before.map(Provider::clientSecret).orElse(null);
        require(
                old == null
                        || before.filter(provider -> provider.issuer().equals(issuer))
                                .isPresent(),
                "/clientSecret",
                "Enter the secret again: the one that is stored belongs to another issuer.");
        return old;
    }

    private static List<String> methods(@Nullable List<String> given, Optional<Provider> before) {
        if (given == null) {
            return before.map(Provider::requiredMethods).orElse(List.of());
        }
        require(
                given.size() <= 20 && given.stream().allMatch(method -> method.matches("[\\x21-\\x7e]{1,200}")),
                "/requiredMethods",
                "Must be at most 20 values of acr or amr, without spaces.");
        return given.stream().distinct().toList();
    }

    private static List<String> scopes(List<String> given) {
        require(
                given.size() <= 20
                        && given.stream().allMatch(scope -> scope.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,100}")),
                "/scopes",
                "Must be at most 20 words without spaces and quotes.");
        var scopes = new LinkedHashSet<String>();
        scopes.add("openid");
        scopes.addAll(given);
        return List.copyOf(scopes);
    }

    private void checkRoles(Caller caller, Wanted wanted) {
        require(wanted.groupRoles().size() <= MOST_ROLES, "/groupRoles", "Must be at most " + MOST_ROLES + ".");
        for (int i = 0; i < wanted.groupRoles().size(); i++) {
            var mapping = wanted.groupRoles().get(i);
            var group = mapping.group();
            require(
                    !group.isBlank() && group.length() <= 300 && isPlain(group),
                    "/groupRoles/" + i + "/group",
                    "Must have 1 to 300 characters.");
            checkRole(caller, mapping.role(), "/groupRoles/" + i + "/role");
        }
        var role = wanted.defaultRole();
        if (role != null) {
            checkRole(caller, role, "/defaultRole");
        }
    }

    /** Nobody hands out by a group what they may not hand out by hand. */
    private void checkRole(Caller caller, String role, String pointer) {
        require(!role.equals(Role.OWNER.text()), pointer, "Owners are made by owners, by hand.");
        roles.assignable(caller, role, pointer);
    }

    /** Groups that had it get its successor, or nothing. */
    @EventListener
    void removed(CustomRoleRemoved event) {
        store.find(event.organization()).ifPresent(before -> {
            var successor = event.successor();
            var next = successor == null || successor.role() == Role.OWNER ? null : successor.text();
            store.save(before.withRole(event.role().toString(), next));
        });
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean condition, String pointer, String message) {
        if (!condition) {
            throw SsoException.invalid(pointer, message);
        }
    }
}
