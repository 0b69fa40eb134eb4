package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The table of schedules. Its clock is the database's, so that all nodes mean the same by "now". */
@Repository
class ScheduleRows {

    /** After this another node takes over what one has taken and not finished. */
    static final Duration CLAIM = Duration.ofSeconds(5);

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String COLUMNS = """
            s.organization_id, s.workflow_id, s.version, s.settings, s.anchor, s.next_fire_at, s.paused_at,
            s.last_scheduled_at, s.last_fired_at, s.last_run_id, s.missed, s.skipped, s.left_out, s.last_error""";

    /** A schedule whose time has come, taken by this node. */
    record Due(ScheduleRow row, Instant firstDue, Instant now) {}

    /** A schedule to arm. */
    record Armed(
            OrganizationId organization,
            WorkflowId workflow,
            int version,
            Map<String, Object> settings,
            String timing) {}

    /**
     * What was done about a due schedule.
     *
     * @param lastScheduledAt null, like the two after it, where no run was started
     */
    record Done(
            @Nullable Instant next,
            @Nullable Instant lastScheduledAt,
            @Nullable Instant lastFiredAt,
            @Nullable RunId lastRun,
            long missed,
            long skipped,
            long leftOut,
            @Nullable String lastError) {}

    private final JdbcClient jdbc;

    ScheduleRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The time as the database has it. */
    Instant now() {
        return jdbc.sql("select date_trunc('milliseconds', clock_timestamp())")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** Locks the schedule for the rest of the caller's transaction; its timing, empty where nothing is armed. */
    Optional<String> lockedTiming(OrganizationId organization, WorkflowId workflow) {
        return jdbc.sql("select timing from schedule where organization_id = ? and workflow_id = ? for update")
                .params(organization.value(), workflow.value())
                .query(String.class)
                .optional();
    }

    /** The version changes and what it says beside its times; the times go on as they were. */
    void keepTimes(Armed armed) {
        jdbc.sql("update schedule set version = ?, settings = ?::json where organization_id = ? and workflow_id = ?")
                .params(
                        armed.version(),
                        JSON.writeValueAsString(armed.settings()),
                        armed.organization().value(),
                        armed.workflow().value())
                .update();
    }

    /** Arms a schedule, in place of the one that the workflow had. */
    void arm(Armed armed, Instant anchor, @Nullable Instant next) {
        jdbc.sql("""
                        insert into schedule (workflow_id, organization_id, version, settings, timing, anchor, next_fire_at)
                        values (:workflow, :organization, :version, :settings::json, :timing, :anchor, :next)
                        on conflict (workflow_id) do update set version = excluded.version, settings = excluded.settings,
                          timing = excluded.timing, anchor = excluded.anchor, next_fire_at = excluded.next_fire_at,
                          claimed_until = null, left_out = 0, last_error = null""")
                .param("workflow", armed.workflow().value())
                .param("organization", armed.organization().value())
                .param("version", armed.version())
                .param("settings", JSON.writeValueAsString(armed.settings()))
                .param("timing", armed.timing())
                .param("anchor", time(anchor))
                .param("next", time(next))
                .update();
    }

    void disarm(OrganizationId organization, WorkflowId workflow) {
        jdbc.sql("delete from schedule where organization_id = ? and workflow_id = ?")
                .params(organization.value(), workflow.value())
                .update();
    }

    /** Takes schedules of all organizations whose time has come and that nobody works on, the most urgent first. */
    List<Due> claim(int most) {
        return jdbc.sql("""
                        with due as (select workflow_id from schedule
                            where next_fire_at <= now() and paused_at is null and (claimed_until is null or claimed_until <= now())
                              and not exists (select from organization o
                                where o.id = schedule.organization_id and o.deletes_at is not null)
                            order by next_fire_at limit ? for update of schedule skip locked)
                        update schedule s set claimed_until = now() + ? * interval '1 millisecond'
                        from due where s.workflow_id = due.workflow_id
                        returning %s, now() as now""".formatted(COLUMNS))
                .params(most, CLAIM.toMillis())
                .query((row, _) -> new Due(row(row), instant(row, "next_fire_at"), instant(row, "now")))
                .list();
    }

    /** Gives back what was taken, so that any node may take it at once. */
    void release(Due due) {
        jdbc.sql("update schedule set claimed_until = null where workflow_id = :workflow and next_fire_at = :due")
                .param("workflow", due.row().workflow().value())
                .param("due", time(due.firstDue()))
                .update();
    }

    /** Writes what was done. Nothing changes where the schedule was armed anew meanwhile, or another node was quicker. */
    void done(Due due, Done done) {
        jdbc.sql("""
                        update schedule set next_fire_at = :next, claimed_until = null,
                          last_scheduled_at = coalesce(:scheduled, last_scheduled_at),
                          last_fired_at = coalesce(:fired, last_fired_at), last_run_id = coalesce(:run, last_run_id),
                          missed = missed + :missed, skipped = skipped + :skipped, left_out = :leftOut, last_error = :error
                        where workflow_id = :workflow and next_fire_at = :due and anchor = :anchor""")
                .param("next", time(done.next()))
                .param("scheduled", time(done.lastScheduledAt()))
                .param("fired", time(done.lastFiredAt()))
                .param("run", done.lastRun() == null ? null : done.lastRun().value())
                .param("missed", done.missed())
                .param("skipped", done.skipped())
                .param("leftOut", done.leftOut())
                .param("error", done.lastError())
                .param("workflow", due.row().workflow().value())
                .param("due", time(due.firstDue()))
                .param("anchor", time(due.row().anchor()))
                .update();
    }

    void pause(OrganizationId organization, WorkflowId workflow) {
        jdbc.sql("""
                        update schedule set paused_at = coalesce(paused_at, now())
                        where organization_id = ? and workflow_id = ?""").params(organization.value(), workflow.value()).update();
    }

    /** Goes on with the given time; the times of the pause are not made up for. */
    void resume(OrganizationId organization, WorkflowId workflow, @Nullable Instant next) {
        jdbc.sql("""
                        update schedule set paused_at = null, claimed_until = null, left_out = 0, next_fire_at = :next
                        where organization_id = :organization and workflow_id = :workflow and paused_at is not null""")
                .param("next", time(next))
                .param("organization", organization.value())
                .param("workflow", workflow.value())
                .update();
    }

    List<ScheduleRow> of(OrganizationId organization) {
        return jdbc.sql("select " + COLUMNS + " from schedule s where s.organization_id = ? order by s.workflow_id")
                .param(organization.value())
                .query((row, _) -> row(row))
                .list();
    }

    Optional<ScheduleRow> find(OrganizationId organization, WorkflowId workflow) {
        return jdbc.sql("select " + COLUMNS + " from schedule s where s.organization_id = ? and s.workflow_id = ?")
                .params(organization.value(), workflow.value())
                .query((row, _) -> row(row))
                .optional();
    }

    @SuppressWarnings("unchecked")
    private static ScheduleRow row(ResultSet row) throws SQLException {
        var run = row.getObject("last_run_id", UUID.class);
        return new ScheduleRow(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                new WorkflowId(row.getObject("workflow_id", UUID.class)),
                row.getInt("version"),
                JSON.readValue(row.getString("settings"), Map.class),
                instant(row, "anchor"),
                optionalInstant(row, "next_fire_at"),
                optionalInstant(row, "paused_at"),
                optionalInstant(row, "last_scheduled_at"),
                optionalInstant(row, "last_fired_at"),
                run == null ? null : new RunId(run),
                row.getLong("missed"),
                row.getLong("skipped"),
                row.getLong("left_out"),
                row.getString("last_error"));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
