package dev.cadre.platform.trigger.internal.schedule;

import dev.cadre.platform.organization.DeletionChanged;
import dev.cadre.platform.shared.CadreException.Violation;
import dev.cadre.platform.trigger.TriggerException;
import dev.cadre.platform.trigger.internal.schedule.ScheduleRows.Armed;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.platform.workflow.WorkflowDeleted;
import dev.cadre.platform.workflow.WorkflowPublished;
import dev.cadre.spi.StepException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Arms the schedules of what is published and disarms those of what is deleted, in the transaction that does so. */
@Component
class ScheduleArming {

    private final ScheduleRows rows;

    ScheduleArming(ScheduleRows rows) {
        this.rows = rows;
    }

    @EventListener
    void on(WorkflowPublished published) {
        var definition = published.definition();
        start(definition)
                .ifPresentOrElse(
                        start -> arm(definition, start),
                        () -> rows.disarm(definition.organization(), definition.workflow()));
    }

    @EventListener
    void on(WorkflowDeleted deleted) {
        rows.disarm(deleted.organization(), deleted.workflow());
    }

    /** Of an organization that was to be deleted and is not: what the clock passed meanwhile is not made up for. */
    @EventListener
    void on(DeletionChanged changed) {
        if (changed.requested()) {
            return;
        }
        var now = rows.now();
        for (var row : rows.of(changed.organization())) {
            if (row.pausedAt() == null) {
                rows.pause(row.organization(), row.workflow());
                rows.resume(
                        row.organization(),
                        row.workflow(),
                        row.schedule().timing().next(now));
            }
        }
    }

    private void arm(WorkflowDefinition definition, Node.Start start) {
        var settings = settings(start);
        var now = rows.now();
        var timing = ScheduleReading.schedule(settings, now).timing();
        var armed = new Armed(
                definition.organization(),
                definition.workflow(),
                definition.version() == null ? 0 : definition.version(),
                settings,
                timing.text());
        var before = rows.lockedTiming(definition.organization(), definition.workflow());
        if (before.isPresent() && before.get().equals(timing.text())) {
            rows.keepTimes(armed);
        } else {
            rows.arm(armed, now, timing.next(now));
        }
    }

    private static Optional<Node.Start> start(WorkflowDefinition definition) {
        return definition.body().nodes().stream()
                .filter(Node.Start.class::isInstance)
                .map(Node.Start.class::cast)
                .filter(start -> start.use().equals(ScheduleStep.ID))
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> settings(Node.Start start) {
        try {
            return start.settings().evaluate(Map.of()) instanceof Map<?, ?> settings
                    ? (Map<String, Object>) settings
                    : Map.of();
        } catch (StepException e) {
            throw TriggerException.scheduleInvalid(List.of(new Violation("", String.valueOf(e.getMessage()))));
        }
    }
}
