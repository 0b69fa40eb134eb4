package dev.cadre.platform.audit.internal;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Actor;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.Clocked;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.web.RequestRefused;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the log which requests were refused, and to whom. Counted in memory and told once a minute, one event for each caller,
 * address and reason: whoever knocks a thousand times fills neither the log nor the database. A node that is stopped tells
 * the rest, one that is killed loses it.
 */
@Component
class Refusals extends Clocked {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final Duration TELL = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** So many callers, addresses and reasons of a log are told apart in a minute, all others together. */
    static final int APART = 200;

    /** Of those whom nobody knows fewer: addresses cost nothing. */
    static final int STRANGERS_APART = 20;

    private static final int NETWORK_BYTES = 8;

    /** Everybody mistypes something: what is merely wrong is told of who sends so much of it in a minute. */
    static final int PROBING = 20;

    private static final int NAMED = 5;

    private record Key(
            Actor.Kind kind, @Nullable UUID id, @Nullable String address, int status, String code, boolean forged) {

        static Key of(RequestRefused refused) {
            var actor = refused.actor();
            return new Key(actor.kind(), actor.id(), origin(actor), refused.status(), refused.code(), refused.forged());
        }

        /** An IPv6 customer has a whole network of addresses, each of which would be told apart. */
        private static @Nullable String origin(Actor actor) {
            var address = actor.address();
            return address != null && address.contains(":")
                    ? HexFormat.of().formatHex(InetAddress.ofLiteral(address).getAddress(), 0, NETWORK_BYTES)
                    : address;
        }

        Key ofMany() {
            return new Key(Actor.Kind.ANONYMOUS, null, null, status, code, forged);
        }

        /** What has to do with who somebody is or may do, and with limits, counts from the first time on. */
        int least() {
            return switch (status) {
                case 403, 429 -> 1;
                case 401 -> forged ? 1 : PROBING;
                case 404 -> code.endsWith("-not-found") ? 1 : PROBING;
                default -> PROBING;
            };
        }

        /** Somebody else was faster, or a form has a mistake that the page shows: no sign of anything. */
        boolean isOfNoInterest() {
            return status == 409 || status == 412 || status == 428;
        }
    }

    private record Seen(Actor actor, int times, Instant since, Set<String> calls) {

        Seen and(Seen more) {
            var all = new LinkedHashSet<>(calls);
            more.calls().stream().limit(Math.max(0, NAMED - all.size())).forEach(all::add);
            return new Seen(actor, times + more.times(), since, all);
        }
    }

    private final Map<OrganizationId, Map<Key, Seen>> logs = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clockOfDay;

    Refusals(JdbcClient jdbc, ApplicationEventPublisher events, Clock clockOfDay) {
        super("refusals", PATIENCE);
        this.jdbc = jdbc;
        this.events = events;
        this.clockOfDay = clockOfDay;
    }

    @EventListener
    void count(RequestRefused refused) {
        var key = Key.of(refused);
        if (key.isOfNoInterest()) {
            return;
        }
        var door = refused.organization();
        var whose = door == null ? Walls.organization().orElse(Secrets.INSTALLATION) : door;
        add(whose, key, new Seen(refused.actor(), 1, clockOfDay.instant(), Set.of(refused.call())));
    }

    private void add(OrganizationId whose, Key key, Seen seen) {
        logs.compute(whose, (_, known) -> {
            var counts = known == null ? new HashMap<Key, Seen>() : known;
            boolean apart = counts.containsKey(key) || counts.size() < (key.id() == null ? STRANGERS_APART : APART);
            var one = apart ? seen : new Seen(Actor.anonymous(null, null), seen.times(), seen.since(), seen.calls());
            counts.merge(apart ? key : key.ofMany(), one, Seen::and);
            return counts;
        });
    }

    void tell() {
        for (var whose : List.copyOf(logs.keySet())) {
            var counts = logs.remove(whose);
            if (counts == null) {
                continue;
            }
            try {
                var kept = logOf(whose);
                counts.entrySet().removeIf(one -> {
                    if (one.getValue().times() >= one.getKey().least()) {
                        events.publishEvent(event(kept, one.getKey(), one.getValue()));
                    }
                    return true;
                });
            } catch (RuntimeException e) {
                log.debug("Refused requests can't be told to the audit log now", e);
                counts.forEach((key, seen) -> add(whose, key, seen)); // told with the next ones
            }
        }
    }

    /** Null for the installation's, also where the organization has been erased meanwhile. */
    private @Nullable OrganizationId logOf(OrganizationId whose) {
        return jdbc.sql("select id from organization where id = ?")
                .param(whose.value())
                .query((row, number) -> new OrganizationId(row.getObject(1, UUID.class)))
                .optional()
                .orElse(null);
    }

    private static Audited event(@Nullable OrganizationId whose, Key key, Seen seen) {
        return Audited.of(
                        whose,
                        "request.refused",
                        Subject.of("request", key.code(), null),
                        Map.of(
                                "status", key.status(),
                                "times", seen.times(),
                                "since", seen.since().toString(),
                                "calls", List.copyOf(seen.calls())))
                .by(seen.actor());
    }

    @Override
    public void start() {
        clock.start(TELL, this::tell);
    }

    /** After the last requests were answered. */
    @Override
    public void stop() {
        super.stop();
        tell();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
