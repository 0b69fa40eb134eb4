package dev.cadre.platform.identity.internal.key;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.CallersChanged;
import dev.cadre.platform.identity.KeyNotFromThere;
import dev.cadre.platform.identity.Permission;
import dev.cadre.platform.identity.internal.Grants;
import dev.cadre.platform.identity.internal.Tokens;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.CustomRoleChanged;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.MembershipChanged;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.spi.http.AddressRange;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Knows callers by their API keys, without asking the database for every request: what it read counts for a few seconds, and
 * what is revoked or changed counts at once on this node and a moment later on the others. A key never does more than its
 * owner may do at the moment.
 */
@Component
public class LiveKeys {

    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    private static final int MAX_ENTRIES = 20_000;
    private static final String CHANGED = "api-key-changed";
    private static final String OWNER_CHANGED = "api-key-owner-changed";
    private static final String ROLE_CHANGED = "api-key-role-changed";

    private record Entry(KeyRows.Shown shown, List<AddressRange> ranges, Optional<AssignedRole> role, long readAt) {

        boolean isFresh() {
            return System.nanoTime() - readAt < FRESH;
        }

        boolean hasRole(UUID custom) {
            return role.map(AssignedRole::custom)
                    .filter(found -> found.id().equals(custom))
                    .isPresent();
        }

        boolean isOf(UserId user, OrganizationId organization) {
            return shown.key().owner().id().equals(user)
                    && shown.key().organization().equals(organization);
        }
    }

    private final KeyRows rows;
    private final KeyUses uses;
    private final Members members;
    private final Grants grants;
    private final Messages messages;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final ConcurrentHashMap<UUID, Entry> known = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    LiveKeys(
            KeyRows rows,
            KeyUses uses,
            Members members,
            Grants grants,
            Messages messages,
            Clock clock,
            ApplicationEventPublisher events) {
        this.events = events;
        this.rows = rows;
        this.uses = uses;
        this.members = members;
        this.grants = grants;
        this.messages = messages;
        this.clock = clock;
        messages.listen(CHANGED, key -> forget(UUID.fromString(key)));
        messages.listen(OWNER_CHANGED, text -> {
            var ids = text.split(" ");
            forget(new UserId(UUID.fromString(ids[0])), new OrganizationId(UUID.fromString(ids[1])));
        });
        messages.listen(ROLE_CHANGED, role -> forgetRole(UUID.fromString(role)));
    }

    /** Whether it is meant as an API key, right or wrong. */
    public static boolean isKey(String bearer) {
        return bearer.startsWith(KeyText.PREFIX);
    }

    /**
     * Who shows this key; empty where it is mistyped, forged, revoked or expired, or its owner has left.
     *
     * @throws KeyNotFromThere where the key is good but may not come from there
     */
    public Optional<Caller> find(String text, @Nullable InetAddress from) {
        var entry = KeyText.id(text).flatMap(this::entry);
        if (entry.isEmpty()
                || !MessageDigest.isEqual(entry.get().shown().hash(), Tokens.hash(text))
                || !entry.get().shown().key().expiresAt().isAfter(clock.instant())) {
            return Optional.empty();
        }
        return entry.get().role().map(role -> caller(entry.get(), role, from));
    }

    private Caller caller(Entry entry, AssignedRole role, @Nullable InetAddress from) {
        var key = entry.shown().key();
        if (!entry.ranges().isEmpty()
                && (from == null || entry.ranges().stream().noneMatch(range -> range.contains(from)))) {
            throw new KeyNotFromThere(key.organization(), from);
        }
        uses.note(key.id(), from);
        return new Caller(
                key.owner().id(),
                key.organization(),
                role.role(),
                both(grants.of(role, key.organization()), key.scopes()),
                new Caller.ApiKey(
                        key.id(),
                        key.name(),
                        key.owner().isServiceAccount() ? key.owner().name() : null));
    }

    private static Set<Permission> both(Set<Permission> granted, Set<Permission> scopes) {
        return granted.stream().filter(scopes::contains).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Entry> entry(UUID id) {
        var entry = known.get(id);
        if (entry != null && entry.isFresh()) {
            return Optional.of(entry);
        }
        long changesBefore = changes.get();
        long readAt = System.nanoTime();
        var read = rows.shown(id).map(shown -> read(shown, readAt));
        if (read.isEmpty()) {
            known.remove(id); // what nobody has is not remembered, or anybody could fill the memory
            return read;
        }
        if (known.size() >= MAX_ENTRIES) {
            known.values().removeIf(old -> !old.isFresh());
        }
        known.put(id, read.get());
        if (changes.get() != changesBefore) {
            known.remove(id, read.get()); // it may be this one that was changed after it was read
        }
        return read;
    }

    private Entry read(KeyRows.Shown shown, long readAt) {
        var key = shown.key();
        var role = members.find(key.organization(), key.owner().id()).map(Membership::assigned);
        var ranges = key.allowedAddresses().stream().map(AddressRange::parse).toList();
        return new Entry(shown, ranges, role, readAt);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(KeyChanged event) {
        forget(event.key());
        messages.send(CHANGED, event.key().toString());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(MembershipChanged event) {
        forget(event.user(), event.organization());
        messages.send(OWNER_CHANGED, event.user() + " " + event.organization());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(CustomRoleChanged event) {
        forgetRole(event.role());
        messages.send(ROLE_CHANGED, event.role().toString());
    }

    private void forgetRole(UUID role) {
        forgetIf(entry -> entry.hasRole(role));
    }

    private void forget(UUID key) {
        forgetIf(entry -> entry.shown().key().id().equals(key));
    }

    private void forget(UserId user, OrganizationId organization) {
        forgetIf(entry -> entry.isOf(user, organization));
    }

    private void forgetIf(Predicate<Entry> which) {
        changes.incrementAndGet();
        known.values().removeIf(which);
        events.publishEvent(new CallersChanged());
    }
}
