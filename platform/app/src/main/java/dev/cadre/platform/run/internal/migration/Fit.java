package dev.cadre.platform.run.internal.migration;

import dev.cadre.platform.run.Migration.Mapped;
import dev.cadre.platform.run.internal.journal.Place;
import dev.cadre.platform.run.internal.journal.Plan;
import dev.cadre.platform.run.internal.journal.RunState;
import dev.cadre.platform.run.internal.journal.TaskEntry;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run's tokens can stand in another version. A token keeps its element: the new version must have one of the
 * same kind with the same id, in the same sub-processes. So no task, wait or join is ever lost, and idempotency keys
 * stay what they are.
 */
final class Fit {

    private final RunState run;
    private final Plan to;
    private final Set<String> placed = new HashSet<>();
    private final Map<String, Mapped> mapped = new LinkedHashMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    Fit(RunState run, Plan to) {
        this.run = run;
        this.to = to;
        for (var task : run.openTasks()) {
            if (task.stepType().equals(TaskEntry.TIME_LIMIT)) {
                continue; // of the whole run, wherever its tokens are
            }
            place(task.elementId(), task);
        }
        for (var token : run.stuck()) {
            Place.element(RunState.executionAt(token)).ifPresent(element -> place(element, null));
        }
    }

    /** An execution of the engine that stands at an element, as one that waits at a join. */
    void stands(String elementId) {
        if (!placed.contains(elementId)) {
            place(elementId, null);
        }
    }

    private void place(String elementId, @Nullable TaskEntry task) {
        var old = run.plan().find(elementId);
        if (old.isEmpty()) {
            return; // drawn by the compiler, or a compensation on the way to the run's end
        }
        placed.add(elementId);
        var problem = problem(old.get(), task);
        var shown = Node.drawn(elementId);
        if (problem != null || !mapped.containsKey(shown)) {
            mapped.put(
                    shown,
                    new Mapped(
                            shown,
                            old.get().name(),
                            to.find(elementId).map(Node::name).orElse(null),
                            problem));
        }
        if (problem != null) {
            problems.add("\"" + old.get().name() + "\": " + problem);
        } else {
            warnAbout(elementId);
        }
    }

    private @Nullable String problem(Node old, @Nullable TaskEntry task) {
        var found = to.find(old.id());
        if (found.isEmpty()) {
            return "the new version has no such element.";
        }
        var next = found.get();
        if (!kind(old).equals(kind(next))) {
            return "it is something else in the new version.";
        }
        if (!enclosing(run.plan(), old.id()).equals(enclosing(to, old.id()))) {
            return "it is in another sub-process in the new version.";
        }
        if (!Objects.equals(each(old), each(next))) {
            return "it is repeated for each item in one version only.";
        }
        if (!boundaries(run.plan(), old.id()).stream()
                .allMatch(id -> to.find(id).isPresent())) {
            return "an event on it that the run waits for is gone in the new version.";
        }
        return task != null && task.stepType().equals(TaskEntry.COMPENSATION)
                ? "it undoes what was done: wait until that is over."
                : null;
    }

    /** The new version may have events on what is active already: they come too late for this pass. */
    private void warnAbout(String elementId) {
        boundaries(to, elementId).stream()
                .filter(id -> run.plan().find(id).isEmpty())
                .forEach(id -> warnings.add("\"" + to.node(id).name() + "\" is new on \""
                        + to.node(elementId).name() + "\", which has begun already: it does not wait this time."));
    }

    private static String kind(Node node) {
        return switch (node) {
            case Node.Step step -> "step " + step.use();
            case Node.Gateway gateway -> "gateway " + gateway.kind();
            case Node.Boundary boundary ->
                "boundary " + boundary.attachedTo() + boundary.interrupting()
                        + boundary.catching().getClass().getSimpleName();
            case Node.Group _ -> "group";
            case Node.Start _ -> "start";
            case Node.End _ -> "end";
            case Node.Escalate _ -> "escalate";
            case Node.Compensate _ -> "compensate";
        };
    }

    private static @Nullable String each(Node node) {
        var each = switch (node) {
            case Node.Step step -> step.each();
            case Node.Group group -> group.each();
            default -> null;
        };
        return each == null ? null : each.sequential() + " " + each.onItemError();
    }

    /** The sub-processes around an element, each with whether it has event sub-processes: that changes how it is run. */
    private static List<String> enclosing(Plan plan, String elementId) {
        var around = new ArrayList<String>();
        Optional<Node.Group> group = plan.around(elementId);
        while (group.isPresent()) {
            around.add(group.get().id() + handled(group.get().body()) + each(group.get()) + told(group.get()));
            group = plan.around(group.get().id());
        }
        around.add("process" + handled(plan.definition().body()));
        return around;
    }

    /** Whether a failure in a tool is told to the model: that is drawn into every call. */
    private static String told(Node.Group group) {
        return group.role() instanceof Node.Role.Call call ? " " + call.tells() : "";
    }

    private static boolean handled(Scope scope) {
        return !scope.handlers().isEmpty();
    }

    private static List<String> boundaries(Plan plan, String elementId) {
        return plan.boundariesOf(elementId);
    }

    List<Mapped> mapped() {
        return List.copyOf(mapped.values());
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
