package dev.cadre.platform.identity.internal;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.organization.AssignedRole;
import dev.cadre.platform.organization.CustomRoleChanged;
import dev.cadre.platform.organization.Members;
import dev.cadre.platform.organization.Membership;
import dev.cadre.platform.organization.MembershipChanged;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Knows which sessions live and what role their user has, without asking the database for every request: what it read
 * counts for a few seconds, and what is ended or changed counts at once on this node and a moment later on the others.
 */
@Component
public class LiveSessions {

    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    private static final int MAX_ENTRIES = 20_000;
    private static final String ENDED = "session-ended";
    private static final String CHANGED = "membership-changed";
    private static final String ROLE_CHANGED = "role-changed";

    private record Key(UserId user, OrganizationId organization, UUID session) {}

    private record Entry(Optional<AssignedRole> role, long readAt) {
        boolean isFresh() {
            return System.nanoTime() - readAt < FRESH;
        }
    }

    private final JdbcClient jdbc;
    private final Members members;
    private final Messages messages;
    private final ConcurrentHashMap<Key, Entry> known = new ConcurrentHashMap<>();

    LiveSessions(JdbcClient jdbc, Members members, Messages messages) {
        this.jdbc = jdbc;
        this.members = members;
        this.messages = messages;
        messages.listen(ENDED, session -> forget(UUID.fromString(session)));
        messages.listen(CHANGED, text -> {
            var ids = text.split(" ");
            forget(new UserId(UUID.fromString(ids[0])), new OrganizationId(UUID.fromString(ids[1])));
        });
        messages.listen(ROLE_CHANGED, role -> forgetRole(UUID.fromString(role)));
    }

    /** Empty where the session has ended or the user does not belong to the organization any more. */
    public Optional<AssignedRole> role(UserId user, OrganizationId organization, UUID session) {
        var key = new Key(user, organization, session);
        var entry = known.get(key);
        if (entry != null && entry.isFresh()) {
            return entry.role();
        }
        if (known.size() >= MAX_ENTRIES) {
            known.values().removeIf(old -> !old.isFresh());
            if (known.size() >= MAX_ENTRIES) {
                known.clear();
            }
        }
        long readAt = System.nanoTime();
        var role = isLive(user, session)
                ? members.find(organization, user).map(Membership::assigned)
                : Optional.<AssignedRole>empty();
        known.put(key, new Entry(role, readAt));
        return role;
    }

    void ended(UUID session) {
        forget(session);
        messages.send(ENDED, session.toString());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(MembershipChanged event) {
        forget(event.user(), event.organization());
        messages.send(CHANGED, event.user() + " " + event.organization());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(CustomRoleChanged event) {
        forgetRole(event.role());
        messages.send(ROLE_CHANGED, event.role().toString());
    }

    private void forgetRole(UUID role) {
        known.values()
                .removeIf(entry -> entry.role()
                        .map(AssignedRole::custom)
                        .filter(custom -> custom.id().equals(role))
                        .isPresent());
    }

    private void forget(UUID session) {
        known.keySet().removeIf(key -> key.session().equals(session));
    }

    private void forget(UserId user, OrganizationId organization) {
        known.keySet()
                .removeIf(key -> key.user().equals(user) && key.organization().equals(organization));
    }

    private boolean isLive(UserId user, UUID session) {
        return jdbc.sql(
                        "select 1 from session where id = ? and user_id = ? and revoked_at is null and expires_at > now()")
                .param(session)
                .param(user.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
