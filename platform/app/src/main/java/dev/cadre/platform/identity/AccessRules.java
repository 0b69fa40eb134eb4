package dev.cadre.platform.identity;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.database.Walls;
import dev.cadre.platform.organization.SecurityRulebook;
import dev.cadre.platform.organization.SecurityRules;
import dev.cadre.platform.organization.SecurityRulesChanged;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.UserId;
import dev.cadre.spi.http.AddressRange;
import java.net.InetAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps callers to the security rules of the organization that they work in. What it read counts for a few seconds; changed
 * rules count at once on this node and a moment later on the others.
 */
@Component
public class AccessRules {

    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    private static final int MAX_ENTRIES = 20_000;
    private static final String CHANGED = "security-rules-changed";

    private record Entry(SecurityRules rules, long readAt) {}

    private final SecurityRulebook rulebook;
    private final JdbcClient jdbc;
    private final Messages messages;
    private final AccessSettings settings;
    private final ConcurrentHashMap<OrganizationId, Entry> known = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UserId, Long> secondFactorSeen = new ConcurrentHashMap<>();

    AccessRules(SecurityRulebook rulebook, JdbcClient jdbc, Messages messages, AccessSettings settings) {
        this.rulebook = rulebook;
        this.jdbc = jdbc;
        this.messages = messages;
        this.settings = settings;
        messages.listen(CHANGED, organization -> known.remove(new OrganizationId(UUID.fromString(organization))));
    }

    /** What counts there, which may be more than the organization asks for itself. */
    public SecurityRules of(OrganizationId organization) {
        var entry = known.get(organization);
        if (entry != null && isFresh(entry.readAt())) {
            return entry.rules();
        }
        if (known.size() >= MAX_ENTRIES) {
            known.clear();
        }
        long readAt = System.nanoTime();
        var rules = settings.atLeast(Walls.within(organization, () -> rulebook.find(organization)));
        known.put(organization, new Entry(rules, readAt));
        return rules;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(SecurityRulesChanged event) {
        known.remove(event.organization());
        messages.send(CHANGED, event.organization().toString());
    }

    /** Refuses who calls from where the organization does not want it, or without a second factor where it wants one. */
    public void check(Caller caller, OrganizationId organization) {
        checkAddress(organization);
        if (isSecondFactorMissing(caller, organization)) {
            throw AccessException.secondFactorRequired();
        }
    }

    /** Refuses a request from an address that the organization has not allowed. */
    public void checkAddress(OrganizationId organization) {
        var address = Actor.current().address();
        if (!admits(organization, address)) {
            throw AccessException.address(address);
        }
    }

    public boolean admits(OrganizationId organization, @Nullable String address) {
        return admits(organization, parsed(address));
    }

    /** Whether a caller who was let in from this address before still may stay. */
    public boolean admit(Caller caller, @Nullable InetAddress from) {
        var organization = caller.organization();
        return admits(organization, from) && !isSecondFactorMissing(caller, organization);
    }

    private boolean admits(OrganizationId organization, @Nullable InetAddress address) {
        return !settings.ipLists() || of(organization).admits(address);
    }

    public boolean isSecondFactorMissing(Caller caller, OrganizationId organization) {
        return isByPassword(caller) && of(organization).secondFactorRequired() && !hasSecondFactor(caller.user());
    }

    /** Whom an identity provider vouches for it asks for a second factor itself; programs have none. */
    public static boolean isByPassword(Caller caller) {
        return caller.credential() instanceof Caller.SignedIn signedIn && !signedIn.vouched();
    }

    /** That somebody has one is remembered for a moment, that somebody has none is not: who has just set it up goes on. */
    private boolean hasSecondFactor(UserId user) {
        var seen = secondFactorSeen.get(user);
        if (seen != null && isFresh(seen)) {
            return true;
        }
        long readAt = System.nanoTime();
        boolean on = jdbc.sql("select 1 from second_factor where user_id = ? and confirmed_at is not null")
                .param(user.value())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (secondFactorSeen.size() >= MAX_ENTRIES) {
            secondFactorSeen.clear();
        }
        if (on) {
            secondFactorSeen.put(user, readAt);
        } else {
            secondFactorSeen.remove(user);
        }
        return on;
    }

    private static @Nullable InetAddress parsed(@Nullable String address) {
        return address == null ? null : AddressRange.address(address);
    }

    private static boolean isFresh(long readAt) {
        return System.nanoTime() - readAt < FRESH;
    }
}
