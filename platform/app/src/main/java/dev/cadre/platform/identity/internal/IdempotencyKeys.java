package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Remembers for a day how a request with an {@code Idempotency-Key} was answered. */
@Component
class IdempotencyKeys {

    private static final int DAY_HOURS = 24;

    /** A request that was never answered, because the hub stopped meanwhile, blocks its key no longer than this. */
    private static final Duration ABANDONED = Duration.ofMinutes(2);

    /**
     * What is known of a key.
     *
     * @param status null while the first request is being worked on
     */
    record Known(byte[] fingerprint, @Nullable Integer status, String headers, byte[] body) {}

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the key for a new request; what is known of it where somebody else has taken it. */
    @Transactional
    Optional<Known> take(Caller caller, String key, byte[] fingerprint) {
        jdbc.sql("""
                        delete from idempotency_key
                        where organization_id = ? and user_id = ? and key = ?
                          and (created_at < now() - make_interval(hours => ?)
                               or status is null and created_at < now() - make_interval(secs => ?))""")
                .param(caller.organization().value())
                .param(subject(caller))
                .param(key)
                .param(DAY_HOURS)
                .param((int) ABANDONED.toSeconds())
                .update();
        while (!insert(caller, key, fingerprint)) {
            var known = find(caller, key);
            if (known.isPresent()) {
                return known;
            }
            // It was released in between: nobody has it, whoever inserts it first takes it.
        }
        return Optional.empty();
    }

    /** Clears away those that are older than a day. */
    int sweep(int most) {
        return jdbc.sql("""
                        delete from idempotency_key where ctid in (select ctid from idempotency_key
                        where created_at < now() - make_interval(hours => ?) order by created_at limit ? for update skip locked)""").params(DAY_HOURS, most).update();
    }

    private boolean insert(Caller caller, String key, byte[] fingerprint) {
        return jdbc.sql("""
                        insert into idempotency_key (organization_id, user_id, key, fingerprint)
                        values (?, ?, ?, ?) on conflict do nothing""")
                        .param(caller.organization().value())
                        .param(subject(caller))
                        .param(key)
                        .param(fingerprint)
                        .update()
                == 1;
    }

    private Optional<Known> find(Caller caller, String key) {
        return jdbc.sql("""
                        select fingerprint, status, headers, body from idempotency_key
                        where organization_id = ? and user_id = ? and key = ?""")
                .param(caller.organization().value())
                .param(subject(caller))
                .param(key)
                .query(IdempotencyKeys::known)
                .optional();
    }

    void answered(Caller caller, String key, int status, String headers, byte[] body) {
        jdbc.sql("""
                        update idempotency_key set status = ?, headers = ?::json, body = ?
                        where organization_id = ? and user_id = ? and key = ?""")
                .param(status)
                .param(headers)
                .param(body)
                .param(caller.organization().value())
                .param(subject(caller))
                .param(key)
                .update();
    }

    /** Nothing was created: the key may be used again. */
    void release(Caller caller, String key) {
        jdbc.sql("delete from idempotency_key where organization_id = ? and user_id = ? and key = ? and status is null")
                .param(caller.organization().value())
                .param(subject(caller))
                .param(key)
                .update();
    }

    /** Each key of a person has keys of its own here: what one may read of an answer, another may not. */
    private static UUID subject(Caller caller) {
        return switch (caller.credential()) {
            case Caller.SignedIn _ -> caller.user().value();
            case Caller.ApiKey key -> key.id();
        };
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        var headers = row.getString("headers");
        var body = row.getBytes("body");
        return new Known(
                row.getBytes("fingerprint"),
                row.getObject("status", Integer.class),
                headers == null ? "{}" : headers,
                body == null ? new byte[0] : body);
    }
}
