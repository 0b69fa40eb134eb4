package dev.cadre.platform.mail.internal;

import dev.cadre.platform.shared.PersonalData;
import java.util.List;
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
    public List<Kind> kinds() {
        return List.of(new Kind(
                "mail",
                "Messages to your address: subject and state. Their texts are deleted once they are sent.",
                person -> PersonalData.rows(jdbc.sql(
                                "select subject, state, created_at, ended_at from mail_message where recipient = ? order by id")
                        .param(person.email()))));
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("delete from mail_message where recipient = ?")
                .param(person.email())
                .update();
    }
}
