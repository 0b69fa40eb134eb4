package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.workflow.Node;
import dev.cadre.spi.StepException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What happens when a token reaches a step: inputs are resolved, instant steps answer, durable ones are opened. */
@Component
public class StepActivation {

    private static final int MAX_ITEMS = 10_000;

    private final StepTypes stepTypes;
    private final Compensations compensations = new Compensations(this);

    StepActivation(StepTypes stepTypes) {
        this.stepTypes = stepTypes;
    }

    public Compensations compensations() {
        return compensations;
    }

    Transition.Outcome activate(Transition transition, Node.Step step, String iteration, String executionId) {
        var task = transition.entry(step, step.use(), iteration, step.policy().attempts(), executionId);
        return open(transition, step, task);
    }

    /** Resolves the inputs and opens or performs; a failure takes the way that the step's policy says. */
    private Transition.Outcome open(Transition transition, Node.Step step, TaskEntry task) {
        transition.create(task);
        try {
            var type = type(step);
            task.with(inputs(transition, step, task.iteration()));
            if (type.performer() instanceof StepPerformer.ToolPerformer tool && tool.instant()) {
                perform(transition, step, task, tool);
                return new Transition.Outcome.Leave();
            }
            assign(transition, task, type);
            return new Transition.Outcome.Wait();
        } catch (StepException e) {
            return fail(transition, step, task, StepError.of(e), e);
        }
    }

    /** Gives a durable task to whoever performs it: this node at once, or people and events from outside. */
    public void assign(Transition transition, TaskEntry task, StepType type) {
        if (type.performer() instanceof StepPerformer.OutsidePerformer outside) {
            transition.ask(task, outside.until(Objects.requireNonNull(task.input()), transition.at()));
        } else {
            transition.lease(task, transition.at());
        }
    }

    /** What follows the final failure of a step that holds a token. */
    public Transition.Outcome fail(
            Transition transition, Node.Step step, TaskEntry task, StepError error, @Nullable Throwable cause) {
        var run = transition.run();
        var fallback = step.policy().fallback();
        if (step.policy().onError() == Node.OnError.DEFAULT && fallback != null) {
            try {
                var value = fallback.evaluate(run.data(task.iteration()));
                task.succeed(value, transition.at());
                run.output(task.iteration(), step.id(), value);
                warn(
                        transition,
                        task,
                        "Failed with " + error.code() + " (" + error.message() + "); the default output is used.");
                return new Transition.Outcome.Leave();
            } catch (StepException e) {
                warn(transition, task, "The default output can't be made: " + e.getMessage());
            }
        }
        task.fail(error, transition.at());
        if (isItem(run, task) && step.each() != null && step.each().onItemError() == Node.OnItemError.CONTINUE) {
            run.output(task.iteration(), step.id(), Map.of("error", error.values()));
            return new Transition.Outcome.Leave();
        }
        if (run.plan().catches(step.id(), error.code())) {
            transition.caught(task.iteration(), error);
            run.output(task.iteration(), step.id(), Map.of("error", error.values()));
            return new Transition.Outcome.Branch(error.code());
        }
        throw new AdvanceFailed(step.id(), error, cause);
    }

    private static boolean isItem(RunState run, TaskEntry task) {
        var parent = task.parent();
        return parent != null
                && run.isOpen(parent)
                && run.openTask(parent).stepType().equals(TaskEntry.FOR_EACH);
    }

    private static void warn(Transition transition, TaskEntry task, String message) {
        transition.log(task.id(), List.of(new LogLine(transition.at(), "warn", message)));
    }

    Transition.Outcome activateEach(
            Transition transition, Node.Step step, Node.Each each, String iteration, String executionId) {
        var run = transition.run();
        var parent = transition.entry(step, TaskEntry.FOR_EACH, iteration, 1, executionId);
        transition.create(parent);
        List<?> items;
        try {
            items = items(transition, each, step.id(), iteration);
        } catch (StepException e) {
            return fail(transition, step, parent, StepError.of(e), e);
        }
        parent.with(Map.of("items", items));
        run.opened(parent);
        for (int index = 0; index < items.size(); index++) {
            if (openCount(run, parent) >= each.parallelism()) {
                return new Transition.Outcome.Wait();
            }
            var outcome = openItem(transition, step, parent, index);
            if (outcome instanceof Transition.Outcome.Branch) {
                abandon(transition, parent, outcome);
                return outcome;
            }
        }
        return openCount(run, parent) == 0 ? finishEach(transition, step, parent) : new Transition.Outcome.Wait();
    }

    private Transition.Outcome openItem(Transition transition, Node.Step step, TaskEntry parent, int index) {
        transition.run().reachedOneMore(parent.id());
        var path = Iteration.child(parent.iteration(), step.id(), index);
        var task = transition.entry(step, step.use(), path, step.policy().attempts(), parent.executionId());
        return openUnder(transition, step, task, parent);
    }

