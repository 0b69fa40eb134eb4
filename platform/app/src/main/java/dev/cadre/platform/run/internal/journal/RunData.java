package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.shared.PersonalData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs that a person has started, and what they have decided in runs, where their name stands. */
@Component
class RunData implements PersonalData {

    private final JdbcClient jdbc;

    RunData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, List<Map<String, @Nullable Object>>> export(Person person) {
        return Map.of(
                "startedRuns",
                jdbc.sql(
                                "select organization_id, id, workflow_name, started_at from run where started_by = ? order by id")
                        .param(person.id().value())
                        .query()
                        .listOfRows(),
                "decisions",
                jdbc.sql("""
                                select organization_id, run_id, id, name, ended_at from task
                                where step_type = 'approval' and output::jsonb #>> '{decidedBy,id}' = ? order by id""").param(person.id().toString()).query().listOfRows());
    }

    /** What was decided stays, by somebody who is known by an id only. */
    @Override
    public void erase(Person person) {
        jdbc.sql("""
                        update task set output = jsonb_set(output::jsonb, '{decidedBy}',
                          jsonb_build_object('id', :id::text, 'name', 'Erased person', 'email', ''))::json
                        where step_type = 'approval' and output::jsonb #>> '{decidedBy,id}' = :id""").param("id", person.id().toString()).update();
        jdbc.sql("""
                        update task_log set message = replace(message, :written, 'an erased person')
                        where strpos(message, :written) > 0""")
                .param("written", person.name() + " <" + person.email() + ">")
                .update();
    }
}
