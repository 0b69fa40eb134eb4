package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.shared.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs that a person has started, and what they have decided in runs, where their name stands. */
@Component
class RunData implements PersonalData {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    RunData(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(
                new Kind(
                        "startedRuns",
                        "Runs that you have started.",
                        person -> PersonalData.rows(
                                jdbc.sql("""
                                        select organization_id, id, workflow_name, started_at from run
                                        where started_by = ? order by id""").param(person.id().value()))),
                new Kind("decisions", "What you have approved or rejected in runs.", this::decisions));
    }

    private Stream<Map<String, @Nullable Object>> decisions(Person person) {
        return PersonalData.rows(jdbc.sql("""
                        select organization_id, run_id, id, name, ended_at from task
                        where step_type = 'approval' and output is not null and decided_by(output) = ? order by id""").param(person.id().toString()));
    }

    /** What was decided stays, by somebody who is known by an id only. Done after this, a part at a time. */
    @Override
    public void erase(Person person) {
        jdbc.sql("insert into person_to_forget (user_id, name, email) values (?, ?, ?) on conflict do nothing")
                .params(person.id().value(), person.name(), person.email())
                .update();
        events.publishEvent(new PersonErased(person.id()));
    }
}
