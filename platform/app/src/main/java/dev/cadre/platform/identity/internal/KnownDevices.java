package dev.cadre.platform.identity.internal;

import dev.cadre.platform.shared.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Browsers that have signed in before: each keeps a secret for every account, and only its hash is here. */
@Component
public class KnownDevices {

    private static final int MOST = 20;

    private final JdbcClient jdbc;

    KnownDevices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean knows(@Nullable String device, String email) {
        return device != null
                && jdbc.sql("""
                        select 1 from known_device d join user_account u on u.id = d.user_id
                        where d.hash = ? and u.email = ?""")
                        .param(Tokens.hash(device))
                        .param(email.replace("\0", ""))
                        .query(Integer.class)
                        .optional()
                        .isPresent();
    }

    /** A new secret for the browser that has just signed in, in the place of the one that it showed. */
    @Transactional
    public String remember(UserId user, @Nullable String shown) {
        if (shown != null) {
            jdbc.sql("delete from known_device where hash = ? and user_id = ?")
                    .param(Tokens.hash(shown))
                    .param(user.value())
                    .update();
        }
        var device = Tokens.create();
        jdbc.sql("insert into known_device (hash, user_id) values (?, ?)")
                .param(Tokens.hash(device))
                .param(user.value())
                .update();
        jdbc.sql("""
                        delete from known_device where user_id = :user and hash not in
                        (select hash from known_device where user_id = :user order by created_at desc limit :most)""").param("user", user.value()).param("most", MOST).update();
        return device;
    }

    /** Clears away those that nobody has signed in from for a year. */
    int sweep(int most) {
        return jdbc.sql("""
                        delete from known_device where hash in (select hash from known_device
                        where created_at < now() - interval '1 year' order by created_at limit ? for update skip locked)""").param(most).update();
    }

    void forget(UserId user) {
        jdbc.sql("delete from known_device where user_id = ?")
                .param(user.value())
                .update();
    }
}
