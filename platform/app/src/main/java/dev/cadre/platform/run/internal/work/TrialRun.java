package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.run.RunOutcome;
import dev.cadre.platform.run.RunStatus;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.StepTrial;
import dev.cadre.platform.run.TaskLogLine;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.spi.StepException;
import dev.cadre.spi.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Performs a step outside of any run: no journal, no engine, no retry. */
@Component
public class TrialRun {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final StepTypes stepTypes;
    private final HttpClient http;
    private final AgentWork agents;

    TrialRun(StepTypes stepTypes, HttpClient http, AgentWork agents) {
        this.stepTypes = stepTypes;
        this.http = http;
        this.agents = agents;
    }

    public StepTrial.Outcome perform(WorkflowDefinition definition, Node.Step step, Map<String, Object> given) {
        var log = new TaskLog();
        var begin = Instant.now();
        Map<String, Object> input = null;
        try {
            input = inputs(step, data(definition, given));
            var job = job(definition, step, input, begin);
            var context = new DurableContext(job, job.idempotencyKey(), http, log);
            var output = perform(step, job, context, log);
            return outcome(RunStatus.SUCCEEDED, input, output, null, answer(context), log, begin);
        } catch (DurableContext.Postponed postponed) {
            log.info("The step would now wait until " + postponed.until() + ".");
            return outcome(RunStatus.SUCCEEDED, input, Map.of(), null, null, log, begin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return outcome(RunStatus.CANCELLED, input, null, null, null, log, begin);
        } catch (Exception e) {
            return outcome(RunStatus.FAILED, input, null, StepError.of(e), null, log, begin);
        }
    }

    private Map<String, Object> perform(Node.Step step, Job job, DurableContext context, TaskLog log) throws Exception {
        var type = stepTypes
                .find(step.use())
                .orElseThrow(() -> new StepException.Rejected(
                        "STEP_TYPE_MISSING",
                        "No installed and enabled plugin offers the step type \"" + step.use() + "\"."));
        var timeout =
                step.policy().timeout().compareTo(LONGEST) < 0 ? step.policy().timeout() : LONGEST;
        return switch (type.performer()) {
            case StepPerformer.ToolPerformer tool ->
                Attempt.within(timeout, () -> tool.perform(job.organization(), job.input(), job.connection(), context));
            case StepPerformer.AgentPerformer agent -> Attempt.within(timeout, () -> agents.tryOut(job, agent, log));
            case StepPerformer.OutsidePerformer outside -> {
                var until = outside.until(job.input(), job.startedAt());
                log.info("The step would now wait" + (until == null ? "." : " until " + until + " at most."));
                yield Map.of();
            }
            case StepPerformer.CallPerformer _ -> {
                log.info("The step would now start the workflow " + job.input().get("workflow")
                        + " and wait for its output.");
                yield Map.of();
            }
            case StepPerformer.TriggerPerformer _ ->
                throw new StepException.Rejected(
                        "NOT_A_STEP", "\"" + type.title() + "\" starts workflows, it can't be tried as a step.");
        };
    }

    private static RunOutcome.@Nullable Answer answer(DurableContext context) {
        var response = context.response();
        return response == null ? null : new RunOutcome.Answer(response.status(), response.headers(), response.body());
    }

    private static Map<String, Object> data(WorkflowDefinition definition, Map<String, Object> given) {
        var data = new HashMap<String, Object>();
        data.put("trigger", Map.of());
        data.put("steps", Map.of());
        data.put("vars", Map.of());
        data.put(
                "run",
                Map.of(
                        "id",
                        "trial",
                        "startedAt",
                        Instant.now().toString(),
                        "workflow",
                        definition.name(),
                        "version",
                        0));
        data.putAll(given);
        return data;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inputs(Node.Step step, Map<String, Object> data) {
        var each = step.each();
        if (each != null
                && !data.containsKey("item")
                && each.in().evaluate(data) instanceof List<?> items
                && !items.isEmpty()) {
            data.put("item", items.getFirst());
            data.put("index", 0);
        }
        if (each != null && data.containsKey("item")) {
            data.put(each.as(), data.get("item"));
        }
        if (step.inputs().evaluate(data) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new StepException.Rejected("INVALID_INPUT", "The inputs of a step are a JSON object.");
    }

    private static Job job(WorkflowDefinition definition, Node.Step step, Map<String, Object> input, Instant begin) {
        return new Job(
                definition.organization(),
                RunId.create(),
                definition.workflow(),
                TaskId.create(),
                step,
                null,
                "",
                1,
                1,
                input,
                begin,
                begin);
    }

    private static StepTrial.Outcome outcome(
            RunStatus status,
            @Nullable Object input,
            @Nullable Object output,
            @Nullable StepError error,
            RunOutcome.@Nullable Answer answer,
            TaskLog log,
            Instant begin) {
        var lines = log.take().stream()
                .map(line -> new TaskLogLine(line.at(), line.level(), line.message()))
                .toList();
        return new StepTrial.Outcome(
                status,
                input,
                output,
                error,
                answer,
                lines,
                Duration.between(begin, Instant.now()).toMillis());
    }
}
