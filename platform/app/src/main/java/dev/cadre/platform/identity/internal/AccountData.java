package dev.cadre.platform.identity.internal;

import dev.cadre.platform.shared.PersonalData;
import java.util.List;
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
    public List<Kind> kinds() {
        return List.of(
                kind(
                        "account",
                        "Your account: who you are and since when.",
                        "select id, email, name, email_verified_at, created_at from user_account where id = ?"),
                kind(
                        "sessions",
                        "Your sign-ins: from where, with which browser, and when they were used or ended.",
                        "select id, address, user_agent, created_at, used_at, expires_at, revoked_at from session where user_id = ? order by id"),
                kind(
                        "secondFactor",
                        "Since when you have a second factor. Its secret is not in here.",
                        "select confirmed_at from second_factor where user_id = ?"),
                kind(
                        "singleSignOn",
                        "Who you are at the identity providers of organizations, and when you came by them first and last.",
                        "select organization_id, issuer, subject, created_at, used_at from sso_identity where user_id = ? order by created_at"),
                kind(
                        "apiKeys",
                        "The API keys that act for you, without the keys themselves, and when and from where they were used last.",
                        "select id, organization_id, name, hint, created_at, expires_at, last_used_at, last_used_from from api_key where user_id = ? order by id"),
                new Kind(
                        "invitations",
                        "Invitations to your address that are open.",
                        person -> PersonalData.rows(jdbc.sql(
                                        "select organization_id, created_at, expires_at from invitation where email = ?")
                                .param(person.email()))));
    }

    private Kind kind(String name, String about, String sql) {
        return new Kind(
                name,
                about,
                person -> PersonalData.rows(jdbc.sql(sql).param(person.id().value())));
    }

    @Override
    public void erase(Person person) {
        for (var table : List.of("invitation", "password_request")) {
            jdbc.sql("delete from " + table + " where email = ?")
                    .param(person.email())
                    .update();
        }
        for (var table : List.of("idempotency_key", "owner_of_key")) {
            jdbc.sql("delete from " + table + " where user_id = ?")
                    .param(person.id().value())
                    .update();
        }
        accounts.erase(person.id());
    }
}
