package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.AdvanceFailed;
import dev.cadre.platform.run.internal.journal.AgentCalls;
import dev.cadre.platform.run.internal.journal.Place;
import dev.cadre.platform.run.internal.journal.Plan;
import dev.cadre.platform.run.internal.journal.TaskEntry;
import dev.cadre.platform.run.internal.journal.Transition;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.Process;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;
import org.flowable.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** Moves process instances; an instance has the id of its run. */
@Component
public class Engine {

    private record Startable(ProcessDefinition definition, Process process, FlowElement first) {}

    private final ProcessEngine processEngine;
    private final ProcessEngineConfigurationImpl settings;
    private final EngineDefinitions definitions;
    private final Map<String, Startable> startables = new ConcurrentHashMap<>();

    Engine(ProcessEngine processEngine, ProcessEngineConfigurationImpl settings, EngineDefinitions definitions) {
        this.processEngine = processEngine;
        this.settings = settings;
        this.definitions = definitions;
    }

    /** Deploys what is not deployed yet, so that a start finds it in memory. */
    public void prepare(Plan plan) {
        startable(plan);
    }

    /** Deletes what was deployed for an organization; nothing of it may run any more. */
    public void forget(OrganizationId organization) {
        definitions.forget(organization);
    }

    /** Starts the transition's run; true when it ended at once. */
    public boolean start(Transition transition) {
        var run = transition.run();
        var startable = startable(run.plan());
        return move(transition, _ -> (ExecutionEntity) settings.getProcessInstanceHelper()
                .createAndStartProcessInstanceWithInitialFlowElement(
                        startable.definition(),
                        null,
                        null,
                        null,
                        null,
                        run.id().toString(),
                        startable.first(),
                        startable.process(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        true));
    }

    /** Moves a waiting token as the transition's outcome says; true when the run ended with it. */
    public boolean trigger(Transition transition, String token) {
        return Place.element(token)
                .map(element -> triggerAt(transition, element))
                .orElseGet(() -> triggerExecution(transition, token));
    }

    /** Puts the token back where it waits, in memory, and moves it. */
    private boolean triggerAt(Transition transition, String element) {
        var plan = transition.run().plan();
        // Within the command a deployment would share its session.
        prepare(plan);
        return move(transition, context -> {
            var instance = instance(transition.run().id(), plan);
            var execution = settings.getExecutionEntityManager().createChildExecution(instance);
            execution.setCurrentFlowElement(element(plan, element));
            CommandContextUtil.getAgenda(context).planTriggerExecutionOperation(execution);
            return instance;
        });
    }

    /** A new instance of a run, within a command. */
    ExecutionEntity instance(RunId run, Plan plan) {
        var startable = startable(plan);
        return settings.getExecutionEntityManager()
                .createProcessInstanceExecution(
                        startable.definition(),
                        run.toString(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        startable.first().getId());
    }

    FlowElement element(Plan plan, String elementId) {
        return startable(plan).process().getFlowElement(elementId, true);
    }

    String definitionId(Plan plan) {
        return startable(plan).definition().getId();
    }

    /** Runs a command whose rows are kept. */
    <T> T kept(Command<T> command) {
        return settings.getCommandExecutor().execute(command);
    }

    private boolean triggerExecution(Transition transition, String executionId) {
        return move(transition, context -> {
            if (!transition.run().plan().repeatsGroups()) {
                // The whole tree in one statement: it has a handful of executions, and most of them are looked at.
                context.getSession(DbSqlSession.class)
                        .selectList(
                                "selectExecutionsByProcessInstanceId",
                                transition.run().id().toString());
            }
            var execution = settings.getExecutionEntityManager().findById(executionId);
            if (execution == null) {
                throw new IllegalStateException("Execution " + executionId + " of run "
                        + transition.run().id() + " is gone");
            }
            var instance = execution.getProcessInstance();
            CommandContextUtil.getAgenda(context).planTriggerExecutionOperation(execution);
            return instance;
        });
    }

    /** Begins calls of tools beside the agent's token, each in a scope that bears the call's name from start to end. */
    public boolean call(Transition transition, TaskEntry agent, List<AgentCalls.Wanted> calls) {
        return move(transition, context -> {
            var executions = settings.getExecutionEntityManager();
            var token = executions.findById(Objects.requireNonNull(agent.executionId()));
            var process = ProcessDefinitionUtil.getProcess(token.getProcessDefinitionId());
            for (var call : calls) {
                var tool = Objects.requireNonNull(call.tool());
                var execution = executions.createChildExecution(token.getParent());
                execution.setCurrentFlowElement(process.getFlowElement(tool.group(), true));
                AgentCalls.begin(transition, agent, call, tool, execution.getId());
                // Not the plain way: it would put another execution in the place of the one that bears the name.
                CommandContextUtil.getAgenda(context).planContinueProcessSynchronousOperation(execution);
            }
            return token.getProcessInstance();
        });
    }

    private boolean move(Transition transition, Function<CommandContext, ExecutionEntity> command) {
        try {
            var instance = transition.call(() -> settings.getCommandExecutor().execute(command::apply));
            return instance.isEnded() || instance.isDeleted();
        } catch (FlowableException e) {
            throw translated(transition, e);
        }
    }

    private static RuntimeException translated(Transition transition, FlowableException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AdvanceFailed known) {
                return known;
            }
        }
        var deciding = transition.deciding();
        if (deciding != null && String.valueOf(failure.getMessage()).startsWith("No outgoing sequence flow")) {
            var error = new StepError(
                    "NO_BRANCH", "None of the conditions holds, and no default branch is drawn: add a default branch.");
            return new AdvanceFailed(deciding, error, failure);
        }
        return failure;
    }

    /** Removes a run's process instance, if it has one. */
    public void delete(RunId run) {
        var runtime = processEngine.getRuntimeService();
        var instance = runtime.createProcessInstanceQuery()
                .processInstanceId(run.toString())
                .singleResult();
        if (instance != null) {
            runtime.deleteProcessInstance(run.toString(), "cancelled");
        }
    }

    private Startable startable(Plan plan) {
        return startables.computeIfAbsent(
                definitions.of(plan),
                id -> settings.getCommandExecutor().execute(_ -> {
                    var definition = settings.getDeploymentManager().findDeployedProcessDefinitionById(id);
                    var process = ProcessDefinitionUtil.getProcess(id);
                    return new Startable(definition, process, process.getInitialFlowElement());
                }));
    }
}
