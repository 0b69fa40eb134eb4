package dev.cadre.platform.mail.internal;

import dev.cadre.platform.mail.OutboxMessage;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Ids;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of messages. Texts hold links that let people in: they are encrypted, and gone when they were sent. */
@Component
public class OutboxRows {

    /** One claimed message and how often it was tried before. */
    record Claimed(OutboxMessage message, int attempts) {}

    private final JdbcClient jdbc;
    private final Secrets secrets;

    OutboxRows(JdbcClient jdbc, Secrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    public void add(String to, String subject, String text) {
        var id = Ids.create();
        var sealed = secrets.encrypt(Secrets.INSTALLATION, purpose(id), text.getBytes(StandardCharsets.UTF_8));
        jdbc.sql("insert into mail_message (id, recipient, subject, text) values (?, ?, ?, ?)")
                .param(id)
                .param(to)
                .param(subject)
                .param(sealed)
                .update();
    }

    public List<OutboxMessage> waiting(Optional<UUID> after, int limit) {
        return jdbc
                .sql("""
                        select id, recipient, subject, text, created_at, attempts from mail_message
                        where state = 'waiting' and (cast(:after as uuid) is null or id < :after) order by id desc limit :limit""")
                .param("after", after.orElse(null))
                .param("limit", limit)
                .query(this::claimed)
                .list()
                .stream()
                .map(Claimed::message)
                .toList();
    }

    /** Takes what is due for as long as sending may take; where this node dies it is due again after that. */
    List<Claimed> claim(int limit, Duration lease) {
        return jdbc.sql("""
                        update mail_message set due_at = now() + make_interval(secs => :lease), attempts = attempts + 1
                        where id in (select id from mail_message where state = 'waiting' and due_at <= now()
                                     order by due_at limit :limit for update skip locked)
                        returning id, recipient, subject, text, created_at, attempts""")
                .param("lease", lease.toSeconds())
                .param("limit", limit)
                .query(this::claimed)
                .list();
    }

    void sent(UUID id) {
        end(id, "sent");
    }

    void failed(UUID id) {
        end(id, "failed");
    }

    void again(UUID id, Duration in) {
        jdbc.sql("update mail_message set due_at = now() + make_interval(secs => ?) where id = ? and state = 'waiting'")
                .param(in.toSeconds())
                .param(id)
                .update();
    }

    /** What has ended is kept for a week as a trace, what nobody read for thirty days. */
    void clear() {
        jdbc.sql("""
                        delete from mail_message where created_at < now() - interval '30 days'
                        or (state <> 'waiting' and created_at < now() - interval '7 days')""").update();
    }

    private void end(UUID id, String state) {
        jdbc.sql("update mail_message set state = ?, text = null, ended_at = now() where id = ?")
                .param(state)
                .param(id)
                .update();
    }

    private Claimed claimed(ResultSet row, int number) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var text = secrets.decrypt(Secrets.INSTALLATION, purpose(id), row.getBytes("text"));
        return new Claimed(
                new OutboxMessage(
                        id,
                        row.getString("recipient"),
                        row.getString("subject"),
                        new String(text, StandardCharsets.UTF_8),
                        row.getTimestamp("created_at").toInstant()),
                row.getInt("attempts"));
    }

    private static String purpose(UUID id) {
        return "mail/" + id;
    }
}
