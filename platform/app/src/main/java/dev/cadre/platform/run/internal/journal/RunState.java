package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.run.ParentStep;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.workflow.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows: its data in scope and its open tasks. Rebuilt from the journal at any time; thrown away when a
 * transition does not commit. Confined to the thread that holds the run's lock.
 */
public final class RunState {

    /** Stands for the start among stuck tokens. */
    public static final String START = "start";

    private static final String TASK = "task:";

    private final RunId id;
    private final OrganizationId organization;
    private final Plan plan;
    private final String triggerUse;
    private final @Nullable Object trigger;
    private final Instant startedAt;
    private final @Nullable ParentStep parent;
    private final Map<String, Map<String, Object>> outputs = new HashMap<>();
    private final Map<String, Integer> visits = new HashMap<>();
    private final Map<String, List<?>> loops = new HashMap<>();
    private final Map<TaskId, TaskEntry> open = new LinkedHashMap<>();
    private final Map<TaskId, Integer> reached = new HashMap<>();
    private final Map<String, Object> runFacts;
    private final List<String> stuck = new ArrayList<>(0);
    private final Compensable compensable;
    private final ToolCalls calls;
    private Map<String, Object> vars;
    private RunStatus status = RunStatus.RUNNING;
    private @Nullable Object output;
    private @Nullable StepError error;
    private @Nullable String failedElement;
    private @Nullable TaskId failedTask;
    private int revision;
    private boolean keptByEngine;
    private boolean paused;

    public RunState(
            RunId id,
            OrganizationId organization,
            Plan plan,
            String triggerUse,
            @Nullable Object trigger,
            Map<String, Object> vars,
            Instant startedAt,
            @Nullable ParentStep parent) {
        this.id = id;
        this.organization = organization;
        this.plan = plan;
        this.triggerUse = triggerUse;
        this.trigger = trigger;
        this.vars = vars;
        this.startedAt = startedAt;
        this.parent = parent;
        this.compensable = new Compensable(plan);
        this.calls = new ToolCalls(plan);
        this.keptByEngine = !plan.isPlain();
        this.runFacts = plan.facts(id, startedAt);
    }

    /** What expressions see in the given iteration. */
    public Map<String, Object> data(String iteration) {
        var data = new HashMap<String, Object>();
        data.put("trigger", trigger);
        data.put("vars", vars);
        data.put("run", runFacts);
        data.put("steps", steps(iteration));
        for (var inner : Iteration.nested(iteration)) {
            var call = calls.given(inner.path());
            if (call != null) {
                data.put("toolCall", call);
            }
            var items = loops.get(inner.loopKey());
            if (items != null && inner.index() < items.size()) {
                var item = items.get(inner.index());
                data.put("item", item);
                data.put("index", inner.index());
                plan.itemName(inner.elementId()).ifPresent(name -> data.put(name, item));
            }
        }
        return data;
    }

    private Map<String, Object> steps(String iteration) {
        var root = outputs.getOrDefault("", Map.of());
        if (iteration.isEmpty()) {
            return Collections.unmodifiableMap(root);
        }
        var visible = new LinkedHashMap<>(root);
        for (var inner : Iteration.nested(iteration)) {
            visible.putAll(outputs.getOrDefault(inner.path(), Map.of()));
        }
        return visible;
    }

    public void output(String iteration, String elementId, @Nullable Object value) {
        outputs.computeIfAbsent(iteration, _ -> new LinkedHashMap<>()).put(plan.resultName(elementId), value);
    }

    /** A step has succeeded; what undoes it can work from now on. */
    public void succeeded(TaskEntry task, @Nullable Object value) {
        output(task.iteration(), task.elementId(), value);
        compensable.done(task.elementId(), task.iteration());
    }

    /** A sub-process has come to an end that gives something. */
    void ended(Node.Group group, String iteration, @Nullable Object value) {
        if (!(group.role() instanceof Node.Role.Agent)) {
            output(iteration, group.each() == null ? group.id() : TaskEntry.END, value);
        }
        compensable.done(group.id(), iteration);
    }

    /** What can be undone. */
    Compensable compensable() {
        return compensable;
    }

    /** What one iteration of a group came to: its end's output, else all outputs by element. */
    public @Nullable Object result(String iteration) {
        var made = outputs.getOrDefault(iteration, Map.of());
        return made.containsKey(TaskEntry.END) ? made.get(TaskEntry.END) : new LinkedHashMap<>(made);
    }

    /** Counts how often an element was reached, so that each round of a loop has a key of its own. */
    int visit(String elementId, String iteration) {
        return visits.merge(elementId + "@" + iteration, 1, Integer::sum);
    }

    void visited(TaskEntry entry) {
        var token = entry.executionId();
        if (token != null) {
            keptByEngine = Place.element(token).isEmpty();
        }
        visits.merge(entry.elementId() + "@" + entry.iteration(), entry.visit(), Math::max);
    }

    public @Nullable List<?> items(String elementId, String iteration) {
        return loops.get(elementId + "@" + iteration);
    }

    void loop(String elementId, String iteration, List<?> items) {
        // What an earlier round of an outer loop left behind is none of this one's results.
        var round = Iteration.child(iteration, elementId, 0);
        outputs.keySet().removeIf(path -> path.startsWith(round.substring(0, round.length() - 2)));
        loops.put(elementId + "@" + iteration, items);
    }

    /** A loop that is done may be entered again, with other items. */
    void forgetLoop(String elementId, String iteration) {
        loops.remove(elementId + "@" + iteration);
    }

