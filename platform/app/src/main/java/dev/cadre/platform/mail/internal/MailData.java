package dev.cadre.platform.mail.internal;

import dev.cadre.platform.shared.PersonalData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages to a person. */
@Component
class MailData implements PersonalData {

    private final JdbcClient jdbc;

    MailData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, List<Map<String, @Nullable Object>>> export(Person person) {
        return Map.of(
                "mail",
                jdbc.sql(
                                "select subject, state, created_at, ended_at from mail_message where recipient = ? order by id")
                        .param(person.email())
                        .query()
                        .listOfRows());
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("delete from mail_message where recipient = ?")
                .param(person.email())
                .update();
    }
}
