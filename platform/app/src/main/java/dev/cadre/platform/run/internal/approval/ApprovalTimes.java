package dev.cadre.platform.run.internal.approval;

import dev.cadre.spi.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When an approval reminds, escalates and is over: all of it follows from when it was asked. */
public record ApprovalTimes(
        Instant asked,
        @Nullable Duration remindEvery,
        @Nullable Instant escalates,
        @Nullable Instant over,
        List<String> escalateTo) {

    private static final Duration LEAST = Duration.ofMinutes(1);

    /** Refuses times that can't be meant. */
    static void check(ApprovalRequest request) {
        check("The time limit", request.dueIn(), Duration.ofNanos(1));
        check("remindEvery", request.remindEvery(), LEAST);
        check("escalateAfter", request.escalateAfter(), Duration.ofNanos(1));
        var to = request.escalateTo();
        if (request.escalateAfter() != null && (to == null || to.isEmpty())) {
            throw new StepException.Rejected("INVALID_INPUT", "escalateAfter needs escalateTo: who may decide then?");
        }
    }

    static ApprovalTimes of(ApprovalRequest request, Instant asked) {
        var every = request.remindEvery();
        return new ApprovalTimes(
                asked,
                every == null || every.compareTo(LEAST) < 0 ? null : every,
                plus(asked, request.escalateAfter()),
                plus(asked, request.dueIn()),
                request.escalateTo() == null ? List.of() : request.escalateTo());
    }

    private static void check(String what, @Nullable Duration duration, Duration least) {
        if (duration != null && (duration.compareTo(least) < 0 || duration.compareTo(ApprovalStep.LONGEST) > 0)) {
            var from = least.toMinutes() > 0 ? "PT1M" : "longer than PT0S";
            throw new StepException.Rejected("INVALID_INPUT", what + " must be " + from + ", up to P366D.");
        }
    }

    private static @Nullable Instant plus(Instant asked, @Nullable Duration duration) {
        return duration == null ? null : asked.plus(duration);
    }

    boolean isOver(Instant now) {
        return over != null && !now.isBefore(over);
    }

    public boolean isEscalated(Instant now) {
        return escalates != null && !now.isBefore(escalates);
    }

    /** How often those who may decide have been reminded. */
    public long reminders(Instant now) {
        return remindEvery == null
                ? 0
                : Math.max(0, Duration.between(asked, now).dividedBy(remindEvery));
    }

    /** When something happens next, empty when nothing does. */
    Optional<Instant> after(Instant now) {
        var reminder = remindEvery == null ? null : asked.plus(remindEvery.multipliedBy(reminders(now) + 1));
        return Stream.of(reminder, escalates, over)
                .filter(time -> time != null && time.isAfter(now))
                .min(Instant::compareTo);
    }

    /** What has just happened, in words for the task's log. */
    Optional<String> said(Instant now) {
        var reminder = reminders(now) == 0 || remindEvery == null
                ? Instant.MIN
                : asked.plus(remindEvery.multipliedBy(reminders(now)));
        if (isEscalated(now) && escalates != null && escalates.isAfter(reminder)) {
            return Optional.of("Escalated to " + String.join(", ", escalateTo) + ".");
        }
        return reminders(now) == 0
                ? Optional.empty()
                : Optional.of("Reminder " + reminders(now) + ": nobody has decided yet.");
    }
}