    /** The outputs of a for-each over a step, in the order of its items. */
    public List<Object> results(String elementId, String iteration, int count) {
        var results = new ArrayList<Object>(count);
        for (int index = 0; index < count; index++) {
            var path = Iteration.child(iteration, elementId, index);
            results.add(outputs.getOrDefault(path, Map.of()).get(elementId));
        }
        return results;
    }

    /** How many items of a for-each over a step were opened so far. */
    int reached(TaskId each) {
        return reached.getOrDefault(each, 0);
    }

    void reachedOneMore(TaskId each) {
        reached.merge(each, 1, Integer::sum);
    }

    void opened(TaskEntry entry) {
        open.put(entry.id(), entry);
        if (entry.stepType().equals(TaskEntry.TOOL)) {
            calls.opened(entry);
        }
    }

    public void closed(TaskId task) {
        open.remove(task);
        calls.closed(task);
    }

    public ToolCalls calls() {
        return calls;
    }

    public Collection<TaskEntry> openTasks() {
        return Collections.unmodifiableCollection(open.values());
    }

    public TaskEntry openTask(TaskId task) {
        return Objects.requireNonNull(open.get(task), () -> "Task " + task + " is not open");
    }

    public boolean isOpen(TaskId task) {
        return open.containsKey(task);
    }

    public void correct(Map<String, Object> variables) {
        var corrected = new LinkedHashMap<>(vars);
        corrected.putAll(variables);
        vars = corrected;
    }

    public void become(RunStatus next) {
        status = next;
        if (next != RunStatus.FAILED) {
            error = null;
        }
    }

    /** The run fails, at an element or as a whole; {@code task} is the failed task, null where a token stuck between tasks. */
    public void failed(StepError failure, @Nullable String elementId, @Nullable TaskId task) {
        status = RunStatus.FAILED;
        error = failure;
        failedElement = elementId;
        failedTask = task;
    }

    /** A token can't go on: {@link #START}, an execution's id, or {@link #heldBy} a failed task. */
    public void stick(String token) {
        stuck.add(token);
    }

    /** How a token that a failed task holds is named among the stuck ones. */
    public static String heldBy(TaskId task) {
        return TASK + task;
    }

    /** How a token is named whose task is done but that could not go on from an execution. */
    public static String at(String executionId, Transition.Outcome outcome) {
        return outcome instanceof Transition.Outcome.Branch branch ? executionId + "!" + branch.code() : executionId;
    }

    public static String executionAt(String token) {
        int mark = token.indexOf('!');
        return mark < 0 ? token : token.substring(0, mark);
    }

    public static Transition.Outcome outcomeAt(String token) {
        int mark = token.indexOf('!');
        return mark < 0 ? new Transition.Outcome.Leave() : new Transition.Outcome.Branch(token.substring(mark + 1));
    }

    /** The task that holds a stuck token, empty where none does. */
    public static Optional<TaskId> holder(String token) {
        return token.startsWith(TASK)
                ? Optional.of(new TaskId(UUID.fromString(token.substring(TASK.length()))))
                : Optional.empty();
    }

    /** The tokens to move again at a retry; empties the list. */
    public List<String> unstick() {
        var tokens = List.copyOf(stuck);
        stuck.clear();
        return tokens;
    }

    /** The token that the task held is gone; a run with no stuck token left is no longer failed. */
    public void unstick(TaskId task) {
        if (stuck.remove(heldBy(task))) {
            goOnIfNothingIsStuck();
        }
    }

    /** Like {@link #unstick(TaskId)} for tokens that stuck between tasks, at executions that are gone. */
    void unstickAll(Set<String> gone) {
        if (stuck.removeIf(token -> isAtExecution(token) && gone.contains(executionAt(token)))) {
            goOnIfNothingIsStuck();
        }
    }

    private static boolean isAtExecution(String token) {
        return !token.equals(START)
                && holder(token).isEmpty()
                && Place.element(token).isEmpty();
    }

    private void goOnIfNothingIsStuck() {
        if (stuck.isEmpty() && status == RunStatus.FAILED) {
            become(RunStatus.RUNNING);
        }
    }

    public List<String> stuck() {
        return stuck;
    }

    public @Nullable String failedElement() {
        return failedElement;
    }

    public @Nullable TaskId failedTask() {
        return failedTask;
    }

    /** Whether the run was cancelled and undoes what it has done. */
    public boolean isCancelling() {
        return open.values().stream()
                .anyMatch(task -> task.stepType().equals(TaskEntry.COMPENSATION) && task.executionId() == null);
    }

    /** Whether nothing new may begin. */
    public boolean isPaused() {
        return paused;
    }

    void paused(boolean now) {
        paused = now;
    }

    /** Sets the run's own output, as its end event gives it. */
    public void conclude(@Nullable Object value) {
        output = value;
    }

    /** Whether the engine's own tables hold the run's tokens; else its one token is named by its {@link Place}. */
    public boolean keptByEngine() {
        return keptByEngine;
    }

    void revision(int current) {
        revision = current;
    }

    public int revision() {
        return revision;
    }

    public RunId id() {
        return id;
    }

    public OrganizationId organization() {
        return organization;
    }

    public Plan plan() {
        return plan;
    }

    public String triggerUse() {
        return triggerUse;
    }

    public @Nullable Object trigger() {
        return trigger;
    }

    public Map<String, Object> vars() {
        return vars;
    }

    /** The step that called the workflow, null for a run of its own. */
    public @Nullable ParentStep parent() {
        return parent;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public RunStatus status() {
        return status;
    }

    public @Nullable Object output() {
        return output;
    }

    public @Nullable StepError error() {
        return error;
    }
}
