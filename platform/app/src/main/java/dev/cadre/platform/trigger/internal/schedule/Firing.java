package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.run.RunStarter;
import dev.cadre.platform.run.Runs;
import dev.cadre.platform.shared.CadreException;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.trigger.internal.schedule.ScheduleRows.Done;
import dev.cadre.platform.trigger.internal.schedule.ScheduleRows.Due;
import dev.cadre.platform.trigger.internal.schedule.ScheduleSettings.Overlap;
import dev.cadre.platform.workflow.Workflows;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Starts the runs of a schedule whose time has come. The id of each follows from the workflow and the time: a hub that
 * dies between the start and the note of it loses nothing, and whoever repeats it starts nothing twice.
 */
@Component
class Firing {

    private static final Logger log = LoggerFactory.getLogger(Firing.class);
    private static final int LONGEST_ERROR = 500;

    private final ScheduleRows rows;
    private final Workflows workflows;
    private final RunStarter starter;
    private final Runs runs;

    Firing(ScheduleRows rows, Workflows workflows, RunStarter starter, Runs runs) {
        this.rows = rows;
        this.workflows = workflows;
        this.starter = starter;
        this.runs = runs;
    }

    /** What has become of the times so far. */
    private static final class Tally {
        private @Nullable Instant scheduledAt;
        private @Nullable Instant firedAt;
        private @Nullable RunId lastRun;
        private long missed;
        private long skipped;
        private long leftOut;
        private @Nullable String error;

        private Tally(ScheduleRow row) {
            lastRun = row.lastRun();
            leftOut = row.leftOut();
        }
    }

    /** Leaves the schedule due when the hub stops or the database is away. */
    void fire(Due due) {
        try {
            rows.done(due, started(due));
        } catch (RuntimeException e) {
            if (!Outage.isBehind(e)) {
                throw e;
            }
            log.warn(
                    "The schedule of the workflow {} could not fire and will again: {}",
                    due.row().workflow(),
                    e.getMessage());
            release(due);
        }
    }

    private void release(Due due) {
        try {
            rows.release(due);
        } catch (RuntimeException e) {
            log.debug("The schedule stays taken for {}", ScheduleRows.CLAIM, e);
        }
    }

    private Done started(Due due) {
        var row = due.row();
        var schedule = row.schedule();
        var times = DueTimes.of(schedule.timing(), schedule.settings().missed(), due.firstDue(), due.now());
        var tally = new Tally(row);
        tally.missed = times.leftOut();
        tally.leftOut += times.leftOut();
        for (var time : times.fire()) {
            if (schedule.settings().overlap() == Overlap.SKIP && isUnderWay(row, tally.lastRun)) {
                tally.skipped++;
                tally.leftOut++;
            } else {
                start(due, schedule, time, tally);
            }
        }
        return new Done(
                times.next(),
                tally.scheduledAt,
                tally.firedAt,
                tally.lastRun,
                tally.missed,
                tally.skipped,
                tally.leftOut,
                tally.error);
    }

    private boolean isUnderWay(ScheduleRow row, @Nullable RunId last) {
        return last != null
                && runs.find(row.organization(), last)
                        .filter(run -> !run.status().ended())
                        .isPresent();
    }

    private void start(Due due, ScheduleReading.Schedule schedule, Instant time, Tally tally) {
        var row = due.row();
        var run = TickId.of(row.workflow(), time);
        try {
            var definition = workflows.version(row.organization(), row.workflow(), row.version());
            starter.startOnce(new RunStarter.Start(
                    row.organization(),
                    definition,
                    ScheduleStep.ID,
                    ScheduleStep.DATA.write(ScheduleData.of(schedule, time, due.now(), tally.leftOut)),
                    null,
                    run,
                    null));
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                throw e;
            }
            log.error("The workflow {} could not be started for {}", row.workflow(), time, e);
            tally.missed++;
            tally.leftOut++;
            tally.error = e instanceof CadreException ? clip(String.valueOf(e.getMessage())) : "A fault of the hub.";
            return;
        }
        tally.scheduledAt = time;
        tally.firedAt = due.now();
        tally.lastRun = run;
        tally.leftOut = 0;
        tally.error = null;
    }

    private static String clip(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "…";
    }
}
