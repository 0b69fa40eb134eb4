package dev.cadre.platform.run;

import dev.cadre.platform.identity.Caller;
import dev.cadre.platform.identity.Users;
import dev.cadre.platform.run.internal.work.Decisions;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.TaskId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Tasks of steps that work at most once and whose attempt was cut off: they wait for somebody who knows, or finds out,
 * whether it had its effect. The first decision counts.
 */
@Service
public class UnknownOutcomes {

    private final Decisions decisions;
    private final Users users;
    private final Runs runs;

    UnknownOutcomes(Decisions decisions, Users users, Runs runs) {
        this.decisions = decisions;
        this.users = users;
        this.runs = runs;
    }

    /** It had no effect: the step is tried again. */
    public Task retry(Caller caller, TaskId task, @Nullable String comment) {
        decisions.retry(
                caller.organization(), task, said(caller, "to try again", comment), audited(caller, task, "retry"));
        return runs.task(caller.organization(), task);
    }

    private Audited audited(Caller caller, TaskId id, String decision) {
        var task = runs.task(caller.organization(), id);
        return Audited.of(
                caller.organization(),
                "task.decided",
                Subject.of("task", id, task.name()),
                Map.of("decision", decision, "run", task.runId().toString()));
    }

    /** It had its effect: the run goes on with {@code output} as the step's. */
    public Task succeed(Caller caller, TaskId task, Map<String, Object> output, @Nullable String comment) {
        decisions.succeed(
                caller.organization(),
                task,
                output,
                said(caller, "that it has succeeded", comment),
                audited(caller, task, "succeed"));
        return runs.task(caller.organization(), task);
    }

    /** The step has failed, and what its policy says follows. */
    public Task fail(Caller caller, TaskId task, @Nullable String comment) {
        decisions.fail(
                caller.organization(),
                task,
                comment,
                said(caller, "that it has failed", comment),
                audited(caller, task, "fail"));
        return runs.task(caller.organization(), task);
    }

    private String said(Caller caller, String what, @Nullable String comment) {
        var user = users.find(List.of(caller.user())).get(caller.user());
        var who = user == null ? "Somebody" : user.name() + " <" + user.email() + ">";
        return who + " decided " + what + (comment == null || comment.isBlank() ? "." : ": " + comment);
    }
}
