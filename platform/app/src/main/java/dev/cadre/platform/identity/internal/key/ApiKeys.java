package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.internal.Tokens;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.MembershipChanged;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Ids;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes, shows, changes and revokes API keys. Everybody looks after their own; who manages keys after everybody's in the
 * organization and after those of service accounts.
 */
@Service
public class ApiKeys {

    static final int MOST = 100;

    /** A key with its text, which nobody gets to see again. */
    public record NewKey(ApiKey key, String text) {}

    private final KeyRows rows;
    private final NewKeyRules rules;
    private final ServiceAccounts accounts;
    private final Members members;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApiKeys(
            KeyRows rows,
            NewKeyRules rules,
            ServiceAccounts accounts,
            Members members,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.rules = rules;
        this.accounts = accounts;
        this.members = members;
        this.events = events;
        this.clock = clock;
    }

    /** For the caller, or for a service account of the caller's organization. */
    @Transactional
    public NewKey create(Caller caller, KeyRequest wanted, Optional<UserId> serviceAccount) {
        serviceAccount.ifPresent(account -> {
            caller.require(Permission.KEY_MANAGE);
            accounts.find(caller.organization(), account);
        });
        var owner = serviceAccount.orElse(caller.user());
        var asking = caller.credential() instanceof Caller.ApiKey key
                ? rows.find(caller.organization(), key.id())
                : Optional.<ApiKey>empty();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var accepted = rules.accept(caller, asking, owner, wanted, now);
        if (rows.count(caller.organization(), owner) >= MOST) {
            throw IdentityException.tooManyKeys(MOST);
        }
        var id = Ids.create();
        var text = KeyText.of(id, Tokens.random(KeyText.SECRET_BYTES));
        var hint = text.substring(text.length() - 4);
        rows.insert(new KeyRows.New(
                id, caller.organization(), owner, Tokens.hash(text), hint, accepted, caller.user(), now));
        var key = find(caller, id);
        events.publishEvent(Audited.of(caller.organization(), "api-key.created", subject(key), facts(key)));
        return new NewKey(key, text);
    }

    /** Keys behind the given one: of an owner, or of everybody in the organization. */
    public List<ApiKey> list(Caller caller, Optional<UserId> owner, Optional<UUID> after, int limit) {
        if (owner.isEmpty() || !owner.get().equals(caller.user())) {
            caller.require(Permission.KEY_MANAGE);
        }
        return rows.list(caller.organization(), owner, after, limit);
    }

    /** One that the caller may look after. */
    public ApiKey find(Caller caller, UUID id) {
        return rows.find(caller.organization(), id)
                .filter(key -> key.owner().id().equals(caller.user()) || caller.may(Permission.KEY_MANAGE))
                .orElseThrow(IdentityException::keyNotFound);
    }

    /** Empty where somebody else has changed it since the given revision. */
    @Transactional
    public Optional<ApiKey> change(Caller caller, ApiKey key, String name, List<String> allowedAddresses) {
        var accepted = rules.change(name, allowedAddresses);
        if (!rows.update(key, accepted.name(), accepted.allowedAddresses())) {
            return Optional.empty();
        }
        var changed = find(caller, key.id());
        events.publishEvent(new KeyChanged(key.id()));
        events.publishEvent(Audited.changed(
                caller.organization(), "api-key.changed", subject(changed), facts(key), facts(changed)));
        return Optional.of(changed);
    }

    @Transactional
    public void revoke(Caller caller, UUID id) {
        var key = find(caller, id);
        if (!rows.delete(caller.organization(), key.id())) {
            throw IdentityException.keyNotFound();
        }
        events.publishEvent(new KeyChanged(id));
        events.publishEvent(Audited.of(caller.organization(), "api-key.revoked", subject(key)));
    }

    /** Who leaves takes no keys along, and finds none when coming back. */
    @EventListener
    void on(MembershipChanged event) {
        if (members.find(event.organization(), event.user()).isEmpty()) {
            revokeAll(event.organization(), event.user());
        }
    }

    /** All keys that somebody has or has made, for service accounts too, in every organization. */
    @Transactional
    public void revokeAllOf(UserId user) {
        for (var key : rows.deleteAllOf(user)) {
            events.publishEvent(new KeyChanged(key.id()));
            events.publishEvent(Audited.of(
                    key.organization(), "api-key.revoked", Audited.Subject.of("api-key", key.id(), key.name())));
        }
    }

    private static Audited.Subject subject(ApiKey key) {
        return Audited.Subject.of("api-key", key.id(), key.name());
    }

    private static Map<String, ?> facts(ApiKey key) {
        return Map.of(
                "name",
                key.name(),
                "owner",
                key.owner().id().toString(),
                "scopes",
                key.scopes().stream().sorted().map(Permission::text).toList(),
                "allowedAddresses",
                key.allowedAddresses(),
                "expiresAt",
                key.expiresAt().toString());
    }

    private void revokeAll(OrganizationId organization, UserId owner) {
        rows.deleteAll(organization, owner).forEach(id -> events.publishEvent(new KeyChanged(id)));
    }
}
