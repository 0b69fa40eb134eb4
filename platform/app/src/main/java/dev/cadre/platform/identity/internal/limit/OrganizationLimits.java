package dev.cadre.platform.identity.internal.limit;

import dev.cadre.platform.cluster.Messages;
import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.shared.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** What organizations say about how many requests a minute they allow; believed for a few seconds. */
@Service
public class OrganizationLimits {

    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    private static final int MAX_ENTRIES = 20_000;
    private static final int MOST_OF_ALL = 10_000_000;
    private static final String CHANGED = "request-limits-changed";

    /**
     * What an organization says.
     *
     * @param eachCaller for each user and each key; null for what the operator says
     * @param allCallers for all of them together; null for no such limit
     * @param revision 0 while it has said nothing
     */
    public record Said(
            @Nullable Integer eachCaller, @Nullable Integer allCallers, long revision) {}

    /** What counts. */
    public record Allowed(int eachCaller, @Nullable Integer allCallers) {}

    private record Entry(Allowed allowed, long readAt) {
        boolean isFresh() {
            return System.nanoTime() - readAt < FRESH;
        }
    }

    private record LimitsChanged(OrganizationId organization) {}

    private final JdbcClient jdbc;
    private final LimitSettings settings;
    private final Messages messages;
    private final ApplicationEventPublisher events;
    private final ConcurrentHashMap<OrganizationId, Entry> known = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    OrganizationLimits(JdbcClient jdbc, LimitSettings settings, Messages messages, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.messages = messages;
        this.events = events;
        messages.listen(CHANGED, text -> forget(new OrganizationId(UUID.fromString(text))));
    }

    public Allowed of(OrganizationId organization) {
        var entry = known.get(organization);
        if (entry != null && entry.isFresh()) {
            return entry.allowed();
        }
        if (known.size() >= MAX_ENTRIES) {
            known.values().removeIf(old -> !old.isFresh());
        }
        long changesBefore = changes.get();
        long readAt = System.nanoTime();
        var read = new Entry(allowed(said(organization)), readAt);
        known.put(organization, read);
        if (changes.get() != changesBefore) {
            known.remove(organization, read); // it may be this one that was changed after it was read
        }
        return read.allowed();
    }

    /** The operator may have lowered what an organization has asked for before. */
    private Allowed allowed(Said said) {
        var each = said.eachCaller();
        return new Allowed(
                each == null ? settings.perMinute() : Math.min(each, settings.maxPerMinute()), said.allCallers());
    }

    public Said said(OrganizationId organization) {
        return jdbc.sql("select each_caller, all_callers, revision from request_limit where organization_id = ?")
                .param(organization.value())
                .query(OrganizationLimits::said)
                .optional()
                .orElse(new Said(null, null, 0));
    }

    /** Empty where somebody else has changed them since. */
    @Transactional
    public Optional<Said> change(
            OrganizationId organization, @Nullable Integer eachCaller, @Nullable Integer allCallers, long revision) {
        validate(eachCaller, allCallers);
        var before = said(organization);
        var changed = jdbc.sql("""
                        insert into request_limit as l (organization_id, each_caller, all_callers)
                        values (:organization, :each, :all)
                        on conflict (organization_id) do update
                            set each_caller = excluded.each_caller, all_callers = excluded.all_callers, revision = l.revision + 1
                            where l.revision = :revision
                        returning each_caller, all_callers, revision""")
                .param("organization", organization.value())
                .param("each", eachCaller)
                .param("all", allCallers)
                .param("revision", revision)
                .query(OrganizationLimits::said)
                .optional();
        changed.ifPresent(after -> {
            events.publishEvent(new LimitsChanged(organization));
            events.publishEvent(Audited.changed(
                    organization,
                    "rate-limits.changed",
                    Audited.Subject.of("organization", organization, null),
                    facts(before),
                    facts(after)));
        });
        return changed;
    }

    private static Map<String, String> facts(Said said) {
        return Map.of("eachCaller", String.valueOf(said.eachCaller()), "allCallers", String.valueOf(said.allCallers()));
    }

    private void validate(@Nullable Integer eachCaller, @Nullable Integer allCallers) {
        var violations = new ArrayList<Violation>();
        if (eachCaller != null && (eachCaller < 1 || eachCaller > settings.maxPerMinute())) {
            violations.add(new Violation(
                    "/eachCaller",
                    "Must be from 1 to " + settings.maxPerMinute() + ", which is the most that this hub allows."));
        }
        if (allCallers != null && (allCallers < 1 || allCallers > MOST_OF_ALL)) {
            violations.add(new Violation("/allCallers", "Must be from 1 to " + MOST_OF_ALL + "."));
        }
        if (!violations.isEmpty()) {
            throw IdentityException.invalid(List.copyOf(violations));
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(LimitsChanged event) {
        forget(event.organization());
        messages.send(CHANGED, event.organization().toString());
    }

    private void forget(OrganizationId organization) {
        changes.incrementAndGet();
        known.remove(organization);
    }

    private static Said said(ResultSet row, int number) throws SQLException {
        return new Said(
                row.getObject("each_caller", Integer.class),
                row.getObject("all_callers", Integer.class),
                row.getLong("revision"));
    }
}
