package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.shared.PersonalData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs that a person has started, and what they have decided in runs, where their name stands. */
@Component
class RunData implements PersonalData {

    private static final String BY = "decidedBy";

    private final JdbcClient jdbc;

    RunData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, List<Map<String, @Nullable Object>>> export(Person person) {
        var decided = decisions(person).stream().map(Decision::task).toArray(UUID[]::new);
        return Map.of(
                "startedRuns",
                jdbc.sql("""
                                select organization_id, id, workflow_name, started_at from run
                                where started_by = ? order by id""").param(person.id().value()).query().listOfRows(),
                "decisions",
                jdbc.sql("""
                                select organization_id, run_id, id, name, ended_at from task
                                where id = any(?) order by id""").params((Object) decided).query().listOfRows());
    }

    /** What was decided stays, by somebody who is known by an id only. */
    @Override
    public void erase(Person person) {
        var decisions = decisions(person);
        for (var decision : decisions) {
            var output = new LinkedHashMap<>(decision.output());
            output.put(BY, Map.of("id", person.id().toString(), "name", "Erased person", "email", ""));
            jdbc.sql("update task set output = ?::json where id = ?")
                    .params(Json.text(output), decision.task())
                    .update();
        }
        var tasks = decisions.stream().map(Decision::task).toArray(UUID[]::new);
        // also where they had another name or address then
        jdbc.sql("""
                        update task_log set message = regexp_replace(message, '^(Approved|Rejected) by .*? <[^>]*>',
                          '\\1 by an erased person') where task_id = any(?)""").params((Object) tasks).update();
        jdbc.sql("""
                        update task set error = regexp_replace(error::text, 'Rejected by .*? <[^>]*>',
                          'Rejected by an erased person')::json where id = any(?) and error is not null""").params((Object) tasks).update();
        jdbc.sql("""
                        update run set error = regexp_replace(error::text, 'Rejected by .*? <[^>]*>',
                          'Rejected by an erased person')::json
                        where error is not null and id in (select run_id from task where id = any(?))""").params((Object) tasks).update();
        jdbc.sql("""
                        update task_log set message = replace(message, :written, 'an erased person')
                        where strpos(message, :written) > 0""")
                .param("written", person.name() + " <" + person.email() + ">")
                .update();
    }

    private record Decision(UUID task, Map<String, Object> output) {}

    /** Looked through here: PostgreSQL refuses to look into outputs with characters that it does not know. */
    private List<Decision> decisions(Person person) {
        var id = person.id().toString();
        return jdbc
                .sql("""
                        select id, output::text from task
                        where step_type = 'approval' and output is not null and strpos(output::text, ?) > 0""")
                .param(id)
                .query((row, _) -> new Decision(row.getObject(1, UUID.class), Json.readMap(row.getString(2))))
                .list()
                .stream()
                .filter(decision -> decision.output().get(BY) instanceof Map<?, ?> by && id.equals(by.get("id")))
                .toList();
    }
}
