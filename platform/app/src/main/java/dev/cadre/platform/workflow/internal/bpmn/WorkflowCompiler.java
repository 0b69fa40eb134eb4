package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.MessageHook;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Problem;
import dev.cadre.platform.workflow.RunPolicy;
import dev.cadre.platform.workflow.Scope;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a drawn file, checks it against the dialect and compiles it. Executes nothing, fetches nothing. */
public final class WorkflowCompiler {

    private static final Set<String> UNHEEDED = Set.of("collaboration", "category", "dataStore", "import", "extension");

    private final Function<String, Optional<StepType>> stepTypes;

    public WorkflowCompiler(Function<String, Optional<StepType>> stepTypes) {
        this.stepTypes = stepTypes;
    }

    /** What became of a file: what could be compiled, and what is wrong with the rest. */
    public record Result(Scope body, RunPolicy policy, List<MessageHook> hooks, List<Problem> problems) {}

    /** Refuses what is no BPMN file at all, as {@link #compile} does. */
    public static void refuseUnreadable(String bpmnXml) {
        BpmnFile.read(bpmnXml);
    }

    /**
     * Compiles a file.
     *
     * @throws dev.cadre.platform.workflow.WorkflowFileException for a file that is no BPMN, or made to do harm
     */
    public Result compile(String bpmnXml, References references) {
        var definitions = BpmnFile.read(bpmnXml);
        var in = new Compilation(Compilation.Declared.in(definitions), stepTypes, references);
        var ids = new HashSet<String>();
        duplicates(definitions, ids, new HashSet<>(), in.problems);
        definitions.children().stream()
                .filter(child -> child.isBpmn() && UNHEEDED.contains(child.name()))
                .forEach(child -> in.problems.warning(
                        child.id(),
                        "not-executed",
                        "<" + child.name() + "> is kept in the file and has no effect on a run."));
        var process = process(definitions, in.problems);
        if (process == null) {
            return new Result(Scope.EMPTY, RunPolicy.USUAL, List.of(), in.problems.list());
        }
        new ForeignCheck(in.problems).check(process, process);
        var body = new ScopeCompiler(in).compile(process, ScopeCompiler.Of.PROCESS);
        graph(process, body, null, ids, in);
        in.hooks.check(process, body);
        var policy = new RunPolicyCompiler(in).policy(process);
        new ReferenceCheck(in, body).check();
        in.takeWishes(_ -> true)
                .forEach(wish -> in.problems.error(
                        wish.elementId(),
                        "from-ai-outside",
                        "fromAi has a value in the tools of an agent only: inside an ad-hoc sub-process."));
        return new Result(body, policy, in.hooks.list(), in.problems.list());
    }

    private static @Nullable Element process(Element definitions, Problems problems) {
        var processes = definitions.bpmn("process").toList();
        if (processes.size() > 1) {
            problems.error(null, "several-processes", "The file holds several processes: a workflow is one.");
        }
        if (processes.isEmpty()) {
            problems.error(null, "no-process", "The file holds no process.");
            return null;
        }
        return processes.getFirst();
    }

    private static void duplicates(Element element, Set<String> ids, Set<String> said, Problems problems) {
        if (element.isBpmn()) {
            var id = element.id();
            if (id != null && !ids.add(id) && said.add(id)) {
                problems.error(id, "duplicate-id", "Several elements have the id \"" + Compilation.clip(id) + "\".");
            }
            for (var child : element.children()) {
                duplicates(child, ids, said, problems);
            }
        }
    }

    private void graph(Element scope, Scope compiled, @Nullable String scopeId, Set<String> ids, Compilation in) {
        var skipped = new HashSet<String>();
        var groups = new LinkedHashMap<String, Element>();
        for (var child : scope.children()) {
            var id = child.id();
            boolean place = !child.isBpmn("sequenceFlow")
                    && !Dialect.KEPT.contains(child.name())
                    && !Dialect.PARTS.contains(child.name());
            if (child.isBpmn() && id != null && place) {
                skipped.add(id);
                groups.putIfAbsent(id, child);
            }
        }
        new GraphCheck(in.problems, compiled, scopeId, ids, skipped, node -> instant(node, in)).check();
        compiled.groups().forEach(group -> {
            var drawn = groups.get(group.id());
            if (drawn != null && group.role() instanceof Node.Role.Agent) {
                tools(drawn, group, ids, in);
            } else if (drawn != null && drawn.isBpmn("subProcess")) {
                graph(drawn, group.body(), group.id(), ids, in);
            }
        });
    }

    /** What is drawn inside an agent hangs together tool by tool. */
    private void tools(Element host, Node.Group agent, Set<String> ids, Compilation in) {
        agent.body().groups().forEach(group -> {
            if (group.role() instanceof Node.Role.Call) {
                graph(host, group.body(), group.id(), ids, in);
            }
        });
        for (var handler : agent.body().handlers()) {
            host.children().stream()
                    .filter(child -> handler.body().id().equals(child.id()))
                    .forEach(child ->
                            graph(child, handler.body().body(), handler.body().id(), ids, in));
        }
    }

    private static boolean instant(Node node, Compilation in) {
        return switch (node) {
            case Node.Step step ->
                in.stepType(step.use()).filter(StepType::instant).isPresent();
            case Node.Group group -> group.body().nodes().stream().allMatch(inner -> instant(inner, in));
            case Node.Start start -> true;
            case Node.End end -> true;
            case Node.Gateway gateway -> true;
            case Node.Boundary boundary -> true;
            case Node.Escalate escalate -> true;
            case Node.Compensate compensate -> true;
        };
    }
}
