package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.shared.UserId;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The secrets in the links of mails: hashed, for half an hour, and each works once. */
@Component
class AccountTokens {

    static final Duration LIFETIME = Duration.ofMinutes(30);

    /** How many live links of one kind somebody may have: more are not sent, so that nobody's mailbox is flooded. */
    private static final int MAX_LIVE = 3;

    enum Purpose {
        VERIFY_EMAIL,
        CHANGE_EMAIL,
        RESET_PASSWORD;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record Taken(UserId user, Purpose purpose, String email) {}

    private final JdbcClient jdbc;

    AccountTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean mayIssue(UserId user, Purpose purpose) {
        return jdbc.sql("select count(*) from account_token where user_id = ? and purpose = ? and expires_at > now()")
                        .param(user.value())
                        .param(purpose.text())
                        .query(Long.class)
                        .single()
                < MAX_LIVE;
    }

    String issue(UserId user, Purpose purpose, String email) {
        var token = Tokens.create();
        jdbc.sql("""
                        insert into account_token (hash, user_id, purpose, email, expires_at)
                        values (?, ?, ?, ?, now() + make_interval(mins => ?))""")
                .param(Tokens.hash(token))
                .param(user.value())
                .param(purpose.text())
                .param(email)
                .param((int) LIFETIME.toMinutes())
                .update();
        return token;
    }

    /** Deletes it with its siblings: of links of one kind only the first that is used works. */
    Taken take(String token, Purpose... purposes) {
        var taken = jdbc.sql(
                        "delete from account_token where hash = ? and expires_at > now() returning user_id, purpose, email")
                .param(Tokens.hash(token))
                .query((row, number) -> new Taken(
                        new UserId(row.getObject("user_id", UUID.class)),
                        Purpose.valueOf(row.getString("purpose")
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_')),
                        row.getString("email")))
                .optional()
                .orElseThrow(IdentityException::linkInvalid);
        for (var purpose : purposes) {
            if (purpose == taken.purpose()) {
                forget(taken.user(), purpose);
                return taken;
            }
        }
        throw IdentityException.linkInvalid();
    }

    /** Clears away what is too old. */
    int sweep(int most) {
        return jdbc.sql("""
                        delete from account_token where hash in
                        (select hash from account_token where expires_at < now() limit ? for update skip locked)""").param(most).update();
    }

    void forget(UserId user, Purpose purpose) {
        jdbc.sql("delete from account_token where user_id = ? and purpose = ?")
                .param(user.value())
                .param(purpose.text())
                .update();
    }
}
