package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An organization's schedules: what is armed and when it fires, pausing and going on. */
@Service
public class Schedules {

    /** How many of the next times are told. */
    private static final int TOLD = 5;

    /**
     * Where a schedule stands.
     *
     * @param missed as in the settings, {@code overlap} too
     * @param missedTimes times without a run since nothing could fire at them
     * @param skippedTimes times without a run since the one before was under way
     * @param lastError why the last time got no run, null when it got one
     */
    public record ScheduleState(
            @Nullable String cron,
            @Nullable Duration every,
            @Nullable String at,
            String timeZone,
            String missed,
            String overlap,
            @Nullable Instant pausedAt,
            @Nullable Instant lastScheduledAt,
            @Nullable Instant lastFiredAt,
            @Nullable RunId lastRunId,
            long missedTimes,
            long skippedTimes,
            @Nullable String lastError) {}

    /** A schedule with the next times at which it fires; none while it is paused. */
    public record Listed(WorkflowId workflow, String workflowName, List<Instant> nextFireTimes, ScheduleState state) {}

    /** When settings that nobody has published would fire, in which time zone. */
    public record SchedulePreview(List<Instant> nextFireTimes, String timeZone) {}

    private final ScheduleRows rows;
    private final Workflows workflows;
    private final ApplicationEventPublisher events;

    Schedules(ScheduleRows rows, Workflows workflows, ApplicationEventPublisher events) {
        this.events = events;
        this.rows = rows;
        this.workflows = workflows;
    }

    public List<Listed> all(OrganizationId organization) {
        return rows.of(organization).stream().map(this::listed).toList();
    }

    public Listed get(OrganizationId organization, WorkflowId workflow) {
        return listed(rows.find(organization, workflow).orElseThrow(TriggerException::scheduleNotFound));
    }

    /** Fires no more until somebody resumes it; the next version too. Nothing changes where it is paused. */
    @Transactional
    public Listed pause(OrganizationId organization, WorkflowId workflow) {
        rows.pause(organization, workflow);
        return audited("schedule.paused", organization, get(organization, workflow));
    }

    private Listed audited(String action, OrganizationId organization, Listed schedule) {
        events.publishEvent(
                Audited.of(organization, action, Subject.of("workflow", schedule.workflow(), schedule.workflowName())));
        return schedule;
    }

    /** Goes on with the next time that is to come. Nothing changes where it is not paused. */
    @Transactional
    public Listed resume(OrganizationId organization, WorkflowId workflow) {
        if (rows.lockedTiming(organization, workflow).isEmpty()) {
            throw TriggerException.scheduleNotFound();
        }
        var row = rows.find(organization, workflow).orElseThrow(TriggerException::scheduleNotFound);
        rows.resume(organization, workflow, row.schedule().timing().next(rows.now()));
        return audited("schedule.resumed", organization, get(organization, workflow));
    }

    /** The next times, as if it were published now; refuses (422) what is no schedule. */
    public SchedulePreview preview(Map<String, Object> settings) {
        var now = rows.now();
        var timing = ScheduleReading.schedule(settings, now).timing();
        return new SchedulePreview(timing.next(now, TOLD), timing.zone().getId());
    }

    private Listed listed(ScheduleRow row) {
        var schedule = row.schedule();
        var settings = schedule.settings();
        var written = ScheduleReading.SETTINGS.write(settings);
        var name = workflows
                .version(row.organization(), row.workflow(), row.version())
                .name();
        var state = new ScheduleState(
                settings.cron(),
                settings.every(),
                settings.at(),
                schedule.timing().zone().getId(),
                String.valueOf(written.get("missed")),
                String.valueOf(written.get("overlap")),
                row.pausedAt(),
                row.lastScheduledAt(),
                row.lastFiredAt(),
                row.lastRun(),
                row.missed(),
                row.skipped(),
                row.lastError());
        return new Listed(row.workflow(), name, nextTimes(row, schedule.timing()), state);
    }

    /** The first is what the table says: it may be due this moment. */
    private static List<Instant> nextTimes(ScheduleRow row, Timing timing) {
        var next = row.nextFireAt();
        if (next == null || row.pausedAt() != null) {
            return List.of();
        }
        var times = timing.next(next, TOLD - 1);
        times.addFirst(next);
        return times;
    }
}
