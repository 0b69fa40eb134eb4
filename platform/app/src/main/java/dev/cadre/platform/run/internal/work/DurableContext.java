package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.run.internal.journal.Response;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.http.HttpClient;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a durable step may use while it works. */
final class DurableContext implements StepContext {

    /** Ends an attempt without a result: the step is called again when the time has come. */
    static final class Postponed extends RuntimeException {
        private final Instant until;

        Postponed(Instant until) {
            super("until " + until, null, false, false);
            this.until = until;
        }

        Instant until() {
            return until;
        }
    }

    private final Job job;
    private final String idempotencyKey;
    private final HttpClient http;
    private final TaskLog log;
    private volatile @Nullable Response response;

    DurableContext(Job job, String idempotencyKey, HttpClient http, TaskLog log) {
        this.job = job;
        this.idempotencyKey = idempotencyKey;
        this.http = http;
        this.log = log;
    }

    @Override
    public String runId() {
        return job.run().toString();
    }

    @Override
    public String elementId() {
        return job.step().id();
    }

    @Override
    public String idempotencyKey() {
        return idempotencyKey;
    }

    @Override
    public int attempt() {
        return job.attempt();
    }

    @Override
    public Instant startedAt() {
        return job.startedAt();
    }

    @Override
    public void log(String message) {
        log.info(message);
    }

    @Override
    public HttpClient http() {
        return http;
    }

    @Override
    public void waitUntil(Instant time) {
        if (Instant.now().isBefore(time)) {
            throw new Postponed(time);
        }
    }

    @Override
    public void respond(int status, Map<String, String> headers, @Nullable Object body) {
        if (response == null) {
            response = new Response(status, headers, body);
        }
    }

    @Nullable
    Response response() {
        return response;
    }
}
