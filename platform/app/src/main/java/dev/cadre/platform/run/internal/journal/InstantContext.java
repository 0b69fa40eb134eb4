package dev.cadre.platform.run.internal.journal;

import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepException;
import dev.cadre.spi.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an instant step may use: it can log and answer, but not wait. */
final class InstantContext implements StepContext {

    private static final int MAX_LINES = 100;

    private final Transition transition;
    private final TaskEntry task;
    private final List<LogLine> lines = new ArrayList<>(0);

    InstantContext(Transition transition, TaskEntry task) {
        this.transition = transition;
        this.task = task;
    }

    @Override
    public String runId() {
        return transition.run().id().toString();
    }

    @Override
    public String elementId() {
        return task.elementId();
    }

    @Override
    public String idempotencyKey() {
        return IdempotencyKeys.of(transition.run().id(), task.elementId(), task.iteration(), task.visit());
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Instant startedAt() {
        return task.startedAt();
    }

    @Override
    public void log(String message) {
        if (lines.size() < MAX_LINES) {
            lines.add(new LogLine(Instant.now(), "info", message.substring(0, Math.min(message.length(), 1_000))));
        }
    }

    @Override
    public HttpClient http() {
        throw new StepException.Rejected("INSTANT_STEP", "An instant step can't reach the network.");
    }

    @Override
    public void waitUntil(Instant time) {
        throw new StepException.Rejected("INSTANT_STEP", "An instant step can't wait.");
    }

    @Override
    public void respond(int status, Map<String, String> headers, @Nullable Object body) {
        transition.respond(new Response(status, headers, body));
    }

    List<LogLine> lines() {
        return lines;
    }
}
