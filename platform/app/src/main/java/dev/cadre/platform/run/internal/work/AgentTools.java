package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.database.Walls;
import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.run.StepError;
import dev.cadre.platform.run.internal.journal.IdempotencyKeys;
import dev.cadre.spi.StepException;
import dev.cadre.spi.agent.Message;
import dev.cadre.spi.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs the tools that an agent's model asks for: all calls of a turn at once, each with a task of its own. */
@Component
class AgentTools {

    /** A tool as it is offered to a model. {@code connection} is null when it needs none. */
    record Offer(String name, StepType type, @Nullable String connection) {}

    private final StepTypes stepTypes;
    private final HttpClient http;

    AgentTools(StepTypes stepTypes, HttpClient http) {
        this.stepTypes = stepTypes;
        this.http = http;
    }

    /** The tools behind references as {@code calculator} and {@code slack-post-message@support}, by the name models use. */
    Map<String, Offer> offers(List<String> references) {
        var offers = new LinkedHashMap<String, Offer>();
        for (var reference : references) {
            int at = reference.indexOf('@');
            var id = at < 0 ? reference : reference.substring(0, at);
            var type = stepTypes
                    .find(id)
                    .filter(found -> found.performer() instanceof StepPerformer.ToolPerformer)
                    .orElseThrow(() -> new StepException.Rejected(
                            "TOOL_MISSING", "No installed and enabled plugin offers the tool \"" + id + "\"."));
            var connection = at < 0 ? null : reference.substring(at + 1);
            var name = offers.containsKey(id) ? id + "-" + connection : id;
            offers.put(name, new Offer(name, type, connection));
        }
        return offers;
    }

    /** Results in the order of the calls. */
    List<Message> run(
            AgentMemory memory, Job job, int turn, List<Message.ToolCall> calls, Map<String, Offer> offers, TaskLog log)
            throws InterruptedException {
        // Closing it waits for the calls: what they bring is paid for, even when one of them fails.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Message>>();
            for (var call : calls) {
                Callable<Message> within = () -> run(memory, job, turn, call, offers.get(call.tool()), log);
                results.add(threads.submit(Walls.carried(within)));
            }
            try {
                var messages = new ArrayList<Message>();
                for (var result : results) {
                    messages.add(result.get());
                }
                return messages;
            } catch (InterruptedException e) {
                // Cancelled: nobody wants the results any more.
                threads.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AgentJournal.LeaseLost) {
                    threads.shutdownNow();
                }
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            }
        }
    }

    private Message run(
            AgentMemory memory, Job job, int turn, Message.ToolCall call, @Nullable Offer offer, TaskLog log)
            throws InterruptedException {
        var callId = turn + ":" + call.id();
        var type = offer == null ? call.tool() : offer.type().id();
        var name = offer == null ? call.tool() : offer.type().title();
        var known = memory.open(job, callId, name, type, call.arguments());
        if (known.isPresent()) {
            return result(call, known.get());
        }
        if (offer == null) {
            var error = new StepError("UNKNOWN_TOOL", "There is no tool \"" + call.tool() + "\" here.");
            return result(call, memory.close(job, callId, null, error));
        }
        return result(call, perform(memory, job, callId, call, offer, log));
    }

    private AgentMemory.ToolOutcome perform(
            AgentMemory memory, Job job, String callId, Message.ToolCall call, Offer offer, TaskLog log)
            throws InterruptedException {
        var tool = (StepPerformer.ToolPerformer) offer.type().performer();
        var key = IdempotencyKeys.ofToolCall(job.run(), job.step().id(), job.iteration(), job.visit(), callId);
        var context = new DurableContext(job, key, http, log);
        Callable<Map<String, Object>> work = () -> Attempt.within(
                job.step().policy().timeout(),
                () -> tool.perform(
                        job.organization(),
                        call.arguments(),
                        ChosenConnection.of(job.workflow(), offer.connection()),
                        context));
        var mark = UUID.randomUUID();
        for (int attempt = 1; ; attempt++) {
            Duration pause;
            try (var place = memory.place(job, callId, offer.connection())) {
                return memory.close(job, callId, attempt(memory, job, callId, mark, work), null);
            } catch (InterruptedException | AgentJournal.LeaseLost | OutcomeUnknown e) {
                throw e;
            } catch (DurableContext.Postponed postponed) {
                pause = Duration.between(Instant.now(), postponed.until()).plusMillis(1);
                attempt--;
            } catch (Exception e) {
                var error = StepError.of(e);
                log.warn("Tool " + offer.name() + " failed with " + error.code() + ": " + error.message());
                if (e instanceof StepException.Rejected
                        || attempt >= job.step().policy().attempts()) {
                    return memory.close(job, callId, null, error);
                }
                var retryAfter = e instanceof StepException.Retryable retryable ? retryable.retryAfter() : null;
                pause = Backoff.after(attempt, job.step().policy(), retryAfter);
            }
            // others may work with the connection while this one waits
            memory.attemptAgain(job, callId);
            Thread.sleep(pause);
        }
    }

    private static Map<String, Object> attempt(
            AgentMemory memory, Job job, String callId, UUID mark, Callable<Map<String, Object>> work)
            throws Exception {
        if (!job.step().policy().atMostOnce()) {
            return work.call();
        }
        memory.begin(job, callId, mark);
        return Beginnings.known(work);
    }

    private static Message result(Message.ToolCall call, AgentMemory.ToolOutcome outcome) {
        return new Message.ToolResult(call.id(), call.tool(), outcome.content(), outcome.failed());
    }
}
