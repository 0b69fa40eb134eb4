package dev.cadre.platform.run.internal.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes the names of persons who are gone out of decisions and logs. Each call is one part, found by key and as large as
 * its bound, and notes how far it came.
 */
@Component
public class ErasedPersonRows {

    /** How many persons' names are looked for at once. */
    private static final int TOGETHER = 500;

    private static final UUID BEGINNING = new UUID(0, 0);

    private final JdbcClient jdbc;

    ErasedPersonRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Work(UUID user, String name, String email, boolean decisionsDone, UUID task, long line) {

        String written() {
            return name + " <" + email + ">";
        }
    }

    /** @param message null where it holds none of the names */
    private record Line(UUID task, long seq, @Nullable String message) {}

    private record Answered(UUID task, String output) {}

    /** Does a part of at most {@code most} rows for somebody whom no other node works for; false where nobody is left. */
    public boolean part(int most) {
        var work = jdbc.sql("""
                        select user_id, name, email, decisions_done, at_task, at_line from person_to_forget
                        order by decisions_done, asked_at limit 1 for update skip locked""").query(ErasedPersonRows::work).optional();
        work.ifPresent(some -> {
            if (some.decisionsDone()) {
                lines(together(some), most);
            } else {
                decisions(some, most);
            }
        });
        return work.isPresent();
    }

    private void decisions(Work work, int most) {
        var decided = jdbc.sql("""
                        select id, output::text as output from task
                        where step_type = 'approval' and output is not null and decided_by(output) = ? and id > ?
                        order by id limit ?""")
                .params(work.user().toString(), work.task(), most)
                .query((row, _) -> new Answered(row.getObject("id", UUID.class), row.getString("output")))
                .list();
        forget(work, decided);
        if (decided.isEmpty()) {
            note(work, true, BEGINNING, 0);
        } else {
            note(work, false, decided.getLast().task(), 0);
        }
    }

    private void forget(Work work, List<Answered> decisions) {
        for (var decision : decisions) {
            jdbc.sql("update task set output = ?::json where id = ?")
                    .params(DecidedBy.erased(decision.output(), work.user().toString()), decision.task())
                    .update();
        }
        var user = work.user().toString();
        var tasks = decisions.stream().map(Answered::task).toArray(UUID[]::new);
        // also where they had another name or address then
        jdbc.sql("""
                        update task_log set message = regexp_replace(message, '^(Approved|Rejected) by .*? <[^>]*>',
                          '\\1 by an erased person') where task_id = any(?)""").params((Object) tasks).update();
        rewrite("task", "error", "id = any(?)", tasks, DecidedBy::withoutName);
        rewrite("run", "error", "id in (select run_id from task where id = any(?))", tasks, DecidedBy::withoutName);
        // of a run that is paused: comes into its task when it goes on
        rewrite("task", "held", "id = any(?)", tasks, held -> DecidedBy.heldErased(held, user));
    }

    private void rewrite(String table, String column, String which, UUID[] tasks, UnaryOperator<String> change) {
        jdbc.sql("select id, " + column + "::text as text from " + table + " where " + column + " is not null and "
                        + which)
                .params((Object) tasks)
                .query((row, _) -> new Answered(row.getObject("id", UUID.class), row.getString("text")))
                .list()
                .forEach(old -> jdbc.sql("update " + table + " set " + column + " = ?::json where id = ?")
                        .params(change.apply(old.output()), old.task())
                        .update());
    }

    /** The one whose turn it is waits behind the others. */
    public void later() {
        jdbc.sql("""
                        update person_to_forget set asked_at = now()
                        where user_id = (select user_id from person_to_forget order by decisions_done, asked_at limit 1)""").update();
    }

    /** All whose turn to read the logs has come to the same place: what many wait for is read once. */
    private List<Work> together(Work first) {
        return jdbc.sql("""
                        select user_id, name, email, decisions_done, at_task, at_line from person_to_forget
                        where decisions_done and at_task = ? and at_line = ? order by asked_at limit ? for update skip locked""")
                .params(first.task(), first.line(), TOGETHER)
                .query(ErasedPersonRows::work)
                .list();
    }

    /** Whatever logs there are, by their primary key: who was in which organization once is not known any more. */
    private void lines(List<Work> works, int most) {
        // a name within another's is replaced after that
        var written = works.stream()
                .map(Work::written)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toArray(String[]::new);
        var lines = jdbc.sql("""
                        select task_id, seq,
                          case when exists (select from unnest(:written) name where strpos(message, name) > 0)
                          then message end as message
                        from task_log where (task_id, seq) > (:task, :line) order by task_id, seq limit :most""")
                .param("task", works.getFirst().task())
                .param("line", works.getFirst().line())
                .param("most", most)
                .param("written", written)
                .query((row, _) ->
                        new Line(row.getObject("task_id", UUID.class), row.getLong("seq"), row.getString("message")))
                .list();
        for (var line : lines) {
            var message = line.message();
            if (message != null) {
                for (var name : written) {
                    message = message.replace(name, "an erased person");
                }
                jdbc.sql("update task_log set message = ? where task_id = ? and seq = ?")
                        .params(message, line.task(), line.seq())
                        .update();
            }
        }
        for (var work : works) {
            if (lines.isEmpty()) {
                jdbc.sql("delete from person_to_forget where user_id = ?")
                        .param(work.user())
                        .update();
            } else {
                note(work, true, lines.getLast().task(), lines.getLast().seq());
            }
        }
    }

    private void note(Work work, boolean decisionsDone, UUID task, long line) {
        jdbc.sql("update person_to_forget set decisions_done = ?, at_task = ?, at_line = ? where user_id = ?")
                .params(decisionsDone, task, line, work.user())
                .update();
    }

    private static Work work(ResultSet row, int number) throws SQLException {
        return new Work(
                row.getObject("user_id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("decisions_done"),
                row.getObject("at_task", UUID.class),
                row.getLong("at_line"));
    }
}
