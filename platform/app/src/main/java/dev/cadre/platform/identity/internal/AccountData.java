package dev.cadre.platform.identity.internal;

import dev.cadre.platform.shared.PersonalData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The account, its sign-ins and keys. */
@Component
@Order(2)
class AccountData implements PersonalData {

    private final JdbcClient jdbc;
    private final Accounts accounts;

    AccountData(JdbcClient jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    @Override
    public Map<String, List<Map<String, @Nullable Object>>> export(Person person) {
        var all = new LinkedHashMap<String, List<Map<String, @Nullable Object>>>();
        all.put(
                "account",
                rows("select id, email, name, email_verified_at, created_at from user_account where id = ?", person));
        all.put(
                "sessions",
                rows(
                        "select id, address, user_agent, created_at, used_at, expires_at, revoked_at from session where user_id = ? order by id",
                        person));
        all.put("secondFactor", rows("select confirmed_at from second_factor where user_id = ?", person));
        all.put(
                "apiKeys",
                rows(
                        "select id, organization_id, name, hint, created_at, expires_at, last_used_at, last_used_from from api_key where user_id = ? order by id",
                        person));
        all.put(
                "invitations",
                jdbc.sql("select organization_id, created_at, expires_at from invitation where email = ?")
                        .param(person.email())
                        .query()
                        .listOfRows());
        return all;
    }

    private List<Map<String, @Nullable Object>> rows(String sql, Person person) {
        return jdbc.sql(sql).param(person.id().value()).query().listOfRows();
    }

    @Override
    public void erase(Person person) {
        for (var table : List.of("invitation", "password_request")) {
            jdbc.sql("delete from " + table + " where email = ?")
                    .param(person.email())
                    .update();
        }
        jdbc.sql("delete from idempotency_key where user_id = ?")
                .param(person.id().value())
                .update();
        accounts.erase(person.id());
    }
}
