package dev.cadre.platform.identity.internal;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.identity.CallersChanged;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.springframework.context.ApplicationEventPublisher;
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
    private static final String RULES = "sign-in-rules-changed";

    private record Key(UserId user, OrganizationId organization, UUID session) {}

    /**
     * What somebody is in an organization by a sign-in.
     *
     * @param vouched whether the organization's identity provider vouches for it, so that it is good for that one alone
     */
    public record Standing(AssignedRole role, boolean vouched) {}

    private record Entry(Optional<Standing> standing, long readAt) {
        boolean isFresh() {
            return System.nanoTime() - readAt < FRESH;
        }
    }

    private final JdbcClient jdbc;
    private final Members members;
    private final RequiredSso required;
    private final Messages messages;
    private final ApplicationEventPublisher events;
    private final ConcurrentHashMap<Key, Entry> known = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    LiveSessions(
            JdbcClient jdbc,
            Members members,
            RequiredSso required,
            Messages messages,
            ApplicationEventPublisher events) {
        this.events = events;
        this.jdbc = jdbc;
        this.members = members;
        this.required = required;
        this.messages = messages;
        messages.listen(ENDED, session -> forget(UUID.fromString(session)));
        messages.listen(RULES, organization -> forget(new OrganizationId(UUID.fromString(organization))));
        messages.listen(CHANGED, text -> {
            var ids = text.split(" ");
            forget(new UserId(UUID.fromString(ids[0])), new OrganizationId(UUID.fromString(ids[1])));
        });
        messages.listen(ROLE_CHANGED, role -> forgetRole(UUID.fromString(role)));
    }

    /** Empty where the session has ended, does not open the organization, or the user does not belong to it any more. */
    public Optional<Standing> standing(UserId user, OrganizationId organization, UUID session) {
        var key = new Key(user, organization, session);
        var entry = known.get(key);
        if (entry != null && entry.isFresh()) {
            return entry.standing();
        }
        if (known.size() >= MAX_ENTRIES) {
            known.values().removeIf(old -> !old.isFresh());
            if (known.size() >= MAX_ENTRIES) {
                known.clear();
            }
        }
        long changesBefore = changes.get();
        long readAt = System.nanoTime();
        var standing = vouchedBy(user, session)
                .flatMap(by -> members.find(organization, user)
                        .map(Membership::assigned)
                        .filter(found -> required.admits(organization, found.role(), by))
                        .map(found -> new Standing(found, by.isPresent())));
        var read = new Entry(standing, readAt);
        known.put(key, read);
        if (changes.get() != changesBefore) {
            known.remove(key, read); // it may be this one that was changed after it was read
        }
        return standing;
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
        forget((_, entry) -> entry.standing()
                .map(Standing::role)
                .map(AssignedRole::custom)
                .filter(custom -> custom.id().equals(role))
                .isPresent());
    }

    /** Its rules of who comes in have changed. */
    @TransactionalEventListener(fallbackExecution = true)
    void changed(RequiredSso.Changed event) {
        forget(event.organization());
        messages.send(RULES, event.organization().toString());
    }

    private void forget(OrganizationId organization) {
        forget((key, _) -> key.organization().equals(organization));
    }

    private void forget(UUID session) {
        forget((key, _) -> key.session().equals(session));
    }

    private void forget(UserId user, OrganizationId organization) {
        forget((key, _) -> key.user().equals(user) && key.organization().equals(organization));
    }

    private void forget(BiPredicate<Key, Entry> which) {
        changes.incrementAndGet();
        known.entrySet().removeIf(each -> which.test(each.getKey(), each.getValue()));
        events.publishEvent(new CallersChanged());
    }

    /** Empty where the session does not live; inside, whose identity provider vouches for it, if any. */
    private Optional<Optional<OrganizationId>> vouchedBy(UserId user, UUID session) {
        return jdbc.sql(
                        "select sso_organization_id from session where id = ? and user_id = ? and revoked_at is null and expires_at > now()")
                .param(session)
                .param(user.value())
                .query((row, number) ->
                        Optional.ofNullable(row.getObject(1, UUID.class)).map(OrganizationId::new))
                .optional();
    }
}
