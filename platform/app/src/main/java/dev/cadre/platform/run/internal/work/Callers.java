package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.RunOutcome;
import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.run.internal.journal.Transition;
import dev.cadre.platform.shared.RunId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells those who wait on this node for a run what it came to. */
@Component
class Callers {

    private final Map<RunId, CompletableFuture<RunOutcome>> waiting = new ConcurrentHashMap<>();

    /** After the commit of the first move. */
    CompletableFuture<RunOutcome> started(Transition transition) {
        var outcome = new CompletableFuture<RunOutcome>();
        if (!tell(transition, outcome)) {
            var run = transition.run().id();
            waiting.put(run, outcome);
            outcome.whenComplete((_, _) -> waiting.remove(run));
        }
        return outcome;
    }

    /** After the commit of a further move. */
    void moved(Transition transition) {
        var outcome = waiting.get(transition.run().id());
        if (outcome != null) {
            tell(transition, outcome);
        }
    }

    private static boolean tell(Transition transition, CompletableFuture<RunOutcome> outcome) {
        var run = transition.run();
        var response = transition.response();
        if (response == null && !run.status().ended()) {
            return false;
        }
        var answer =
                response == null ? null : new RunOutcome.Answer(response.status(), response.headers(), response.body());
        outcome.complete(outcome(run, answer));
        return true;
    }

    private static RunOutcome outcome(RunState run, RunOutcome.@Nullable Answer answer) {
        return new RunOutcome(run.id(), run.status(), run.output(), run.error(), answer);
    }
}