    /** Opens one of several tasks that belong together; a failure holds it alone, and a retry takes it up. */
    Transition.Outcome openUnder(Transition transition, Node.Step step, TaskEntry task, TaskEntry parent) {
        try {
            return open(transition, step, task.under(parent.id()));
        } catch (AdvanceFailed failure) {
            var run = transition.run();
            run.opened(task);
            run.failed(failure.error(), step.id(), task.id());
            run.stick(RunState.heldBy(task.id()));
            return new Transition.Outcome.Wait();
        }
    }

    /** A task that belongs to others is done: the next one is opened, or the whole is finished. */
    public Transition.Outcome partDone(Transition transition, Node.Step step, TaskEntry part) {
        var run = transition.run();
        var parentId = part.parent();
        if (parentId == null || !run.isOpen(parentId)) {
            return new Transition.Outcome.Wait();
        }
        var parent = run.openTask(parentId);
        return parent.stepType().equals(TaskEntry.COMPENSATION)
                ? compensations.next(transition, parent)
                : itemDone(transition, step, parent);
    }

    private Transition.Outcome itemDone(Transition transition, Node.Step step, TaskEntry parent) {
        var run = transition.run();
        var parentId = parent.id();
        var items = run.items(step.id(), parent.iteration());
        int count = items == null ? 0 : items.size();
        for (int next = run.reached(parentId); next < count; next++) {
            var outcome = openItem(transition, step, parent, next);
            if (outcome instanceof Transition.Outcome.Branch) {
                abandon(transition, parent, outcome);
                return outcome;
            }
            if (outcome instanceof Transition.Outcome.Wait) {
                return outcome;
            }
        }
        return openCount(run, parent) == 0 ? finishEach(transition, step, parent) : new Transition.Outcome.Wait();
    }

    /** A part failed and an error branch takes the token: the other parts are given up. */
    public void abandon(Transition transition, TaskEntry parent, Transition.Outcome outcome) {
        var run = transition.run();
        var siblings = run.openTasks().stream()
                .filter(task -> parent.id().equals(task.parent()))
                .toList();
        for (var sibling : siblings) {
            transition.cancel(sibling);
            run.unstick(sibling.id());
        }
        parent.fail(
                new StepError(
                        outcome instanceof Transition.Outcome.Branch branch ? branch.code() : "EACH_FAILED",
                        "An item failed."),
                transition.at());
        run.closed(parent.id());
        run.forgetLoop(parent.elementId(), parent.iteration());
        transition.touch(parent);
    }

    private Transition.Outcome finishEach(Transition transition, Node.Step step, TaskEntry parent) {
        var run = transition.run();
        var items = run.items(step.id(), parent.iteration());
        var results = run.results(step.id(), parent.iteration(), items == null ? 0 : items.size());
        parent.succeed(results, transition.at());
        run.closed(parent.id());
        run.output(parent.iteration(), step.id(), results);
        run.forgetLoop(step.id(), parent.iteration());
        transition.touch(parent);
        return new Transition.Outcome.Leave();
    }

    private static long openCount(RunState run, TaskEntry parent) {
        return run.openTasks().stream()
                .filter(task -> parent.id().equals(task.parent()))
                .count();
    }

    List<?> items(Transition transition, Node.Each each, String elementId, String iteration) {
        var value = each.in().evaluate(transition.run().data(iteration));
        if (!(value instanceof List<?> items)) {
            throw new StepException.Rejected(
                    "EACH_NOT_A_LIST", "\"For each\" needs a list, but its expression gave " + kind(value) + ".");
        }
        if (items.size() > MAX_ITEMS) {
            throw new StepException.Rejected(
                    "EACH_TOO_LONG", "\"For each\" takes at most " + MAX_ITEMS + " items, not " + items.size() + ".");
        }
        transition.run().loop(elementId, iteration, items);
        return items;
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "an object";
            case String _ -> "text";
            case Number _ -> "a number";
            default -> "something else";
        };
    }

    private void perform(Transition transition, Node.Step step, TaskEntry task, StepPerformer.ToolPerformer tool) {
        var run = transition.run();
        var context = new InstantContext(transition, task);
        try {
            var input = task.input();
            var connection = ChosenConnection.of(run.plan().definition().workflow(), step.connection());
            var output = tool.perform(run.organization(), input == null ? Map.of() : input, connection, context);
            task.succeed(output, transition.at());
            run.succeeded(task, output);
        } catch (StepException e) {
            throw e;
        } catch (Exception e) {
            var error = StepError.of(e);
            throw new StepException.Rejected(error.code(), error.message(), e);
        } finally {
            transition.log(task.id(), context.lines());
        }
    }

    public StepType type(Node.Step step) {
        return stepTypes
                .find(step.use())
                .orElseThrow(() -> new StepException.Rejected(
                        "STEP_TYPE_MISSING",
                        "No installed and enabled plugin offers the step type \"" + step.use() + "\"."));
    }

    /** The step's inputs with every expression replaced by its value. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> inputs(Transition transition, Node.Step step, String iteration) {
        var value = step.inputs().evaluate(transition.run().data(iteration));
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new StepException.Rejected("INVALID_INPUT", "The inputs of a step are a JSON object.");
    }
}
