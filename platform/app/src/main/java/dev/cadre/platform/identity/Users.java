package dev.cadre.platform.identity;

import dev.cadre.platform.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Finds people by id or e-mail. An id that has no account any more is simply not among the answers. */
@Service
public class Users {

    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Map<UserId, User> find(Collection<UserId> ids) {
        var found = new HashMap<UserId, User>();
        if (!ids.isEmpty()) {
            jdbc.sql("select id, email, name from user_account where id in (:ids)")
                    .param("ids", ids.stream().map(UserId::value).toList())
                    .query(Users::user)
                    .list()
                    .forEach(user -> found.put(user.id(), user));
        }
        return found;
    }

    /** A person by an e-mail address as {@link Email#normalize} gives it. */
    public Optional<User> find(String email) {
        return jdbc.sql("select id, email, name from user_account where email = ? and kind = 'person'")
                .param(email)
                .query(Users::user)
                .optional();
    }

    private static User user(ResultSet row, int number) throws SQLException {
        return new User(new UserId(row.getObject("id", UUID.class)), row.getString("email"), row.getString("name"));
    }
}
